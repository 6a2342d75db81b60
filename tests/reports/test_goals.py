"""Goals of the policy beside the figures of the day."""

from datetime import date

from workbench.reports.scope import one_day
from workbench.reports.summary import summary

DAY = date(2026, 11, 21)


def goals(bench):
    return {
        each["name"]: (each["goal"], each["figure"], each["met"])
        for each in summary(bench.desk(), one_day(DAY))["goals"]
    }


def test_a_goal_says_whether_it_was_met_and_nothing_where_nothing_counts(bench, clock):
    assert goals(bench)["response"] == (0.95, None, None)
    quick, slow = bench.record(), bench.record()
    bench.act(quick, "reply", text="马上来")
    clock.pass_(hours=4)
    bench.act(slow, "close", outcome="好了", resolution="none", next="可再来")
    found = goals(bench)
    assert found["response"] == (0.95, 0.5, False)
    assert found["resolution_rate"] == (0.9, 0.0, False)
    assert found["repeat_rate"] == (0.05, 0.0, True)
