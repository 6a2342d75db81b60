"""Every figure of the summary: by small stories, and against a recount of all timelines."""

from datetime import UTC, date, datetime, timedelta

import pytest
from shares_support import ONE_MET

from storage.check import check
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.watch.sweep import sweep

TODAY = date(2026, 11, 21)
KEYS = (
    "date received closed done reopened open waiting overdue due_next_24h on_time by_kind by_severity by_category"
    " by_site by_channel by_handler founded_rate breach_rate defect_rate resolution_rate repeat_rate"
    " limited_resolutions not_accepted promises callbacks csi_mean nps mood_change compensation_total hot straight_to_top"
    " warnings seal"
).split()


def told(bench, day=TODAY):
    return summary(bench.desk(), one_day(day))


def flows(bench, day=TODAY):
    found = told(bench, day)
    return {name: found[name] for name in ("received", "closed", "done", "reopened")}


def test_an_empty_store_has_every_key(bench):
    found = told(bench)
    assert set(KEYS) <= set(found)
    assert (found["date"], found["as_of"]) == ("2026-11-21", "2026-11-21T04:00:00.000000Z")
    assert found["compensation_total"] == "0.00"
    assert found["seal"].startswith("2:")  # what the house wrote down when the store was made
    assert found["on_time"] == {}
    assert [
        found[name] for name in ("founded_rate", "resolution_rate", "repeat_rate", "csi_mean", "nps")
    ] == [None] * 5
    assert found["promises"] == {"kept": 0, "kept_in_time": 0, "broken": 0, "open": 0, "overdue": 0}
    assert found["callbacks"] == {"done": 0, "reached": 0, "owed": 0, "overdue": 0}


def test_a_case_is_counted_through_its_day(bench):
    case = bench.record(site="金色家园", mood="2")
    assert flows(bench) == {"received": 1, "closed": 0, "done": 0, "reopened": 0}
    bench.act(case, "close", outcome="x", resolution="limited", accepted="yes")
    assert flows(bench) == {"received": 1, "closed": 1, "done": 0, "reopened": 0}
    bench.act(case, "callback", reached="no")
    bench.act(case, "callback", reached="yes", csi="4", nps="9", mood="5")
    found = told(bench)
    assert flows(bench) == {"received": 1, "closed": 1, "done": 1, "reopened": 0}
    assert found["callbacks"] == {"done": 2, "reached": 1, "owed": 0, "overdue": 0}
    assert (found["csi_mean"], found["nps"], found["mood_change"]) == (4.0, 100.0, 3.0)
    assert (found["limited_resolutions"], found["resolution_rate"], found["repeat_rate"]) == (1, 1.0, 0.0)
    assert found["on_time"] == dict.fromkeys(("callback", "opinion", "proposal", "response"), ONE_MET)
    bench.act(case, "reopen", reason="x")
    assert flows(bench) == {"received": 1, "closed": 1, "done": 0, "reopened": 1}
    assert told(bench)["repeat_rate"] == 1.0


def test_what_was_undone_counts_for_nothing(bench):
    case = bench.record()
    bench.act(case, "close", outcome="x")
    bench.act(case, "undo")
    assert flows(bench)["closed"] == 0
    assert told(bench)["on_time"] == {}
    bench.act(case, "close", outcome="x")
    bench.act(case, "callback", reached="yes", csi="1", still_a_problem=True)
    assert (flows(bench)["reopened"], told(bench)["csi_mean"]) == (1, 1.0)
    bench.act(case, "undo")
    found = told(bench)
    assert (found["reopened"], found["csi_mean"], found["callbacks"]["done"]) == (0, None, 0)
    still_open = bench.record()
    bench.act(still_open, "regrade", level="1", reason="x")
    assert told(bench)["straight_to_top"] == [still_open.number]
    bench.act(still_open, "undo")
    assert told(bench)["straight_to_top"] == []


def test_promises_are_counted_when_they_are_settled(bench):
    case = bench.record()
    for due in ("+1h", "+2h", "+3h"):
        bench.act(case, "promise", text="x", due=due)
    bench.act(case, "keep", id="1")
    bench.act(case, "keep", id="2", broken=True)
    assert told(bench)["promises"] == {"kept": 1, "kept_in_time": 1, "broken": 1, "open": 1, "overdue": 0}
    bench.clock.pass_(days=1)
    assert told(bench, TODAY + timedelta(days=1))["promises"] == {
        "kept": 0,
        "kept_in_time": 0,
        "broken": 0,
        "open": 1,
        "overdue": 1,
    }


def test_the_day_begins_at_midnight_in_the_policys_zone(bench):
    for at in ("2026-11-20T15:59:59", "2026-11-20T16:00:00", "2026-11-21T15:59:59", "2026-11-21T16:00:00"):
        bench.clock.at = datetime.fromisoformat(at).replace(tzinfo=UTC)
        bench.record()
    assert [flows(bench, day)["received"] for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))] == [
        1, 2, 1,
    ]  # fmt: skip


def test_how_things_stand_is_as_of_the_moment_of_asking(bench):
    bench.record()
    found = told(bench)
    assert (found["open"], found["overdue"], found["due_next_24h"]) == (1, 0, 1)
    bench.clock.pass_(hours=3)
    assert (told(bench)["overdue"], told(bench)["due_next_24h"]) == (0, 1)
    bench.clock.pass_(seconds=1)
    assert (told(bench)["overdue"], told(bench)["due_next_24h"]) == (1, 0)


def test_a_pause_that_has_ended_is_over_although_nobody_has_swept(bench):
    case = bench.record()
    bench.act(case, "pause", reason="x", **{"for": "customer"}, until="+1d")
    assert [told(bench)[name] for name in ("open", "waiting", "due_next_24h")] == [0, 1, 0]
    bench.clock.pass_(days=1)
    before = told(bench)
    assert [before[name] for name in ("open", "waiting", "due_next_24h")] == [1, 0, 1]
    sweep(bench.desk())
    after = told(bench)
    assert {name: before[name] for name in before if name != "seal"} == {
        name: after[name] for name in after if name != "seal"
    }


def test_levels_are_those_that_age_has_brought_although_nobody_has_swept(bench):
    case = bench.record()
    bench.clock.pass_(days=7)
    rose = TODAY + timedelta(days=7)
    assert (told(bench, rose)["hot"], told(bench, rose)["straight_to_top"]) == (1, [case.number])
    bench.clock.pass_(days=30)
    before = told(bench)
    assert before["by_severity"] == {"1": 1, "2": 0, "3": 0, "4": 0}
    assert told(bench, date(2026, 12, 21))["straight_to_top"] == [case.number]
    assert told(bench, date(2026, 12, 22))["straight_to_top"] == []
    sweep(bench.desk())
    assert told(bench)["by_severity"] == before["by_severity"]


def test_a_rise_that_the_sweep_wrote_after_midnight_belongs_to_the_day_on_which_it_happened(bench):
    case = bench.record()
    bench.clock.pass_(days=7, hours=13)
    sweep(bench.desk())
    rose = TODAY + timedelta(days=7)
    assert told(bench, rose)["straight_to_top"] == [case.number]
    assert told(bench, rose + timedelta(days=1))["straight_to_top"] == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, False),
        ({"claim": "10000"}, True),
        ({"claim": "9999.99"}, False),
        ({"people": "3"}, True),  # hot
        ({"flag": "media-risk"}, True),  # hot
        ({"claim": "10000", "close": True, "outcome": "x"}, False),  # solved
    ],
)
def test_what_goes_straight_to_the_top(bench, given, expected):
    case = bench.record(**given)
    assert told(bench)["straight_to_top"] == ([case.number] if expected else [])


def test_what_goes_to_the_top_comes_gravest_first(bench):
    hot = bench.record(flag="media-risk")
    bench.clock.pass_(minutes=1)
    major = bench.record(claim="10000")
    assert told(bench)["straight_to_top"] == [major.number, hot.number]


def test_a_regrade_downwards_sends_nothing_to_the_top(bench):
    case = bench.record(claim="10000", flag="media-risk")
    bench.clock.pass_(days=1)
    bench.act(case, "regrade", level="2", reason="x")
    assert told(bench, TODAY + timedelta(days=1))["straight_to_top"] == []


def test_clocks_that_ran_out_are_warned_of(bench):
    bench.record()
    bench.clock.pass_(hours=4)
    sweep(bench.desk())
    found = told(bench)
    assert found["escalations"] == {"response": {"75": 1, "100": 1}}
    assert found["warnings"] == [
        "Response: 1 ran past their time.",
        "Response: 1 used up 75 % of their time.",
    ]


def test_the_seal_is_that_of_the_check(bench):
    bench.record()
    assert told(bench)["seal"] == check(bench.store, None).seal


def test_a_case_that_was_imported_counts_on_the_day_on_which_it_happened(bench):
    case = bench.record(received="2026-11-01 09:00")
    assert flows(bench)["received"] == 0
    assert flows(bench, date(2026, 11, 1))["received"] == 1
    assert case.number.startswith("A261101-")
