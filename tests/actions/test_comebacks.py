"""Cases that come back, are taken back, or are told late: what was judged stays judged."""

import pytest
from test_policy_choices import ANSWER, LEVELS

from workbench.domain.errors import ConflictError, RefusedError, UsageError
from workbench.setup import units
from workbench.watch.sweep import sweep


def verdicts(case):
    return sorted((clock.id, clock.cycle, clock.verdict) for clock in case.clocks)


def acts(bench, case):
    return [event.act for event in bench.desk().timeline(case.case_id)]


def test_a_withdrawn_cycle_never_lends_its_number_to_a_frozen_verdict(bench_with, clock):
    bench = bench_with(ANSWER.replace(', "close"', ""))
    case = bench.record()
    bench.act(case, "reply", text="x")
    bench.act(case, "heard", text="and?")
    bench.act(case, "close", outcome="x")
    bench.act(case, "reopen", reason="x")
    bench.act(case, "reply", text="x")
    bench.act(case, "heard", text="and?")
    bench.act(case, "reply", text="in time")
    bench.act(case, "heard", text="and?")
    clock.pass_(hours=5)
    late = bench.act(case, "reply", text="late")
    answers = [(cycle, verdict) for name, cycle, verdict in verdicts(late) if name == "answer"]
    assert [verdict for _, verdict in answers] == ["met", "missed"]
    assert len({cycle for cycle, _ in answers}) == 2


def test_a_reopening_starts_only_what_a_record_starts(bench_with):  # T22
    bench = bench_with(ANSWER)
    case = bench.record()
    bench.act(case, "reply", text="x")
    bench.act(case, "heard", text="and?")
    bench.act(case, "close", outcome="x")
    again = bench.act(case, "reopen", reason="x")
    assert "answer" not in {clock.id for clock in again.clocks if not clock.stopped_at}


@pytest.mark.parametrize(
    "comes_back", [("reopen", {"reason": "x"}), ("callback", {"reached": "yes", "still_a_problem": True})]
)
@pytest.mark.parametrize("swept", [True, False])
def test_undoing_a_comeback_leaves_a_closed_case_as_it_was(bench, clock, comes_back, swept):
    case = bench.record()
    clock.pass_(days=1)
    bench.act(case, "close", outcome="x")
    clock.pass_(days=39)
    name, given = comes_back
    bench.act(case, name, **given)
    if swept:
        sweep(bench.desk())
    undone = bench.act(case, "undo")
    assert (undone.status, undone.severity, undone.hot) == ("closed", 4, False)


def test_what_an_act_returns_is_the_case_as_it_stands(bench, clock):
    old = bench.record(received="2026-10-01 09:00")
    assert (old.severity, old.hot) == (1, True)
    case = bench.record()
    bench.act(case, "close", outcome="x")
    clock.pass_(days=32)
    assert bench.act(case, "reopen", reason="x").severity == 1


def test_a_case_received_long_ago_and_closed_on_the_spot_has_its_level_by_age(bench):
    case = bench.record(received="2026-10-01 09:00", close=True, outcome="x")
    assert (case.severity, case.status) == (1, "closed")


def test_a_comeback_ages_from_receipt_but_never_while_it_was_closed(bench_with, clock):
    bench = bench_with(LEVELS.format(rule="forward"))
    case = bench.record()
    bench.act(case, "reply", text="x")
    clock.pass_(days=1)
    bench.act(case, "close", outcome="x")
    clock.pass_(days=39)
    again = bench.act(case, "reopen", reason="x")
    response = next(c for c in again.clocks if c.id == "response" and not c.stopped_at)
    assert response.base_at == clock.at
    assert sweep(bench.desk()) == {"age": 2, "alert": 1}  # level 1 at once, and hot
    assert {e.data["happened_at"][:10] for e in bench.desk().timeline(case.case_id) if e.act == "age"} == {
        "2026-12-31"
    }


def test_a_ladder_begins_anew_after_an_undone_reopening(bench, clock):
    case = bench.record()
    bench.act(case, "close", outcome="x")
    for _ in range(2):
        bench.act(case, "reopen", reason="x")
        clock.pass_(hours=2.5)
        assert sweep(bench.desk()) == {"escalate": 1}
        bench.act(case, "undo")


def test_a_comeback_through_a_callback_keeps_a_breach(bench_with, clock):
    bench = bench_with(LEVELS.format(rule="forward"))  # only a reply stops the response clock
    case = bench.record()
    clock.pass_(hours=20)
    bench.act(case, "close", outcome="x")
    again = bench.act(case, "callback", reached="yes", still_a_problem=True)
    assert ("response", 1, "missed") in verdicts(again)


def test_clocks_that_go_on_follow_the_level_of_the_reopening(bench_with):  # T30
    bench = bench_with('reopen = "continue"\n' + LEVELS.format(rule="retroactive").replace("1 =", "3 ="))
    case = bench.record()
    bench.act(case, "reply", text="x")
    bench.act(case, "close", outcome="x")
    again = bench.act(case, "reopen", reason="x")
    assert {clock.target_seconds for clock in again.clocks if clock.id == "response"} == {4 * 3600}


def test_a_second_callback_keeps_the_answers_of_the_first(bench):
    case = bench.record()
    bench.act(case, "callback", reached="yes", csi="5", nps="9", mood="4")
    bench.act(case, "close", outcome="x")
    again = bench.act(case, "callback", reached="yes", mood="2")
    assert (again.csi, again.nps, again.mood_after) == (5, 9, 2)


def test_a_case_that_comes_back_joins_the_cluster_that_formed_meanwhile(bench):
    same = {"site": "云栖花园", "category": "repair-service"}
    first = bench.record(phone="13800000001", close=True, outcome="x", **same)
    for number in (2, 3):
        bench.record(phone=f"1380000000{number}", **same)
    again = bench.act(first, "reopen", reason="x")
    assert (again.severity, again.hot) == (2, True)


@pytest.mark.parametrize("later", [{"kind": "inquiry"}, {"phone": "13800000002"}])
def test_a_case_recorded_late_stands_in_the_month_to_which_it_belongs(bench, clock, later):
    same = {"site": "云栖花园", "category": "repair-service"}
    bench.record(phone="13800000001", received="2026-11-01 09:00", **same)
    bench.record(phone="13800000002", received="2026-11-05 09:00", **same)
    clock.pass_(days=12)
    bench.record(**{"phone": "13800000009"} | later, **same)
    clock.pass_(days=1)
    assert bench.record(phone="13800000003", received="2026-11-20 09:00", **same).severity <= 2


def test_a_nameless_complaint_rises_with_its_cluster_whenever_it_came(bench):
    same = {"site": "云栖花园", "category": "repair-service"}
    for number in (1, 2, 3):
        bench.record(phone=f"1380000000{number}", **same)
    assert bench.record(**same).severity == 2


def test_a_level_brought_by_time_says_which_dues_it_moved(bench_with, clock):
    bench = bench_with(LEVELS.format(rule="retroactive").replace("16h", "40d").replace("4h", "30d"))
    case = bench.record()
    clock.pass_(days=31)
    sweep(bench.desk())
    moved = [e.data["dues"]["response"] for e in bench.desk().timeline(case.case_id) if e.data.get("dues")]
    assert [[at[:10] for at in pair] for pair in moved] == [["2026-12-31", "2026-12-21"]]


def test_an_imported_case_that_comes_back_is_ours(bench):
    from workbench.domain.history import fold

    case = bench.record()
    timeline = bench.desk().timeline(case.case_id)
    first = timeline[0].data | {"clocks": {"target": "2026-11-22T04:00:00.000000Z"}}
    from msgspec.structs import replace

    from workbench.domain.cases import Event

    rules = bench.desk().rules()
    events = [replace(timeline[0], data=first)]
    imported = fold(bench.store.site_id, case.case_id, events, rules)
    assert [clock.id for clock in imported.clocks] == ["target"]
    closed = Event(
        2,
        case.last_at,
        "mei",
        "close",
        {"outcome": "x", "stopped": {"target#1": ["2026-11-22T04:00:00.000000Z", "met"]}},
    )
    again = Event(3, case.last_at, "mei", "reopen", {"reason": "x", "callback_owed": True})
    reopened = fold(bench.store.site_id, case.case_id, [*events, closed, again], rules)
    assert {clock.id for clock in reopened.clocks if not clock.stopped_at} == {
        "response",
        "proposal",
        "callback",
    }
    assert ("target", 1, "met") in verdicts(reopened)


# ---------------------------------------------------------------- who, and what they saw


def test_a_reminder_or_a_look_makes_no_decision_stale(bench, clock):
    case = bench.record(phone="13800138000")
    clock.pass_(hours=2.5)
    sweep(bench.desk())
    bench.act(case, "reveal", "bo")
    assert bench.act(case, "take", seen=case.version).handler == "mei"


@pytest.mark.parametrize("seen", [0, -1, 99])
def test_a_version_that_never_was_is_stale(bench, seen):
    case = bench.record()
    with pytest.raises(ConflictError):
        bench.act(case, "take", seen=seen)


@pytest.mark.parametrize("name", ["", "  ", "system"])
def test_nobody_acts_without_a_name_or_as_time_itself(bench, name):
    case = bench.record()
    with pytest.raises(UsageError):
        bench.act(case, "note", name, text="x")


def test_anothers_look_at_the_phone_does_not_stop_an_undo(bench):
    case = bench.record(phone="13800138000")
    bench.act(case, "take")
    bench.act(case, "reveal", "bo")
    assert bench.act(case, "undo").handler is None


def test_once_sites_are_registered_only_they_are_taken(bench):
    units.add_site(bench.desk(), "云栖花园")
    assert bench.record(site="云栖花园").site == "云栖花园"
    assert bench.record().site == ""
    with pytest.raises(UsageError, match="nowhere"):
        bench.record(site="nowhere")


def test_an_external_id_is_recorded_once(bench):
    case = bench.record(external_id="X-1")
    with pytest.raises(RefusedError, match=case.number):
        bench.record(external_id="X-1")


def test_days_a_century_apart_share_their_numbers(bench):
    numbers = {bench.record(received=f"{year}-11-21 09:00").number for year in (1926, 2026, 1926, 2026)}
    assert len(numbers) == 4


def test_a_phone_is_found_however_it_is_written(bench):
    from storage import search

    case = bench.record(phone="13800138000")
    with bench.store.reading() as db:
        for typed in (
            "13800138000",
            "138 0013 8000",
            "138-0013-8000",
            "+86 13800138000",
            "１３８００１３８０００",
            "0013",
        ):
            assert list(search.case_ids(db, bench.store.site_id, typed)) == [case.case_id], typed
        for nothing in ("", "  ", "\u200b"):
            assert list(search.case_ids(db, bench.store.site_id, nothing)) == []
