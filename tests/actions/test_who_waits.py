"""Who waits for us: since the oldest word of the customer that nothing of ours has followed."""

import re
from datetime import timedelta

import pytest
from desks import Bench

from storage import queues, warning_rows
from storage.check import check
from storage.queues import View
from workbench.domain import clocks
from workbench.domain.times import stamp
from workbench.policy import loading
from workbench.reports.case_json import as_json
from workbench.watch.sweep import sweep


def document(bench, case):
    now = bench.now(case)
    return as_json(now, None, bench.clock(), bench.desk().rules(now.policy))


def answer(bench, case):
    found = [clock for clock in bench.now(case).clocks if clock.id == "answer"]
    return found[0] if found else None


def waiting(bench):
    with bench.store.reading() as db:
        return list(queues.ids(db, bench.store.site_id, View("waiting-for-us", "mei", bench.clock())))


def test_the_receipt_does_not_count_and_the_oldest_word_does(bench, clock):
    case = bench.record()
    assert (document(bench, case)["unanswered_since"], answer(bench, case)) == (None, None)
    since = clock.pass_(hours=1)
    for text in ("怎么样了", "还没人来"):
        bench.act(case, "heard", text=text)
        clock.pass_(hours=1)
    assert document(bench, case)["unanswered_since"] == stamp(since)
    running = answer(bench, case)
    due = clocks.due_at(running, bench.desk().rules().calendars["always"])
    assert (running.cycle, due) == (1, since + timedelta(hours=24))
    assert waiting(bench) == [case.case_id]


TELLING = [
    ("acknowledge", {}),
    ("reply", {"text": "x"}),
    ("propose", {"text": "x"}),
    ("promise", {"text": "x", "due": "+1d"}),
    ("compensate", {"amount": "10"}),
    ("close", {"outcome": "x"}),
    ("callback", {"reached": "yes"}),
]
NOT_TELLING = [
    ("note", {"text": "x"}),
    ("take", {}),
    ("callback", {"reached": "no"}),
    ("inspect", {"text": "x"}),
]


@pytest.mark.parametrize(("act", "given"), TELLING)
def test_what_tells_the_customer_ends_the_wait_and_taking_it_back_brings_it_again(bench, clock, act, given):
    case = bench.record()
    since = clock.pass_(hours=1)
    bench.act(case, "heard", text="怎么样了")
    clock.pass_(hours=1)
    bench.act(case, act, **given)
    assert (bench.now(case).unanswered_since, answer(bench, case).verdict) == (None, "met")
    assert waiting(bench) == []
    bench.act(case, "undo")
    assert (bench.now(case).unanswered_since, answer(bench, case).stopped_at) == (since, None)
    assert waiting(bench) == [case.case_id]
    assert check(bench.store, bench.desk().rules_in).problems == []


@pytest.mark.parametrize(("act", "given"), NOT_TELLING)
def test_what_tells_nobody_ends_no_wait(bench, clock, act, given):
    case = bench.record()
    since = clock.pass_(hours=1)
    bench.act(case, "heard", text="怎么样了")
    bench.act(case, act, **given)
    assert (bench.now(case).unanswered_since, answer(bench, case).stopped_at) == (since, None)


@pytest.mark.parametrize("given", [{"no_answer": True}, {"again": "no"}])
def test_a_thanks_starts_nothing(bench, given):
    case = bench.record()
    bench.act(case, "heard", text="谢谢", **given)
    assert (bench.now(case).unanswered_since, answer(bench, case), waiting(bench)) == (None, None, [])
    assert bench.now(case).heard == ()


def test_a_missed_answer_stays_missed_and_the_next_word_starts_anew(bench, clock):
    case = bench.record()
    bench.act(case, "heard", text="怎么样了")
    clock.pass_(hours=25)
    bench.act(case, "reply", text="x")
    bench.act(case, "heard", text="好的，然后呢")
    found = {(c.cycle, c.verdict) for c in bench.now(case).clocks if c.id == "answer"}
    assert found == {(1, "missed"), (2, None)}


def test_a_policy_without_the_clock_still_knows_who_waits(tmp_path, clock):
    text = re.sub(r"\[clocks\.answer\].*?(?=\n\[)", "", loading.load("default")[1], flags=re.DOTALL)
    bench = Bench(tmp_path / "without.db", clock, text)
    case = bench.record()
    bench.act(case, "heard", text="怎么样了")
    assert (bench.now(case).unanswered_since, answer(bench, case)) == (clock.at, None)


# ---------------------------------------------------------------- again and again


def hear(bench, clock, case, *days):
    for each in days:
        clock.pass_(days=each)
        bench.act(case, "heard", text="怎么样了")
    return bench.now(case)


@pytest.mark.parametrize(
    ("days", "insists"),
    [((0, 0, 0), True), ((0, 3, 4), True), ((0, 3, 4.001), False), ((0, 6, 6, 1), True), ((0, 0), False)],
)
def test_three_times_within_seven_days_on_an_open_case_makes_it_important(bench, clock, days, insists):
    case = hear(bench, clock, bench.record(), *days)
    assert (case.insists, case.important) == (insists, insists)


def test_it_is_an_early_warning_told_once(bench, clock):
    case = hear(bench, clock, bench.record(), 0, 0.1, 0.1, 0.1)
    sweep(bench.desk())
    sweep(bench.desk())
    with bench.store.reading() as db:
        found = warning_rows.waiting(db, bench.store.site_id, "insists")
    assert [(each.case_number, each.fact) for each in found] == [(case.number, "4")]


def test_words_before_a_closing_do_not_count_for_the_case_that_comes_back(bench, clock):
    case = hear(bench, clock, bench.record(), 0, 0)
    bench.act(case, "close", outcome="x")
    again = hear(bench, clock, case, 0)
    assert (again.repeat, again.insists) == (True, False)
    assert hear(bench, clock, case, 0, 0, 0).insists


def test_the_figures_are_the_policys(bench_with, clock):
    bench = bench_with('[warnings]\ninsists = { times = 2, within = "1d" }\n')
    assert hear(bench, clock, bench.record(), 0, 0.5).insists
    assert not hear(bench, clock, bench.record(), 0, 1.5).insists
