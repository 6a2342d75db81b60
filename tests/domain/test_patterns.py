"""Words in an order or in either, with others between, and what takes the harm out of them."""

import pytest

from workbench.domain import patterns, word_places
from workbench.domain.patterns import parsed
from workbench.domain.phrases import check
from workbench.domain.regime import Pattern, Phrase
from workbench.domain.terms import Name

BETTER = Name("这样说", "say this")


def found(text: str, *patterns: str, **more: object) -> list[str]:
    """Return what is found of a phrase with these patterns."""
    phrase = Phrase("x", (), BETTER, patterns=tuple(map(parsed, patterns)), **more)  # type: ignore[arg-type]
    return [text[one.start : one.end] for one in check(text, {"x": phrase})]


@pytest.mark.parametrize(
    ("written", "pattern"),
    [
        ("小事", Pattern((("小事",),))),
        ("a|b ~ c | d e", Pattern((("a", "b"), ("c", "d e")))),
        ("保证 & 修好|弄好", Pattern((("保证",), ("修好", "弄好")), either=True)),
    ],
)
def test_a_pattern_is_read_as_it_is_written(written: str, pattern: Pattern) -> None:
    assert parsed(written) == pattern


@pytest.mark.parametrize("written", ["", "~", "a ~", "a||b", "a & b ~ c", "a & b & c", "a ~ b ~ c ~ d ~ e"])
def test_what_is_no_pattern_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        parsed(written)


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("我保证明天修好。", "保证 & 修好", ["保证明天修好"]),
        ("修好，我保证。", "保证 & 修好", ["修好，我保证"]),
        ("修好，我保证。", "保证 ~ 修好", []),
        ("我保证。修好以后再说。", "保证 & 修好", []),  # another sentence
        ("我保证一二三四五六修好", "保证 & 修好", ["保证一二三四五六修好"]),  # six signs
        ("我保证一二三四五六七修好", "保证 & 修好", []),  # seven
        ("We promise, whatever it takes and costs, never", "promise ~ never", ["promise, whatever it takes and costs, never"]),
        ("We promise one two three four five six seven never", "promise ~ never", []),
        ("compromise never", "promise ~ never", []),
        ("We PROMISE it\nＮＥＶＥＲ", "promise ~ never", ["PROMISE it\nＮＥＶＥＲ"]),
        ("我“保 证”修好", "保证 & 修好", ["保 证”修好"]),
        ("a x b y c", "a ~ b ~ c", ["a x b y c"]),
        ("a c b", "a ~ b ~ c", []),
        ("保证修好，保证修好", "保证 & 修好", ["保证修好", "保证修好"]),
    ],
)  # fmt: skip
def test_words_are_found_in_order_or_in_either_and_near(text: str, pattern: str, expected: list[str]) -> None:
    assert found(text, pattern) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我不能保证今天修好", []),
        ("别的不能，我保证今天修好", ["保证今天修好"]),  # the negation stands in another clause
        ("保证今天修好不能", []),
        ("我保证不能修好", []),  # between the words
        ("我保证修好，您放心，也请您谅解", []),  # what stands anywhere in the sentence
        ("我保证修好。请您谅解", ["保证修好"]),
    ],
)
def test_a_negation_in_the_clause_and_help_in_the_sentence_leave_it_alone(
    text: str, expected: list[str]
) -> None:
    assert found(text, "保证 & 修好", unless=("不能",), but_for=("请您谅解",)) == expected


def test_a_negation_that_is_itself_what_is_said_is_none() -> None:
    assert found("That is not a big deal", "not a big deal", unless=("not a",)) == ["not a big deal"]


def test_a_pattern_costs_no_more_than_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """No place is looked at twice for each of the others: as a regular expression this would not come to its end."""
    looked = []
    each = word_places.each_place
    monkeypatch.setattr(word_places, "each_place", lambda text, word: looked.append(1) or each(text, word))
    assert found("a" * 20_000 + " b" * 20_000, "a ~ a ~ a ~ b", "b ~ b ~ b ~ c") == []
    assert len(looked) < 20


def test_a_text_with_no_word_of_a_pattern_costs_no_look_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    places = patterns.places_of
    monkeypatch.setattr(
        patterns, "places_of", lambda text, group: looked.append(group) or places(text, group)
    )
    many = [f"绝不{sign} ~ 永远{sign}" for sign in "天地玄黄宇宙洪荒日月盈昃"]
    assert found("明天上午师傅上门，修好以后给您回电。", *many) == []
    assert looked == []
    assert found("绝不荒，永远荒。", *many) == ["绝不荒，永远荒"]  # the control
    assert looked == [("绝不荒",), ("永远荒",)]
