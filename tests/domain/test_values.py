from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import words
from workbench.domain import values
from workbench.domain.errors import UsageError
from workbench.domain.text import safe_text


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("0", "0"),
        ("5000", "5000"),
        ("9999.99", "9999.99"),
        ("0.1", "0.1"),
        (" 12 ", "12"),
        ("５０００．５０", "5000.50"),
        ("999999999999.99", "999999999999.99"),
    ],
)
def test_an_amount_is_taken_exactly_as_typed(typed, yuan):
    assert str(values.money(typed, "--claim")) == yuan


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-1",
        "+1",
        "1.005",
        "9,999.99",
        "1_000",
        "1e3",
        "1E+2",
        "nan",
        "NaN",
        "inf",
        "Infinity",
        ".5",
        "5.",
        "¥5",
        "5元",
        "1000000000000",
        "0x10",
        "１，０００",
        "٥",
        "²",
        "1 000",
        "1\n",
        "--claim",
    ],
)
def test_other_amounts_are_refused_by_name(typed):
    words.use("en")
    with pytest.raises(UsageError, match=r"^--claim: .*not an amount in yuan"):
        values.money(typed, "--claim")


@given(st.decimals(0, Decimal("999999999999.99"), places=2))
def test_every_amount_comes_back(amount):
    assert values.money(f"{amount:f}") == amount


@pytest.mark.parametrize(("typed", "number"), [("1", 1), ("12", 12), ("１２", 12), (" 7 ", 7), ("007", 7)])
def test_a_whole_number_is_taken(typed, number):
    assert values.whole(typed, 1, 100, "--people") == number


@pytest.mark.parametrize(
    "typed",
    ["", "0", "101", "-3", "1.0", "1_0", "1e1", "nan", "ten", "٣", "1 2", "+5", "9" * 5000, "0x5", "1\n"],
)
def test_other_numbers_are_refused_with_the_range(typed):
    words.use("en")
    with pytest.raises(UsageError, match=r"^--people: .*not a whole number from 1 to 100"):
        values.whole(typed, 1, 100, "--people")


def test_a_number_may_be_negative_where_the_range_says_so():
    assert values.whole("-5", -10, 10) == -5


@given(st.text(max_size=20))
def test_any_text_is_a_number_in_range_or_a_usage_error(text):
    try:
        number = values.whole(text, 1, 5)
    except UsageError as refused:
        sentence = str(refused)
        assert safe_text(sentence) == sentence
    else:
        assert 1 <= number <= 5


KINDS = ("complaint", "repair", "inquiry")


@pytest.mark.parametrize("typed", ["repair", " repair ", "ｒｅｐａｉｒ"])
def test_a_known_word_is_taken(typed):
    assert values.choice(typed, KINDS, "--kind") == "repair"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("repiar", "did you mean repair?"),
        ("Repair", "did you mean repair?"),
        ("complaints", "did you mean complaint?"),
        ("xyz", "is unknown. Possible: complaint, repair, inquiry."),
        ("", "is unknown. Possible: complaint, repair, inquiry."),
        ("\x1b[2J" * 1000, "is unknown. Possible: complaint, repair, inquiry."),
    ],
)
def test_an_unknown_word_is_refused_with_the_nearest_and_all(typed, hint):
    words.use("en")
    with pytest.raises(UsageError) as refused:
        values.choice(typed, KINDS, "--kind")
    assert str(refused.value).startswith("--kind: ")
    assert hint in str(refused.value)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("yes", True), ("Y", True), ("是", True), ("ｙｅｓ", True), ("no", False), ("n", False), ("否", False)],
)
def test_yes_and_no_are_understood(typed, meant):
    assert values.yes_no(typed) is meant


@pytest.mark.parametrize("typed", ["", "1", "true", "yess", "maybe", "不"])
def test_neither_yes_nor_no_is_refused(typed):
    words.use("en")
    with pytest.raises(UsageError, match=r"^--reached: .*neither yes nor no"):
        values.yes_no(typed, "--reached")


def test_amounts_are_exact_decimals():
    assert values.money("0.1") + values.money("0.2") == Decimal("0.3")


@pytest.mark.parametrize("text", ["-0", "-00", "--1", "+1"])
def test_a_sign_that_says_nothing_is_refused(text):
    with pytest.raises(UsageError, match="is not a whole number"):
        values.whole(text, 0, 10)
