"""Goals of the policy beside the figures of the day."""

from datetime import date

import pytest

from workbench.reports.scope import one_day
from workbench.reports.summary import summary

DAY = date(2026, 11, 21)


def goals(bench):
    return {each["name"]: each for each in summary(bench.desk(), one_day(DAY))["goals"]}


def said(found):
    return (found["goal"], found["figure"], found["of"], found["met"])


@pytest.fixture
def two_asked(bench_with):
    """A house whose goals hold from two cases on."""
    made = bench_with("[goals]\nleast = 2\n")
    yield made
    made.store.close()


def test_a_goal_says_whether_it_was_met_and_nothing_where_nothing_counts(two_asked, clock):
    assert said(goals(two_asked)["response"]) == (0.95, None, 0, None)
    assert "too_few" not in goals(two_asked)["response"]
    quick, slow = two_asked.record(), two_asked.record()
    two_asked.act(quick, "reply", text="马上来")
    clock.pass_(hours=4)
    two_asked.act(slow, "close", outcome="好了", resolution="none", next="可再来")
    found = goals(two_asked)
    assert said(found["response"]) == (0.95, 0.5, 2, False)
    assert said(found["repeat_rate"]) == (0.05, 0.0, 2, True)
    assert said(found["resolution_rate"]) == (0.9, 0.0, 1, None)
    assert [name for name, each in found.items() if each.get("too_few")] == ["proposal", "resolution_rate"]


def test_the_shipped_rules_say_nothing_of_fewer_than_thirty(bench):
    for many, met, too_few in ((29, None, True), (1, True, None)):
        for _ in range(many):
            bench.act(bench.record(), "reply", text="马上来")
        found = goals(bench)["response"]
        assert (found["figure"], found["met"], found.get("too_few")) == (1.0, met, too_few)
