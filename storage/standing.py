"""Counts of how things stand at a moment: who holds what, what is hot, owed, late. See docs/figures.md."""

from datetime import datetime
from typing import Any, NamedTuple

from storage.engine import Db, Row
from storage.part import WHOLE, Part
from workbench.domain.times import stamp

DUTIES = """
    SELECT kind, count(*), count(*) FILTER (WHERE due_at < :now) FROM duty
     WHERE site_id = :site_id AND state = 'open' AND kind <> 'promise'{part} GROUP BY kind
"""
PROMISED = """
    SELECT count(*), count(*) FILTER (WHERE due_at < :now) FROM duty
     WHERE site_id = :site_id AND kind = 'promise' AND due_at >= '' AND state = 'open'{part}
"""
HOT = """
    SELECT (SELECT count(*) FROM cases
             WHERE site_id = :site_id AND due_key >= '' AND status <> 'done' AND hot = 1{part})
         + (SELECT count(*) FROM cases WHERE site_id = :site_id AND hot_at IS NOT NULL AND hot_at <= :now
               AND hot = 0 AND status <> 'done'{part})
"""
STANDING = """
    SELECT handler,
           count(*) FILTER (WHERE status = 'open'), count(*) FILTER (WHERE status = 'waiting'),
           count(*) FILTER (WHERE status = 'closed'),
           count(*) FILTER (WHERE due_key < :now),
           count(*) FILTER (WHERE due_key >= :now AND due_key <= :soon)
      FROM cases WHERE site_id = :site_id AND status <> 'done'{part} GROUP BY handler
"""
# closed cases that are late by a clock; another duty that is late makes no opinion late
CALLBACKS_OVERDUE = """
    SELECT count(*) FROM cases
     WHERE site_id = :site_id AND status = 'closed' AND due_key < :now{part} AND EXISTS (
           SELECT 1 FROM clock WHERE clock.site_id = :site_id AND clock.case_id = cases.case_id
              AND clock.stopped_at IS NULL AND clock.due_at < :now)
"""


class Standing(NamedTuple):
    """What one handler holds; ``soon`` is due within the time asked for."""

    handler: str
    open: int
    waiting: int
    closed: int
    overdue: int
    soon: int


def _given(site_id: int, now: datetime, part: Part) -> dict[str, Any]:
    return {"site_id": site_id, "now": stamp(now)} | part.given


def standing(db: Db, site_id: int, now: datetime, soon: datetime, part: Part = WHOLE) -> list[Standing]:
    """Return what every handler holds at ``now``; the handler is empty for cases that nobody holds."""
    asked = _given(site_id, now, part) | {"soon": stamp(soon)}
    rows = db.all(STANDING.format(part=part.on_cases()), asked)
    return [Standing(row[0] or "", *row[1:]) for row in rows]


def hot(db: Db, site_id: int, now: datetime, part: Part = WHOLE) -> int:
    """Return how many live cases are hot, those that age has made so included."""
    return int(db.value(HOT.format(part=part.on_cases()), _given(site_id, now, part)))


def callbacks_overdue(db: Db, site_id: int, now: datetime, part: Part = WHOLE) -> int:
    """Return how many closed cases owe an opinion whose clock is past its time at ``now``."""
    return int(db.value(CALLBACKS_OVERDUE.format(part=part.on_cases()), _given(site_id, now, part)))


def promises_open(db: Db, site_id: int, now: datetime, part: Part = WHOLE) -> tuple[int, int]:
    """Return how many promises are open, and how many of these are past their time."""
    total, late = db.all(PROMISED.format(part=part.on_keys("duty.case_id")), _given(site_id, now, part))[0]
    return total, late


def duties_open(db: Db, site_id: int, now: datetime, part: Part = WHOLE) -> list[Row]:
    """Return (kind, open, overdue) of what is owed besides promises."""
    return db.all(DUTIES.format(part=part.on_keys("duty.case_id")), _given(site_id, now, part))
