"""What time alone brings is written down once, by whoever sweeps first."""

import pytest

from storage import cases, changed_by_time
from workbench.watch import sweep as sweeping
from workbench.watch.sweep import sweep


def acts(bench, case):
    return [(event.act, event.data) for event in bench.desk().timeline(case.case_id)]


def test_a_ladder_is_climbed_step_by_step_each_step_once(bench, clock):
    case = bench.record()
    assert sweep(bench.desk()) == {}
    clock.pass_(hours=2.25)  # 75 % of three hours
    assert sweep(bench.desk()) == {"escalate": 1}
    assert sweep(bench.desk("bo")) == {}
    clock.pass_(hours=0.75)
    assert sweep(bench.desk()) == {"escalate": 1}
    told = [
        (data["clock"], data["percent"], data["to"]) for act, data in acts(bench, case) if act == "escalate"
    ]
    assert told == [("response", 75, "handler"), ("response", 100, "supervisor")]


def test_an_answered_clock_climbs_no_further(bench, clock):
    case = bench.record()
    bench.act(case, "reply", text="x")
    clock.pass_(hours=4)
    assert sweep(bench.desk()) == {}


def test_everything_that_passed_is_written_in_its_order(bench, clock):
    case = bench.record()
    clock.pass_(days=40)
    assert sweep(bench.desk()) == {"escalate": 5, "age": 3, "warn": 1, "alert": 1}
    happened = [data["happened_at"] for _, data in acts(bench, case)[1:]]
    assert happened == sorted(happened)
    swept = bench.now(case)
    assert (swept.severity, swept.hot, swept.version) == (1, True, 11)
    assert sweep(bench.desk()) == {}


def test_reads_show_the_level_before_anybody_sweeps_and_the_same_after(bench, clock):
    case = bench.record()
    clock.pass_(days=16)
    before = bench.now(case)
    sweep(bench.desk())
    after = bench.now(case)
    assert (before.severity, before.hot) == (after.severity, after.hot) == (2, True)


def test_a_pause_that_ended_is_written_as_ended_when_it_was_due(bench, clock):
    case = bench.record()
    bench.act(case, "pause", reason="x", until="+1h", **{"for": "customer"})
    clock.pass_(hours=1.5)
    assert sweep(bench.desk()) == {"resume": 1}
    assert acts(bench, case)[-1] == (
        "resume",
        {"by_time": True, "happened_at": "2026-11-21T05:00:00.000000Z"},
    )
    assert bench.now(case).status == "open"


def test_a_breach_that_would_fall_into_a_pause_never_comes(bench, clock):  # sla.md T16
    case = bench.record()
    clock.pass_(hours=2)
    bench.act(case, "pause", reason="x", until="+10h", **{"for": "customer"})
    clock.pass_(hours=5)
    sweep(bench.desk())
    assert [data["percent"] for act, data in acts(bench, case) if act == "escalate"] == []


def test_a_reopened_case_raises_no_alarm_at_once(bench, clock):  # T25, default policy: restart
    case = bench.record()
    bench.act(case, "close", outcome="x")
    bench.act(case, "callback", reached="yes")
    clock.pass_(hours=60)
    bench.act(case, "reopen", reason="again")
    assert sweep(bench.desk()) == {}


def test_a_case_recorded_ahead_of_this_clock_is_left_alone(bench, clock):
    clock.pass_(days=60)
    bench.record()
    clock.pass_(days=-60)
    assert sweep(bench.desk()) == {}


def test_done_and_imported_cases_are_not_watched(bench, clock):
    case = bench.record(close=True, outcome="x")
    bench.act(case, "callback", reached="yes")
    clock.pass_(days=60)
    assert sweep(bench.desk()) == {}


OFFICE = """
[clocks.response]
name = { zh = "响应", en = "Response" }
target = "4h"
calendar = "office"
starts = ["record"]
stops = ["reply"]
source = "test"
escalate = [{ percent = 50, to = "handler" }]
"""


@pytest.mark.parametrize(
    ("recorded", "early", "due"),
    [
        ("2026-11-20 17:00", "2026-11-23T01:59:00", "2026-11-23T02:00:00"),  # Friday evening: Monday 10:00
        ("2026-11-21 12:00", "2026-11-23T02:59:00", "2026-11-23T03:00:00"),  # Saturday: Monday 11:00
    ],
)
def test_a_step_in_working_time_comes_after_the_opening_and_once(
    bench_with, clock, recorded, early, due
):  # T35
    from datetime import datetime

    bench = bench_with(OFFICE)
    case = bench.record(kind="inquiry", received=recorded)
    clock.at = datetime.fromisoformat(early + "+00:00")
    response = lambda: [d for act, d in acts(bench, case) if act == "escalate" and d["clock"] == "response"]  # noqa: E731
    sweep(bench.desk())
    assert response() == []
    clock.at = datetime.fromisoformat(due + "+00:00")
    sweep(bench.desk())
    sweep(bench.desk())
    assert len(response()) == 1


def test_a_grave_case_goes_straight_to_the_top_once(bench, clock):
    case = bench.record(flag="media")
    assert sweep(bench.desk()) == {"alert": 1}
    assert sweep(bench.desk()) == {}
    assert acts(bench, case)[-1][1] | {"happened_at": ""} == {
        "alert": "major",
        "key": "alert:major",
        "to": ["manager", "head-office"],
        "informed": [],
        "happened_at": "",
    }
    mild = bench.record(customer="李")
    assert sweep(bench.desk()) == {}
    bench.act(mild, "regrade", level="1", reason="记者来电")
    assert sweep(bench.desk()) == {"alert": 1}


def test_a_long_sweep_lets_others_in_after_a_few_cases_and_says_how_far_it_is(bench, clock, monkeypatch):
    monkeypatch.setattr(sweeping, "SLICE", 3)
    for _ in range(7):
        bench.record()
    clock.pass_(hours=2.25)
    steps, real, slept = [], cases.save, []
    monkeypatch.setattr(cases, "save", lambda *given: (steps.append("case"), real(*given)))
    monkeypatch.setattr(
        bench.store, "give_way", lambda seconds: (steps.append("rest"), slept.append(seconds))
    )
    told = []
    assert sweep(bench.desk(), lambda done, of: told.append((done, of))) == {"escalate": 7}
    assert steps == ["case"] * 3 + ["rest"] + ["case"] * 3 + ["rest"] + ["case"]
    assert min(slept) > 0
    assert told == [(3, 7), (6, 7), (7, 7)]


def test_between_two_slices_nobody_is_kept_from_writing(bench, clock, monkeypatch):
    monkeypatch.setattr(sweeping, "SLICE", 1)
    first, second = bench.record(), bench.record()
    clock.pass_(hours=2.25)

    def note(_seconds):
        bench.act(second, "note", "lan", text="dazwischen")

    monkeypatch.setattr(bench.store, "give_way", note)
    sweep(bench.desk())
    assert {act for act, _ in acts(bench, second)} == {"record", "note", "escalate"}
    assert [act for act, _ in acts(bench, first)] == ["record", "escalate"]


def test_a_slice_is_short_and_a_lone_one_says_nothing(bench, clock):
    assert sweeping.SLICE <= 20
    bench.record()
    clock.pass_(hours=2.25)
    told = []
    with bench.store.reading() as db:
        assert changed_by_time.count(db, bench.store.site_id, clock()) == 1
    sweep(bench.desk(), lambda *far: told.append(far))
    assert told == []
