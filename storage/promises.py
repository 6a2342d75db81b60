"""Promise rows, for the queue of promises and the figures."""

from storage.engine import Db, Row
from workbench.domain.cases import Case, Promise
from workbench.domain.times import stamp

UPSERT = """
    INSERT INTO promise (site_id, case_id, promise, text, due_at, state, ended_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, case_id, promise) DO UPDATE SET
        text = excluded.text, due_at = excluded.due_at, state = excluded.state, ended_at = excluded.ended_at
"""
DELETE = "DELETE FROM promise WHERE site_id = ? AND case_id = ? AND promise = ?"


def replace(db: Db, case: Case, before: tuple[Promise, ...]) -> None:
    """Store the promises of ``case`` that differ from those stored ``before``."""
    gone = {p.id for p in before} - {p.id for p in case.promises}
    db.run_many(DELETE, [(case.site_id, case.case_id, number) for number in gone])
    changed = [p for p in case.promises if p not in before]
    db.run_many(UPSERT, [row(case, p) for p in changed])


def row(case: Case, promise: Promise) -> Row:
    """Return the columns of one promise."""
    ended_at = stamp(promise.ended_at) if promise.ended_at else None
    return (
        case.site_id,
        case.case_id,
        promise.id,
        promise.text,
        stamp(promise.due_at),
        promise.state,
        ended_at,
    )
