"""No exported cell is taken for a formula, whatever a customer wrote."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.exchange.cells import guarded

BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
DANGEROUS = set("=+-@＝＋－＠|%\t")


def starts_dangerously(line: str) -> bool:
    """Look at a line as a spreadsheet may: past every sign that is not seen, and past a double quote.

    Written apart from the code under test, sign by sign.
    """
    for letter in line:
        if letter in DANGEROUS:
            return True
        unseen = unicodedata.category(letter) in ("Zs", "Cf", "Cc") or letter in '"\u115f'
        if not unseen:
            return False
    return False


def dangerous(cell: str) -> bool:
    lines = BREAKS.split(cell)
    return any(map(starts_dangerously, lines)) or bool(re.fullmatch(r"\s*\d{12,}\s*", cell))


HOSTILE = st.text(
    st.sampled_from("=+-@＝＋－＠|%\t \u3000\u00a0\ufeff\u200b\u202e\"'\n\r\x0b\x00\x85\u2028a一1０")
    | st.characters(codec="utf-8"),
    max_size=30,
)  # fmt: skip


@given(HOSTILE | st.from_regex(r"\s*[0-9]{10,20}\s*", fullmatch=True))
def test_no_cell_and_no_line_in_a_cell_starts_dangerously(text: str) -> None:
    safe = guarded(text)
    assert not dangerous(safe)
    assert guarded(safe) == safe
    assert safe == text or dangerous(text)
    assert safe.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"),
        ("\u3000 ＝1+1", "'\u3000 ＝1+1"),
        ("投诉\n=HYPERLINK(1)\r\n+1", "投诉\n'=HYPERLINK(1)\r\n'+1"),
        ("\ttext", "'\ttext"),
        ('"=1"', '\'"=1"'),
        ("+8613800138000", "'+8613800138000"),
        ("110101199003071234", "'110101199003071234"),
        ("13800138000", "13800138000"),
        ("-5", "'-5"),
        ("a=b", "a=b"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_an_apostrophe_stands_before_every_line_that_could_be_a_formula(text: str, expected: str) -> None:
    assert guarded(text) == expected


def test_the_oracle_sees_a_formula() -> None:
    assert dangerous("a\n \ufeff=1")
    assert not dangerous("a\nb=1")
