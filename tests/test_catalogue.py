"""Every word that a user sees exists in Chinese, and the compiled catalogue is the written one."""

import re
from gettext import GNUTranslations

import pytest
from catalogue import CATALOGUE, COMPILED, HEADERS, chinese, compiled, messages_in_code, written

from workbench import words

PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


def test_every_message_of_the_code_has_chinese():
    assert sorted(messages_in_code() - chinese(written()).keys()) == []


def test_the_catalogue_has_no_message_that_nobody_says():
    known = {message.id for message in written() if message.id}
    assert sorted(known - messages_in_code()) == []


def test_the_compiled_catalogue_says_what_the_written_one_says():
    said = chinese(written())
    assert len(said) > 1_000
    assert chinese(compiled()) == said, "run: python tests/catalogue.py"


def test_the_headers_name_neither_a_day_nor_a_tool():
    head = CATALOGUE.read_text(encoding="utf-8").partition("\n\n")[0]
    assert re.findall(r'"([\w-]+): (.*?)(?:\\n)?"', head) == list(HEADERS)
    with COMPILED.open("rb") as file:
        info = GNUTranslations(file).info()
    assert info == {name.lower(): value for name, value in HEADERS}


def test_a_translation_keeps_the_values_of_its_message():
    def values(text):
        return sorted(PLACEHOLDER.findall(text))

    assert [said for said, here in chinese(written()).items() if values(here) != values(said)] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('print(_("never translated"))', {"never translated"}),
        ('print(words.N_("of " "two parts"))', {"of two parts"}),
        ("print(f\"{_('inside')} {row['state']}\")", {"inside"}),
        ('print(_(row["state"]), N_(), other("not said"))', set()),
    ],
)
def test_the_extractor_sees_what_is_marked_and_nothing_else(tmp_path, code, found):
    (tmp_path / "said.py").write_text(code)
    assert messages_in_code(tmp_path) == found


def test_the_program_finds_every_message_of_the_catalogue_and_leaves_others_as_they_are():
    words.use("zh")
    assert {said: words._(said) for said in chinese(written())} == chinese(written())
    assert words._("Nobody says this.") == "Nobody says this."
    assert words._("￿") == "￿"
    words.use("en")
    assert words._("Record") == "Record"
