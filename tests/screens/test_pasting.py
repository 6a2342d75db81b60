"""A paste with escape characters in it is one piece of text, however it comes in."""

import pytest
from textual import events

from screens.pasting import END, START, PasteParser

HOSTILE = "漏水\x1b[31m红\x00\x1b]52;c;aGk=\x07 cjjjc" + "电梯困人！" * 100 + "\x1b"


@pytest.mark.parametrize("size", [7, 64, 4096])
def test_a_paste_is_text_and_never_keys(size: int) -> None:
    sent = f"a{START}{HOSTILE}{END}b"
    parser = PasteParser()
    found = [event for at in range(0, len(sent), size) for event in parser.feed(sent[at : at + size])]
    pasted = [event.text for event in found if isinstance(event, events.Paste)]
    keys = [event.key for event in found if isinstance(event, events.Key)]
    assert pasted == [HOSTILE]
    assert keys == ["a", "b"]


def test_keys_outside_a_paste_are_what_they_were() -> None:
    found = list(PasteParser().feed("j\x1b[B\x1bOQ"))
    assert [event.key for event in found if isinstance(event, events.Key)] == ["j", "down", "f2"]
