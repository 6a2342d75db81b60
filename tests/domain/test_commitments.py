"""What a text to the customer commits us to: a table each way, with what is missed named one by one."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.commitment_table import (
    COMMITS,
    DOES_NOT,
    HARDER_COMMITS,
    HARDER_DOES_NOT,
    SEVERAL,
    UNSEEN_COMMITS,
    UNSEEN_DOES_NOT,
    rows,
)
from workbench.domain.cases import Case
from workbench.domain.commitments import as_typed, find, unregistered

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)

# What the harder sentences lose. Whoever mends one takes it off this list.
MISSED = {
    "天亮之前恢复供暖",
    "确保您春节前入住",
    "噪音问题今晚十点以后不会再有。",
    "You can count on us to have the heating back within six hours.",
    "这批瓷砖月底到，到货后马上铺贴。",
    "Your case goes to the board on 30 November and you get their answer on 1 December.",
}
WRONG_DUE = {"您的意见我会在明早例会上汇报，中午前给您回音。"}  # two times in one clause: the last holds
FALSE_ALARMS = {"楼上业主明天回国，之后才能进门查看。"}  # what a neighbour does, and what we do then


def dues(text: str) -> list[str]:
    """Return what was found, as the verb ``promise`` takes it; empty for "soon"."""
    return [as_typed(one.due_at, SHANGHAI) if one.due_at else "" for one in find(text, NOON, SHANGHAI)]


@pytest.mark.parametrize(("text", "due"), rows(COMMITS))
def test_a_sentence_with_words_and_a_time_is_a_commitment_due_then(text: str, due: str) -> None:
    assert dues(text) == [due]


@pytest.mark.parametrize(("text", "expected"), rows(SEVERAL))
def test_several_times_are_several_commitments_and_a_span_or_a_choice_is_one(
    text: str, expected: str
) -> None:
    assert dues(text) == expected.split(", ")


@pytest.mark.parametrize("text", [text for text, _ in rows(DOES_NOT)])
def test_a_question_the_past_a_condition_and_what_others_said_are_none(text: str) -> None:
    assert dues(text) == []


def test_what_is_missed_and_what_is_a_false_alarm_is_known_by_name() -> None:
    assert {text for text, _ in rows(HARDER_COMMITS) if not dues(text)} == MISSED
    assert {text for text, due in rows(HARDER_COMMITS) if dues(text) not in ([], [due])} == WRONG_DUE
    assert {text for text, _ in rows(HARDER_DOES_NOT) if dues(text)} == FALSE_ALARMS


def test_recall_and_precision_are_what_they_were_measured_to_be() -> None:
    """On the tables that the words were found on, and on the one that they were not."""
    known = measured(COMMITS + HARDER_COMMITS, DOES_NOT + HARDER_DOES_NOT)
    assert known == (140, 146, 1)
    assert measured(UNSEEN_COMMITS, UNSEEN_DOES_NOT) == (10, 16, 0)  # recall 10 of 16, no false alarm of 16


def measured(commits: str, does_not: str) -> tuple[int, int, int]:
    """Return how many commitments were found, how many there are, and how many alarms were false."""
    found = sum(bool(dues(text)) for text, _ in rows(commits))
    return found, len(rows(commits)), sum(bool(dues(text)) for text, _ in rows(does_not))


def test_each_table_has_sixty_sentences() -> None:
    assert min(len(rows(COMMITS)), len(rows(DOES_NOT))) >= 60


def test_a_commitment_is_quoted_as_it_was_written_and_where() -> None:
    text = "Ｗe are sorry. ＷＥ will call you by Friday 5pm, I promise."
    [one] = find(text, NOON, SHANGHAI)
    assert one.text == "ＷＥ will call you by Friday 5pm"
    assert text[one.start : one.end].strip() == one.text


def test_two_times_are_two_commitments_and_one_time_is_one() -> None:
    assert dues("明天上午十点给您回电。周五之前修好。") == ["2026-11-22 10:00", "2026-11-27"]
    assert dues("明天十点给您回电。我们保证明天十点回电。") == ["2026-11-22 10:00"]


def test_what_is_registered_already_is_not_asked_for_again(bench) -> None:  # type: ignore[no-untyped-def]
    case: Case = bench.record()
    text = "周五之前给您修好"
    assert len(unregistered(text, case, NOON, SHANGHAI)) == 1
    case = bench.act(case, "promise", text=text, due="2026-11-27")
    assert unregistered(text, case, NOON, SHANGHAI) == ()
    kept = bench.act(case, "keep")
    assert len(unregistered(text, kept, NOON, SHANGHAI)) == 1


@pytest.mark.parametrize(
    ("due_at", "typed"),
    [
        (datetime(2026, 11, 22, 7, 0, tzinfo=UTC), "2026-11-22 15:00"),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "2026-11-22"),
    ],
)
def test_the_end_of_a_day_is_typed_as_its_date(due_at: datetime, typed: str) -> None:
    assert as_typed(due_at, SHANGHAI) == typed


@given(
    st.text(
        alphabet="我们会明天周五三日月前内点0123456789:-. ，。?will by Friday within hours吗\n", max_size=60
    )
)
def test_no_text_makes_it_fail_and_every_due_lies_ahead(text: str) -> None:
    for one in find(text, NOON, SHANGHAI):
        assert one.due_at is None or one.due_at > NOON
        assert 0 <= one.start < one.end <= len(text)
