"""Cases for which time has brought something that nobody has written down."""

from datetime import datetime

from storage.engine import Db
from storage.part import WHOLE, Part
from workbench.domain.times import stamp

# with a sign before it the key leads no plan: by the statistics of a small store all cases would be read
WATCHED = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND watch_at IS NOT NULL AND watch_at <= :now AND +case_id > :start
     ORDER BY +case_id LIMIT :most
"""
CHANGED = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND watch_at IS NOT NULL AND watch_at <= :now
       AND (pause_until <= :now OR received_at <= :aged){on_cases}
     UNION ALL
    SELECT case_id FROM duty
     WHERE site_id = :site_id AND state = 'open' AND kind = 'dispatch' AND due_at <= :now{on_keys}
     LIMIT :most
"""

AGED = """
    SELECT received_at FROM cases
     WHERE site_id = :site_id AND watch_at IS NOT NULL AND watch_at <= :now
       AND received_at > :start AND received_at <= :aged
     ORDER BY received_at LIMIT 1 OFFSET :most
"""


def watched(db: Db, site_id: int, now: datetime, start: int, most: int) -> list[int]:
    """Return up to ``most`` keys after ``start`` of cases whose next moment has come (UTC)."""
    given = {"site_id": site_id, "now": stamp(now), "start": start, "most": most}
    return [row[0] for row in db.all(WATCHED, given)]


def some(db: Db, site_id: int, now: datetime) -> bool:
    """Say whether there is a case whose next moment has come (UTC)."""
    sql = "SELECT 1 FROM cases WHERE site_id = ? AND watch_at IS NOT NULL AND watch_at <= ? LIMIT 1"
    return db.value(sql, (site_id, stamp(now))) is not None


def count(db: Db, site_id: int, now: datetime) -> int:
    """Return how many cases have a next moment that has come (UTC)."""
    sql = "SELECT count(*) FROM cases WHERE site_id = ? AND watch_at IS NOT NULL AND watch_at <= ?"
    return int(db.value(sql, (site_id, stamp(now))))


def changed(db: Db, site_id: int, now: datetime, aged: datetime, most: int, part: Part = WHOLE) -> list[int]:
    """Return up to ``most`` keys of cases which time may have changed and nobody has written down.

    ``aged`` is the newest receipt for which any rule of age can hold; a step of a ladder changes nothing,
    a dispatch that comes back does.
    """
    given = {"site_id": site_id, "now": stamp(now), "aged": stamp(aged), "most": most} | part.given
    sql = CHANGED.format(on_cases=part.on_cases(), on_keys=part.on_keys("duty.case_id"))
    return list(dict.fromkeys(row[0] for row in db.all(sql, given)))


def received_after(db: Db, site_id: int, now: datetime, aged: str, start: str, most: int) -> str | None:
    """Return the receipt of one that age may have changed, ``most`` places behind ``start``; None if there
    are not so many. Receipts are UTC texts; ``aged`` is the newest of them.
    """
    given = {"site_id": site_id, "now": stamp(now), "aged": aged, "start": start, "most": most}
    found = db.value(AGED, given)
    return None if found is None else str(found)
