"""Named rules of the policy at work on a case: regrade, reopen, next answer (sla.md T21 to T27)."""

from workbench.domain.times import stamp

LEVELS = """
regrade = "{rule}"
[clocks.response]
name = {{ zh = "响应", en = "Response" }}
target = "16h"
by_level = {{ 1 = "4h" }}
calendar = "always"
starts = ["record"]
stops = ["reply"]
source = "test"
"""
CONTINUE = 'reopen = "continue"\n'
ANSWER = """
[clocks.answer]
name = { zh = "答复", en = "Next answer" }
target = "1h"
calendar = "always"
starts = ["heard"]
after = "response"
stops = ["reply", "close"]
source = "test"
"""


def due(bench, case, name):
    from workbench.domain import clocks

    found = [clock for clock in bench.now(case).clocks if clock.id == name and not clock.stopped_at]
    return (
        stamp(clocks.due_at(found[0], bench.desk().rules().calendars[found[0].calendar]))[:16]
        if found
        else None
    )


def test_a_retroactive_regrade_counts_from_the_start_and_says_that_it_caused_the_breach(bench_with, clock):
    bench = bench_with(LEVELS.format(rule="retroactive"))
    case = bench.record()
    clock.pass_(hours=5)
    regraded = bench.act(case, "regrade", level="1", reason="press")
    assert due(bench, case, "response") == "2026-11-21T08:00"
    assert [clock_.regraded_breach for clock_ in regraded.clocks if clock_.id == "response"] == [True]
    moved = bench.desk().timeline(case.case_id)[-1].data["dues"]["response"]
    assert [at[:16] for at in moved] == ["2026-11-21T20:00", "2026-11-21T08:00"]


def test_a_forward_regrade_counts_from_the_change(bench_with, clock):
    bench = bench_with(LEVELS.format(rule="forward"))
    case = bench.record()
    clock.pass_(hours=5)
    bench.act(case, "regrade", level="1", reason="press")
    assert due(bench, case, "response") == "2026-11-21T13:00"


def test_a_regrade_keeps_the_pause_before_it(bench_with, clock):  # T15
    bench = bench_with(LEVELS.format(rule="retroactive"))
    case = bench.record()
    bench.act(case, "pause", reason="x", until="+2h", **{"for": "parts"})
    clock.pass_(hours=3)
    bench.act(case, "regrade", level="1", reason="press")
    assert due(bench, case, "response") == "2026-11-21T10:00"


def test_the_overdue_mark_follows_a_regrade_at_once(bench_with, clock):  # T27
    from storage import queues

    bench = bench_with(LEVELS.format(rule="retroactive"))
    case = bench.record(kind="inquiry")
    clock.pass_(hours=5)
    view = queues.View("overdue", "mei", clock.at)

    def overdue():
        with bench.store.reading() as db:
            return list(queues.ids(db, bench.store.site_id, view))

    assert overdue() == []
    bench.act(case, "regrade", level="1", reason="press")
    assert overdue() == [case.case_id]


def test_a_clock_that_goes_on_counts_the_closed_time_as_a_pause(bench_with, clock):  # T26
    bench = bench_with(CONTINUE)
    case = bench.record()
    clock.pass_(hours=1)
    bench.act(case, "close", outcome="x")
    clock.pass_(days=3)
    again = bench.act(case, "reopen", reason="again")
    assert due(bench, case, "response") == "2026-11-24T07:00"
    assert {clock_.cycle for clock_ in again.clocks} == {1}


def test_the_next_answer_is_owed_from_the_first_of_several_messages(bench_with, clock):  # T24
    bench = bench_with(ANSWER)
    case = bench.record()
    bench.act(case, "reply", text="on it")
    for minutes in (10, 10, 10):
        clock.pass_(minutes=minutes)
        bench.act(case, "heard", text="and?")
    assert due(bench, case, "answer") == "2026-11-21T05:10"


def test_before_the_first_response_only_the_first_response_is_owed(bench_with, clock):  # T22
    bench = bench_with(ANSWER)
    case = bench.record()
    clock.pass_(minutes=10)
    bench.act(case, "heard", text="hello?")
    assert due(bench, case, "answer") is None


def test_closing_after_a_last_thanks_stops_the_next_answer(bench_with, clock):  # T23
    bench = bench_with(ANSWER)
    case = bench.record()
    bench.act(case, "reply", text="mended")
    bench.act(case, "heard", text="thanks")
    closed = bench.act(case, "close", outcome="mended")
    assert {clock_.id: clock_.verdict for clock_ in closed.clocks}["answer"] == "met"


def test_editing_or_noting_restarts_no_clock(bench, clock):  # T33
    case = bench.record()
    before = due(bench, case, "response")
    clock.pass_(hours=1)
    bench.act(case, "note", text="x")
    bench.act(case, "assign", to="bo")
    assert due(bench, case, "response") == before


def test_a_late_verdict_stays_missed_after_the_case_is_done(bench, clock):  # T28
    case = bench.record()
    clock.pass_(hours=4)
    bench.act(case, "close", outcome="x")
    done = bench.act(case, "callback", reached="yes")
    verdicts = {clock_.id: clock_.verdict for clock_ in done.clocks}
    assert verdicts == {"response": "missed", "proposal": "met", "callback": "met", "opinion": "met"}
