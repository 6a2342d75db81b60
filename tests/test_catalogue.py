"""Every word that a user sees exists in Chinese, and the compiled catalogue is the written one."""

import re

from catalogue import COMPILED, compiled, messages_in_code, written

PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


def test_every_message_of_the_code_has_chinese():
    known = {message.id for message in written() if message.id and message.string}
    assert sorted(messages_in_code() - known) == []


def test_the_catalogue_has_no_message_that_nobody_says():
    known = {message.id for message in written() if message.id}
    assert sorted(known - messages_in_code()) == []


def test_the_compiled_catalogue_is_the_written_one():
    assert COMPILED.read_bytes() == compiled(), "run: python tests/catalogue.py"


def test_a_translation_keeps_the_values_of_its_message():
    def values(text):
        return sorted(PLACEHOLDER.findall(text))

    assert [
        message.id for message in written() if message.id and values(message.string) != values(message.id)
    ] == []


def test_the_extractor_sees_a_message_that_has_no_chinese(tmp_path):
    (tmp_path / "said.py").write_text('from workbench.words import _\nprint(_("never translated"))\n')
    assert messages_in_code(tmp_path) == {"never translated"}
