"""The customer's opinion comes after the outcome: a call before closing is about progress (S0)."""

import re
from datetime import timedelta

import pytest
from desks import Bench
from organisation_support import furnished
from shares_support import ONE_MET, ONE_MISSED

from storage import queues
from storage.check import check
from workbench.domain.acts import CALLBACK, CLOSE
from workbench.domain.cases import Event
from workbench.domain.history import fold
from workbench.domain.policies import OPINION
from workbench.policy import loading
from workbench.reports.scope import one_day
from workbench.reports.summary import summary


def clocks_of(case):
    """Return the state of each clock that is about calling the customer, newest cycle first."""
    found = [clock for clock in case.clocks if clock.id in (CALLBACK.id, OPINION)]
    return [(clock.id, clock.cycle, clock.verdict or "running") for clock in found]


def figures(bench):
    return summary(bench.desk(), one_day(bench.clock().date()))


def queued(bench, queue="callbacks"):
    view = queues.View(queue, "mei", bench.clock())
    with bench.store.reading() as db:
        return list(queues.ids(db, bench.store.site_id, view))


def called(bench, case, **more):
    return bench.act(case, "callback", **{"reached": "yes"} | more)


def test_a_call_about_progress_meets_its_clock_and_the_opinion_is_still_owed(bench, clock):
    case = bench.record()
    assert clocks_of(called(bench, case, csi="2")) == [("callback", 1, "met")]
    assert (queued(bench), figures(bench)["callbacks"]["done"]) == ([], 0)
    clock.pass_(hours=1)
    closed = bench.act(case, "close", outcome="x")
    assert (closed.status, clocks_of(closed)) == ("closed", [(OPINION, 1, "running"), ("callback", 1, "met")])
    assert queued(bench) == [case.case_id]
    assert figures(bench)["callbacks"] == {"done": 0, "reached": 0, "owed": 1, "overdue": 0}
    clock.pass_(hours=48)
    done = called(bench, case)
    assert (done.status, clocks_of(done)[0]) == ("done", (OPINION, 1, "met"))
    assert done.clocks[0].due_at == closed.closed_at + timedelta(hours=48)


def test_one_call_after_closing_ends_both_clocks_each_by_its_own_time_and_never_added(bench, clock):
    case = bench.record()
    clock.pass_(hours=30)
    bench.act(case, "close", outcome="x")
    clock.pass_(hours=20)  # fifty hours after receipt, twenty after closing
    assert figures(bench)["callbacks"]["owed"] == 1
    assert clocks_of(called(bench, case)) == [(OPINION, 1, "met"), ("callback", 1, "missed")]
    on_time = figures(bench)["on_time"]
    assert on_time[CALLBACK.id] == ONE_MISSED
    assert on_time[OPINION] == ONE_MET
    assert figures(bench)["callbacks"] == {"done": 1, "reached": 1, "owed": 0, "overdue": 0}


def test_a_case_that_owes_its_opinion_late_is_overdue_once_and_nothing_else_makes_it_so(bench, clock):
    late, promised = bench.record(), bench.record()
    for case in (late, promised):
        called(bench, case)
        bench.act(case, "close", outcome="x")
    bench.act(promised, "promise", text="复查", due="+1h")
    clock.pass_(hours=2)
    assert figures(bench)["callbacks"] == {"done": 0, "reached": 0, "owed": 2, "overdue": 0}
    clock.pass_(hours=47)
    called(bench, promised)
    assert figures(bench)["callbacks"]["overdue"] == 1
    assert queued(bench) == [late.case_id]


@pytest.mark.parametrize("reopen", ["restart", "continue"])
@pytest.mark.parametrize(("hours", "verdict"), [(1, None), (49, "missed")])
def test_reopened_it_is_owed_again(bench_with, clock, reopen, hours, verdict):
    bench = bench_with(f'reopen = "{reopen}"\n')
    case = bench.record()
    called(bench, case)
    bench.act(case, "close", outcome="x")
    clock.pass_(hours=hours)
    again = bench.act(case, "reopen", reason="x")
    first = [each.verdict for each in again.clocks if each.id == OPINION]
    assert first == ([verdict] if verdict else [])
    called(bench, case)
    closed = bench.act(case, "close", outcome="y")
    assert closed.status == "closed"
    assert clocks_of(closed)[0] == (OPINION, 2, "running")
    assert called(bench, case).status == "done"


def test_still_a_problem_is_an_opinion_and_the_next_closing_owes_another(bench):
    case = bench.record(close=True, outcome="x")
    again = called(bench, case, still_a_problem=True)
    assert (again.status, (OPINION, 1, "met") in clocks_of(again)) == ("open", True)
    closed = bench.act(case, "close", outcome="y")
    assert (closed.status, clocks_of(closed)[0]) == ("closed", (OPINION, 2, "running"))


def test_undoing_the_closing_takes_the_clock_away(bench):
    case = bench.record()
    bench.act(case, "close", outcome="x")
    assert clocks_of(bench.act(case, "undo")) == [("callback", 1, "running")]


def test_what_is_closed_with_another_case_owes_it_too(bench):
    head, part = bench.record(), bench.record()
    for case in (head, part):
        called(bench, case)
    bench.act(part, "merge", into=head.number, reason="x")
    bench.act(head, "close", outcome="x")
    for case in (head, part):
        assert (bench.now(case).status, clocks_of(bench.now(case))[0][0]) == ("closed", OPINION)


def test_what_somebody_else_decides_on_owes_it_by_the_kind_of_that_moment(bench):
    house = furnished(bench)
    for kind, status in (("repair", "closed"), ("inquiry", "done")):
        case = house.record(flag=["media"], site="金色家园")
        house.act(case, "close", outcome="x")
        house.act(case, "amend", kind=kind)
        assert house.act(case, "approve", "zong").status == status


def test_other_kinds_owe_none_and_what_a_kind_becomes_says_so(bench):
    inquiry = bench.record(kind="inquiry", close=True, outcome="x")
    assert (inquiry.status, clocks_of(inquiry)) == ("done", [])
    case = bench.record(close=True, outcome="x")
    assert bench.act(case, "amend", kind="repair").status == "closed"
    amended = bench.act(case, "amend", kind="inquiry")
    assert (amended.status, clocks_of(amended)) == ("done", [])


def test_a_policy_that_was_stored_before_has_forty_eight_hours_as_well(tmp_path, clock):
    text = re.sub(r"(?s)\[clocks\.opinion\].*?\n\n", "", loading.load("default")[1])
    assert "opinion]" not in text
    bench = Bench(tmp_path / "old.db", clock, text)
    rule = bench.desk().rules().policy.clocks[OPINION]
    assert rule == loading.load("default")[0].clocks[OPINION]
    assert clocks_of(bench.record(close=True, outcome="x"))[0] == (OPINION, 1, "running")
    assert check(bench.store, bench.desk().rules_in).problems == []


@pytest.mark.parametrize(("key", "acts"), [("starts", '["record"]'), ("stops", '["reply"]')])
def test_a_policy_cannot_ask_for_it_before_closing_nor_without_a_call(key, acts):
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse(f'extends = "default"\n[clocks.opinion]\n{key} = {acts}\n', "mine.toml")
    [fault] = caught.value.faults
    assert (fault.key, fault.line) == (f"clocks.opinion.{key}", 3)
    assert str(fault.said) == "the opinion is asked from close to callback."


@pytest.mark.parametrize("name", ["mingyuan", "hopson"])
def test_where_the_callback_counts_from_closing_one_clock_is_enough(name):
    clocks = loading.load(name)[0].clocks
    assert (OPINION in clocks, clocks[CALLBACK.id].starts) == (False, (CLOSE.id,))


def test_what_an_earlier_program_closed_stays_as_it_closed_it(bench):
    """Its entries say nothing of an opinion: a case that it ended after a call while open is still done."""
    case = bench.record()
    called(bench, case)
    bench.act(case, "close", outcome="x")
    entries = bench.desk().timeline(case.case_id)
    before = [
        Event(
            each.seq, each.at, each.by, each.act, {k: v for k, v in each.data.items() if k != "opinion_owed"}
        )
        for each in entries
    ]
    rules = bench.desk().rules()
    assert fold(case.site_id, case.case_id, entries, rules).status == "closed"  # the control
    old = fold(case.site_id, case.case_id, before, rules)
    assert (old.status, clocks_of(old)) == ("done", [("callback", 1, "met")])
