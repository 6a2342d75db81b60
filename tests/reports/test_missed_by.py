"""A missed clock is booked on who held the case when it fell due; whoever took it over late sees that."""

import pytest
from duty_support import held, office
from shares_support import ONE_MET, ONE_MISSED

from storage.check import check
from workbench.reports import desk, inbox, inherited
from workbench.reports.analysis import analyze
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.reports.training import needs


@pytest.fixture
def staffed(bench):
    return office(bench)


@pytest.fixture
def late(staffed, clock):
    """A case that bo held when the answer fell due, and yun took over before it was given."""
    case = held(staffed, "bo")
    clock.pass_(hours=4)
    case = staffed.act(case, "assign", "jin", to="yun", reason="bo 请假")
    clock.pass_(minutes=10)
    return case


def day(clock):
    return clock().date()


def test_whoever_took_over_late_sees_what_had_run_out(staffed, late):
    (line,) = inbox.digest(staffed.desk("yun"))
    assert (line["number"], line["inherited_late"]) == (late.number, ["response"])
    rows = [row for row in desk.rows(staffed.desk("yun")) if row.section == desk.INHERITED]
    assert [(row.kind, row.who, row.number) for row in rows] == [("response", "bo", late.number)]
    assert not [row for row in desk.rows(staffed.desk("bo")) if row.section == desk.INHERITED]


def test_the_miss_is_booked_on_who_held_it_then(staffed, clock, late):
    staffed.act(late, "reply", "yun", text="您好")
    found = summary(staffed.desk("jin"), one_day(day(clock)))
    assert found["missed_by"] == {"bo": 1}
    by_handler = analyze(staffed.desk("jin"), one_day(day(clock)))["on_time"]["handler"]
    assert by_handler == {"bo": {"response": ONE_MISSED}}
    assert [
        (each["person"], each["clocks"]) for each in needs(staffed.desk("jin"), day(clock), day(clock))
    ] == [("bo", {"response": 1})]
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_what_nobody_held_is_booked_on_the_place(staffed, clock):
    case = staffed.record("mei", site="金色家园")
    clock.pass_(hours=4)
    staffed.act(staffed.act(case, "take", "mei"), "reply", "mei", text="您好")
    assert summary(staffed.desk("jin"), one_day(day(clock)))["missed_by"] == {"金色家园": 1}
    assert needs(staffed.desk("jin"), day(clock), day(clock)) == []


def test_a_clock_that_is_met_counts_for_who_met_it(staffed, clock):
    case = held(staffed, "bo")
    clock.pass_(hours=1)
    staffed.act(case, "acknowledge", "bo")
    staffed.act(case, "assign", "jin", to="yun", reason="换班")
    found = analyze(staffed.desk("jin"), one_day(day(clock)))["on_time"]["handler"]
    assert found == {"bo": {"response": ONE_MET}}


def test_of_many_late_cases_the_most_urgent_are_looked_through(staffed, clock, monkeypatch):
    monkeypatch.setattr(inherited, "MOST", 2)
    cases = [held(staffed, "bo") for _ in range(4)]
    clock.pass_(hours=4)
    for case in cases:
        staffed.act(case, "assign", "jin", to="yun", reason="bo 请假")
    rows = [row for row in desk.rows(staffed.desk("yun")) if row.section == desk.INHERITED]
    assert [(row.kind, row.told) for row in rows] == [("response", 0), ("response", 0), (desk.MORE, 2)]
