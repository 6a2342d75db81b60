"""Rows of duties and notices: for queues, somebody's inbox and the figures. The truth is the timeline."""

from storage.engine import Db, Row
from workbench.domain.case_parts import Duty, Notice
from workbench.domain.cases import Case
from workbench.domain.times import stamp

UPSERT_DUTY = """
    INSERT INTO duty
        (site_id, case_id, kind, duty, owner, actor, text, started_at, due_at, state, ended_at, answer)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, case_id, kind, duty) DO UPDATE SET
        owner = excluded.owner, actor = excluded.actor, text = excluded.text,
        started_at = excluded.started_at, due_at = excluded.due_at, state = excluded.state,
        ended_at = excluded.ended_at, answer = excluded.answer
"""
DELETE_DUTY = "DELETE FROM duty WHERE site_id = ? AND case_id = ? AND kind = ? AND duty = ?"
UPSERT_NOTICE = """
    INSERT INTO notice (site_id, case_id, notice, person, what, seq, at, seen_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, case_id, notice) DO UPDATE SET
        person = excluded.person, what = excluded.what, seq = excluded.seq, at = excluded.at,
        seen_at = excluded.seen_at
"""
DELETE_NOTICE = "DELETE FROM notice WHERE site_id = ? AND case_id = ? AND notice = ?"


def add(db: Db, case: Case) -> None:
    """Store the duties and notices of a new case."""
    if case.duties:
        db.run_many(UPSERT_DUTY, [row(case, duty) for duty in case.duties])
    if case.notices:
        db.run_many(UPSERT_NOTICE, [notice_row(case, notice) for notice in case.notices])


def replace(db: Db, case: Case, before: Case) -> None:
    """Store the duties and notices of ``case`` that differ from those of ``before``."""
    if case.duties != before.duties:
        gone = {_key(duty) for duty in before.duties} - {_key(duty) for duty in case.duties}
        db.run_many(DELETE_DUTY, [(case.site_id, case.case_id, *key) for key in gone])
        db.run_many(UPSERT_DUTY, [row(case, duty) for duty in case.duties if duty not in before.duties])
    if case.notices != before.notices:
        lost = {n.id for n in before.notices} - {n.id for n in case.notices}
        db.run_many(DELETE_NOTICE, [(case.site_id, case.case_id, number) for number in lost])
        changed = [notice for notice in case.notices if notice not in before.notices]
        db.run_many(UPSERT_NOTICE, [notice_row(case, notice) for notice in changed])


def _key(duty: Duty) -> tuple[str, int]:
    return duty.kind, duty.id


def row(case: Case, duty: Duty) -> Row:
    """Return the columns of one duty."""
    ended_at = stamp(duty.ended_at) if duty.ended_at else None
    return (
        case.site_id, case.case_id, duty.kind, duty.id, duty.owner, duty.by, duty.text,
        stamp(duty.started_at), stamp(duty.due_at), duty.state, ended_at, duty.answer,
    )  # fmt: skip


def notice_row(case: Case, notice: Notice) -> Row:
    """Return the columns of one notice."""
    seen_at = stamp(notice.seen_at) if notice.seen_at else None
    return (
        case.site_id, case.case_id, notice.id, notice.person, notice.what, notice.seq, stamp(notice.at),
        seen_at,
    )  # fmt: skip
