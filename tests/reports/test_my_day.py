"""One's own day: the figures of the summary, one's own entries, and what is owed by the end of tomorrow."""

import pytest
from desks import Bench, Clock
from duty_support import held, office

from storage.part import Part
from workbench.domain.times import stamp
from workbench.reports import my_day
from workbench.reports.scope import Scope
from workbench.reports.summary import summary


def busy(bench: Bench, clock: Clock) -> None:
    """Let two people work for a day: close, promise, miss, call back, take back."""
    office(bench)
    first = held(bench, phone="13800138001", text="漏水")
    late = held(bench, text="门禁")
    clock.pass_(hours=4)  # the response of both is missed
    bench.act(first, "reply", text="今天上门")
    bench.act(late, "reply", text="已派人")
    bench.act(first, "close", outcome="已修好")
    bench.act(first, "callback", reached="yes", csi="5")
    bench.act(late, "promise", text="明天换锁", due="+20h")
    undone = held(bench, text="大堂灯")
    bench.act(undone, "close", outcome="换了")
    bench.act(undone, "undo")
    theirs = held(bench, "bo", text="电梯")
    bench.act(theirs, "note", "mei", text="看过")
    bench.act(held(bench, text="给小博"), "assign", "jin", to="bo", reason="忙")


def of_summary(bench: Bench, person: str) -> dict:
    desk = bench.desk("jin")
    today = desk.now().astimezone(desk.rules().zone).date()
    return summary(desk, Scope(today, today, Part(handler=person)))


@pytest.mark.parametrize("person", ["mei", "bo", "yun"])
def test_the_figures_are_those_of_the_summary_by_the_same_names(
    person: str, bench: Bench, clock: Clock
) -> None:
    busy(bench, clock)
    mine, theirs = my_day.of_person(bench.desk(person)), of_summary(bench, person)
    names = [name for figures in my_day.FIGURES for name in figures]
    assert {name: mine[name] for name in names} == {name: theirs[name] for name in names}
    assert (mine["promises"], mine["callbacks"]) == (theirs["promises"], theirs["callbacks"])
    assert mine["missed"] == theirs["missed_by"].get(person, 0)
    assert mine["tomorrow"] == theirs["tomorrow"]


def test_the_figures_of_two_people_differ_so_that_equal_ones_say_something(
    bench: Bench, clock: Clock
) -> None:
    busy(bench, clock)
    mei, bo = (my_day.of_person(bench.desk(person)) for person in ("mei", "bo"))
    assert mei["missed"] == 2
    assert (mei["received"], bo["received"]) == (3, 2)
    assert mei["closed"] == 1


def test_what_was_done_is_counted_by_whoever_did_it_without_what_was_taken_back(
    bench: Bench, clock: Clock
) -> None:
    busy(bench, clock)
    did = my_day.of_person(bench.desk("mei"))["did"]
    assert did == {"recorded": 4, "answered": 3, "closed": 1, "called": 1, "reached": 1}
    assert my_day.of_person(bench.desk("bo"))["did"]["recorded"] == 1


def test_what_is_owed_by_the_end_of_tomorrow_is_named_and_nothing_after_it(
    bench: Bench, clock: Clock
) -> None:
    office(bench)
    case = held(bench)
    bench.act(case, "promise", text="明天换锁", due="+20h")
    bench.act(case, "promise", text="下周粉刷", due="+6d")
    owed = my_day.of_person(bench.desk("mei"))["owed"]
    assert [each["text"] for each in owed] == ["明天换锁"]
    assert owed[0]["due_at"] == stamp(clock.pass_(hours=20))
    clock.pass_(hours=2)
    found = my_day.of_person(bench.desk("mei"))
    assert "overdue" in "\n".join(my_day.lines(found, bench.desk("mei").rules()))


def test_a_day_without_anything_says_so(bench: Bench) -> None:
    office(bench)
    found = my_day.of_person(bench.desk("yun"))
    assert not any(found["did"].values())
    assert "I owe nothing by tomorrow." in list(my_day.lines(found, bench.desk("yun").rules()))
