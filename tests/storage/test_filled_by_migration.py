"""What the migration to schema 3 writes into rows of before: the same as folding their timelines gives."""

from storage_support import fill_as_schema_3, raw

from storage.check import check
from workbench.domain.times import stamp
from workbench.setup import people


def old_rows(bench, case, handoffs, watch_at):
    """Give the row of ``case`` what a program of schema 2 had written, and no more columns."""
    with raw(bench.path) as db:
        db.run(
            "UPDATE cases SET handoffs = ?, watch_at = ?, passes = NULL WHERE case_id = ?",
            (handoffs, watch_at, case.case_id),
        )
        db.connection.commit()


def fill(bench):
    with raw(bench.path) as db:
        fill_as_schema_3(db)
        db.connection.commit()


def problems(bench):
    return [str(each.what) for each in check(bench.store, bench.desk().rules_in).problems]


def watched(bench, case):
    with raw(bench.path) as db:
        return db.value("SELECT watch_at FROM cases WHERE case_id = ?", (case.case_id,))


def test_shifts_and_what_substitutes_gave_back_are_no_hand_offs_any_more(bench):
    for name in ("mei", "bo", "li"):
        people.add_person(bench.desk("mei"), name, {})
    shift, away = bench.record(), bench.record()
    for case in (shift, away):
        bench.act(case, "take")
    bench.act(shift, "handover", to="bo")
    bench.act(shift, "confirm", "bo")  # counted then
    bench.act(shift, "assign", "bo", to="li", reason="近")
    bench.act(shift, "handover", "li", to="bo")
    bench.act(shift, "confirm", "bo")  # and taken back
    bench.act(shift, "undo", "bo")
    people.set_away(bench.desk("mei"), "bo", {"substitute": "li"})
    bench.act(away, "dispatch", to="bo")
    bench.act(away, "accept", "li")
    bench.act(away, "note", "li", text="在办")
    bench.act(away, "assign", "li", to="bo", reason="回来了")  # counted then
    bench.act(away, "assign", "bo", to="mei", reason="近")
    assert [bench.now(case).handoffs for case in (shift, away)] == [1, 2]
    for case, counted in ((shift, 2), (away, 3)):
        old_rows(bench, case, counted, watched(bench, case))
    assert len(problems(bench)) == 2  # the control
    fill(bench)
    assert problems(bench) == []


def test_what_was_refused_is_counted(bench):
    case = bench.record()
    bench.act(case, "dispatch", to="bo")
    bench.act(case, "refuse", "bo", reason="忙")
    old_rows(bench, case, 0, watched(bench, case))
    assert problems(bench) == ["The case row differs from its timeline: passes"]
    fill(bench)
    assert problems(bench) == []


def test_a_request_that_will_come_back_is_watched_from_its_due_time_on(bench):
    case = bench.record()
    due_at = bench.act(case, "ask", of="li", text="情况", due="+1m").duties[0].due_at
    old_rows(bench, case, 0, "2026-11-21T06:15:00.000000Z")  # all steps of its ladder were told
    fill(bench)
    assert watched(bench, case) == stamp(due_at)
