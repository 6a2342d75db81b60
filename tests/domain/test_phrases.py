"""Phrases that should not be said are found where they stand, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.phrases import check, ids, in_place
from workbench.domain.regime import Phrase
from workbench.domain.terms import Name

BETTER = Name("这样说", "say this")
PHRASES = {
    phrase.id: phrase
    for phrase in (
        Phrase("trifle", ("小事", "trifle"), BETTER),
        Phrase("price", ("一分钱，一分货", "you get what you pay for"), BETTER),
        Phrase("unknown", ("不知道", "I don't know", "don't know"), BETTER),
        Phrase("can", ("can",), BETTER),
        Phrase("surely", ("保证",), BETTER, promises=True),
    )
}


def found(text: str) -> list[tuple[str, str]]:
    """Return the id of each finding and the text it stands on."""
    return [(one.phrase.id, text[one.start : one.end]) for one in check(text, PHRASES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这是小事。", [("trifle", "小事")]),
        ("这是“小 事”。", [("trifle", "小 事")]),
        ("It is a TRIFLE.", [("trifle", "TRIFLE")]),
        ("ＴＲＩＦＬＥ", [("trifle", "ＴＲＩＦＬＥ")]),
        ("这是trifle吗", [("trifle", "trifle")]),
        ("trifles, untrifled, trifle2", []),
        ("一分钱,一分货", [("price", "一分钱,一分货")]),
        ("“一分钱”，一分货", [("price", "一分钱”，一分货")]),
        ("You get  what\nyou pay for", [("price", "You get  what\nyou pay for")]),
        ("I don’t know", [("unknown", "I don’t know")]),
        ("I DONT KNOW", [("unknown", "I DONT KNOW")]),
        ("we can't, but you can", [("can", "can")]),
        ("Ich kann, canı", []),
        ("小事小事", [("trifle", "小事"), ("trifle", "小事")]),
        ("保证小事", [("surely", "保证"), ("trifle", "小事")]),
        ("小\u200b事", [("trifle", "小\u200b事")]),
        ("", []),
    ],
)
def test_a_phrase_is_found_where_it_stands(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_places_hold_beside_characters_that_grow_when_folded() -> None:
    assert found("İİİ 小事 ﬁ trifle") == [("trifle", "小事"), ("trifle", "trifle")]


def test_each_id_is_named_once_in_the_order_of_the_text() -> None:
    assert ids("小事，保证，trifle", PHRASES) == ["trifle", "surely"]


def test_two_wordings_in_one_place_are_one_finding() -> None:
    assert len(check("I don't know", PHRASES)) == 1


@given(st.text(), st.text(), st.sampled_from(["小事", "保证", "不知道"]))
def test_a_chinese_phrase_is_found_between_whatever_stands_around_it(
    before: str, after: str, phrase: str
) -> None:
    text = before + phrase + after
    assert any(
        one.start <= len(before) < one.end <= len(before) + len(phrase) + len(after)
        for one in check(text, PHRASES)
    )


@given(st.text(alphabet="aI小事“”'’ \t\n\u200bdontkw保证İß１ｔ", max_size=40))
def test_every_finding_lies_in_the_text_and_reads_as_its_phrase(text: str) -> None:
    for one in check(text, PHRASES):
        assert 0 <= one.start < one.end <= len(text)
        again = check(text[one.start : one.end], {one.phrase.id: one.phrase})
        assert [(each.start, each.end) for each in again] == [(0, one.end - one.start)]


@given(st.text())
def test_folding_in_place_moves_no_character(text: str) -> None:
    assert len(in_place(text)) == len(text)
