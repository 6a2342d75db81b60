"""The course of days: each day as the summary of that day has it, in every part of the house."""

from datetime import date, timedelta
from random import Random

import pytest

from storage.part import Part
from workbench.reports import late_cases, series
from workbench.reports.evening import beside
from workbench.reports.scope import Scope, one_day
from workbench.reports.summary import summary

TODAY = date(2026, 11, 21)
SITES = ("金色家园", "滨江一号")


def days(bench, scope):
    desk = bench.desk()
    with desk.store.reading() as db:
        return series.by_day(desk, db, scope, desk.now())


def story(bench, seed, cases=40):
    """Cases of many days: closed, called, opened again, undone, closed again."""
    chance = Random(seed)
    bench.clock.pass_(days=-20)
    known = []
    while bench.clock.at.date() < TODAY:
        bench.clock.pass_(hours=chance.randint(1, 9))
        if len(known) < cases:
            known.append(bench.record(site=chance.choice(SITES), text=f"漏水 {len(known)}"))
        case = bench.now(chance.choice(known))
        if case.status == "open":
            bench.act(case, "close", outcome="x")
            if chance.random() < 0.2:
                bench.act(case, "undo")
        elif chance.random() < 0.6:
            bench.act(case, "reopen", reason="x")
            if chance.random() < 0.3:
                bench.act(case, "undo")
    return known


@pytest.mark.parametrize("seed", range(3))
def test_each_day_is_as_its_own_summary_has_it(bench, seed):
    story(bench, seed)
    found = days(bench, one_day(TODAY))
    assert len(found) == 14
    told = [summary(bench.desk(), one_day(TODAY - timedelta(days=13 - n))) for n in range(14)]
    assert found == [{name: each[name] for name in ("date", "received", "closed")} for each in told]
    assert sum(day["closed"] for day in found) > 5


def test_a_part_has_its_own_days_and_the_parts_add_up(bench):
    story(bench, 7)
    whole = days(bench, one_day(TODAY))
    parts = [days(bench, Scope(TODAY, TODAY, Part(sites=(site,)))) for site in SITES]
    for name in ("received", "closed"):
        assert [day[name] for day in whole] == [a[name] + b[name] for a, b in zip(*parts, strict=True)]


def test_a_long_span_is_told_by_month(bench):
    bench.record()
    found = days(bench, Scope(date(2026, 1, 15), TODAY))
    assert (found[0]["date"], found[0]["last"]) == ("2026-01-15", "2026-01-31")
    assert (found[-1]["date"], found[-1]["last"], found[-1]["received"]) == ("2026-11-01", "2026-11-21", 1)
    assert len(found) == 11


def test_what_is_late_says_who_owes_what_since_when(bench):
    case = bench.record(site="金色家园", text="漏水 请回电 13812345678")
    taken = bench.record()
    bench.act(taken, "take")
    done = bench.record()
    bench.act(done, "close", outcome="x")
    bench.clock.pass_(hours=4)
    desk = bench.desk()
    with desk.store.reading() as db:
        found = late_cases.lines(desk, db, one_day(TODAY), desk.now())
        none = late_cases.lines(desk, db, Scope(TODAY, TODAY, Part(sites=("x",))), desk.now())
    assert [line["number"] for line in found] == [case.number, taken.number]
    assert [line["owner"] for line in found] == [None, "mei"]
    assert {line["owes"] for line in found} == {"response"}
    assert "13812345678" not in found[0]["gist"]
    assert none == []
    assert summary(desk, one_day(TODAY))["overdue"] == 2
    assert beside.figures_of(desk, one_day(TODAY))["overdue_by_handler"] == {"": 1, "mei": 1}


def test_causes_are_of_the_thirty_days_before(bench):
    bench.record()
    found = beside.figures_of(bench.desk(), one_day(TODAY))
    assert (found["by_cause"], found["by_cause_since"]) == ({}, "2026-10-23")


def test_days_that_have_not_come_are_not_drawn(bench):
    bench.record()
    found = days(bench, Scope(date(2026, 11, 1), date(2026, 11, 30)))
    assert (found[0]["date"], found[-1]["date"], len(found)) == ("2026-11-01", "2026-11-21", 21)
    assert len(days(bench, Scope(date(2026, 12, 1), date(2026, 12, 31)))) == 14
