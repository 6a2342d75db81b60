"""Sums that a text offers: what is found, what it comes to, and how often that is wrong."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.sum_table import NO_OFFERS, OFFERS, UNSEEN_NO_OFFERS, UNSEEN_OFFERS, rows
from workbench.domain.case_parts import Compensation
from workbench.domain.cases import Case
from workbench.domain.sums import find, uncovered, yuan

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
CASE = Case(site_id=1, case_id=1, number="A", policy=1, received_at=NOON, first_asked="mei")


def largest(text: str) -> str | None:
    """Return the largest sum found as plain digits, ``-`` if no number says it, None for no sum."""
    found = find(text)
    amounts = [each.amount for each in found if each.amount is not None]
    return f"{max(amounts).normalize():f}" if amounts else "-" if found else None


@pytest.mark.parametrize(("text", "expected"), rows(OFFERS))
def test_an_offer_is_found_with_its_yuan(text: str, expected: str) -> None:
    wanted = expected if expected == "-" else f"{Decimal(expected).normalize():f}"
    assert largest(text) == wanted


@pytest.mark.parametrize("text", [text for text, _ in rows(NO_OFFERS)])
def test_a_price_a_refusal_and_what_the_customer_asked_for_are_none(text: str) -> None:
    assert find(text) == ()


def test_on_sentences_that_no_pattern_was_made_for_it_is_wrong_as_often_as_it_was_measured() -> None:
    """Whoever mends a pattern for one of them moves it to the other tables, and writes new ones here."""
    missed = {text for text, _ in rows(UNSEEN_OFFERS) if not find(text)}
    false = {text for text, _ in rows(UNSEEN_NO_OFFERS) if find(text)}
    assert missed == {"这次就少收您两个季度的物业费，算是补偿。"}
    assert false == {"公司规定前台不得答应任何金额，5000元也不行。"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("5000", "5000"), ("1,200.50", "1200.50"), ("2万", "20000"), ("1.5万", "15000"), ("3k", "3000"),
        ("五千", "5000"), ("两千五", "2500"), ("两千零五", "2005"), ("十", "10"), ("一百二十", "120"),
        ("叁万伍仟", "35000"), ("三百万", "3000000"), ("一亿", "100000000"), ("几千", None), ("零", None),
        ("two thousand", "2000"), ("five hundred", "500"), ("a hundred thousand", "100000"), ("2 thousand", "2000"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_digits_chinese_and_english(said: str, expected: str | None) -> None:
    assert yuan(said) == (None if expected is None else Decimal(expected))


def test_a_sum_is_quoted_as_it_was_written_and_where() -> None:
    text = "抱歉。赔您５０００元，\n周五到账"
    [one] = find(text)
    assert (one.text, text[one.start : one.end]) == ("５０００元", "５０００元")


@pytest.mark.parametrize(
    ("granted", "text", "left"),
    [
        ([], "赔您500元", 1),
        (["500"], "赔您500元", 0),
        (["500"], "赔您500.01元", 1),
        (["500"], "赔您300元，再退200元", 0),
        (["500"], "赔您500元，再退200元", 0),  # the largest is what stands: the other may be a part of it
        (["500"], "赔您400元，再退200元", 2),
        (["300", "250"], "一共赔您550元", 0),
        (["10"], "双倍返还", 0),
        ([], "双倍返还", 1),
    ],
)
def test_a_granted_sum_covers_what_comes_to_no_more(granted: list[str], text: str, left: int) -> None:
    money = [Compensation(n, Decimal(sum_), "", "mei", NOON, "mei") for n, sum_ in enumerate(granted, 1)]
    assert len(uncovered(find(text), replace(CASE, money=tuple(money)))) == left


@pytest.mark.parametrize(
    ("states", "text", "left"),
    [
        (["paid"], "我们再补偿您400元", 1),
        (["paid"], "已修好，补偿400元", 0),
        (["paid"], "we give you another 400 yuan", 1),
        (["paid", "promised"], "我们再补偿您400元", 0),
        (["paid", "promised"], "我们一共补偿您800元", 0),
        (["paid", "promised"], "我们一共补偿您900元", 1),
    ],
)
def test_a_paid_sum_covers_what_is_said_of_it_and_nothing_further(
    states: list[str], text: str, left: int
) -> None:
    money = (
        Compensation(n, Decimal(400), "", "mei", NOON, "mei", state) for n, state in enumerate(states, 1)
    )
    assert len(uncovered(find(text), replace(CASE, money=tuple(money)))) == left


@given(st.text(alphabet="赔您给双倍五千万元块钱0123,.，。退免年物业费 payouyn", max_size=60))
def test_whatever_is_typed_a_sum_lies_in_the_text(text: str) -> None:
    done = 0
    for one in find(text):
        assert done <= one.start < one.end <= len(text)
        assert one.amount is None or one.amount > 0
        done = one.end
