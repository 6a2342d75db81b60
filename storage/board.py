"""What the board counts: the cases that are not done, by place, handler and status, and by when they are due.

All of it is read once, over the indexes of the live cases; later only the cases that somebody has changed, or
that time has made late, are asked again, with the same conditions.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from storage.cases import COLUMNS as STORED
from storage.engine import Db, scratch
from storage.filters import Reach, in_reach
from storage.part import WHOLE, Part

# the library has no statistics, and left to itself it sorts all of a site's cases, closed ones too
OPEN = """
    SELECT site, handler, status, count(*), sum(due_key < :now) FROM cases INDEXED BY queue_handler
     WHERE site_id = :site_id AND status <> 'done'{within}
     GROUP BY site, handler, status
"""
DUE = """
    SELECT site, handler, status, substr(due_key, 1, :width), count(*) FROM cases INDEXED BY queue_live
     WHERE site_id = :site_id AND status <> 'done' AND due_key >= :now AND due_key < :end{within}
     GROUP BY site, handler, status, substr(due_key, 1, :width)
"""
SILENT = """
    SELECT case_id, unanswered_since FROM cases INDEXED BY queue_waiting_for_us
     WHERE site_id = :site_id AND waits_since IS NOT NULL{within}
"""
# whatever has become of the case: so does the list by duties
REQUESTS = """
    SELECT case_id, (SELECT min(due_at) FROM duty WHERE duty.site_id = :site_id AND duty.state = 'open'
                        AND duty.kind = :kind AND duty.case_id = cases.case_id)
      FROM cases
     WHERE case_id IN (SELECT case_id FROM duty WHERE site_id = :site_id AND state = 'open'
                          AND kind = :kind){within}
"""
LATER = """
    SELECT case_id FROM cases INDEXED BY queue_live
     WHERE site_id = :site_id AND status <> 'done' AND due_key >= :then AND due_key < :now LIMIT :most
"""
PLACED = """
    SELECT case_id, site, handler, status, due_key, unanswered_since, waits_since IS NOT NULL FROM cases
     WHERE case_id IN (SELECT value FROM json_each(:keys)){within}
"""
HOUR, MINUTE = 13, 16  # characters of a stored time


class Within(NamedTuple):
    """Whose cases count: those of a part of the house that somebody reads."""

    site_id: int
    part: Part = WHOLE
    reach: Reach | None = None

    def sql(self) -> tuple[str, dict[str, Any]]:
        """Return `` AND …`` for a statement on cases, and all parameters."""
        extra, given = in_reach(self.reach) if self.reach else ("", {})
        return extra + self.part.on_cases(), given | self.part.given | {"site_id": self.site_id}


class Standing(NamedTuple):
    """How one case stands; ``silent`` says whether its customer waits for us. Times are stored text (UTC)."""

    case_id: int
    site: str
    handler: str | None
    status: str
    due_key: str
    unanswered_since: str | None
    silent: int


def _all(db: Db, within: Within, sql: str, **more: Any) -> list[tuple[Any, ...]]:
    extra, given = within.sql()
    return db.all(sql.format(within=extra), given | more)


def live(db: Db, within: Within, now: str) -> list[tuple[Any, ...]]:
    """Return (site, handler, status, cases, of them late at ``now``)."""
    return _all(db, within, OPEN, now=now)


def due(db: Db, within: Within, now: str, end: str, *, width: int) -> list[tuple[Any, ...]]:
    """Return (site, handler, status, the first ``width`` characters of the due, cases), before ``end``."""
    return _all(db, within, DUE, now=now, end=end, width=width)


def silent(db: Db, within: Within) -> dict[int, str | None]:
    """Return by case since when the customer is unanswered; None where only a word waits for a decision."""
    return dict(_all(db, within, SILENT))


def requests(db: Db, within: Within, kind: str) -> dict[int, str]:
    """Return by case when the first of its open duties of ``kind`` is due."""
    return dict(_all(db, within, REQUESTS, kind=kind))


def fallen_due(db: Db, site_id: int, then: str, now: str, most: int) -> list[int]:
    """Return up to ``most`` cases that were not late at ``then`` and are at ``now``, as they are stored."""
    return list(db.keys(LATER, {"site_id": site_id, "then": then, "now": now, "most": most}))


def placed(db: Db, within: Within, keys: Iterable[int]) -> dict[int, Standing]:
    """Return those of ``keys`` that count, as they are stored."""
    found = _all(db, within, PLACED, keys=json.dumps(list(keys)))
    return {row[0]: Standing(*row) for row in found}


def placed_among(within: Within, rows: Sequence[Mapping[str, Any]]) -> dict[int, Standing]:
    """Return the same of ``rows`` (``storage.cases.row``), as the cases stood or would stand."""
    if not rows:
        return {}
    db = scratch()
    try:
        db.run(f"CREATE TABLE cases ({', '.join(STORED)})")
        marks = ", ".join(f":{name}" for name in STORED)
        db.run_many(f"INSERT INTO cases VALUES ({marks})", rows)  # noqa: S608 (our column names)
        return placed(db, within, [row["case_id"] for row in rows])
    finally:
        db.connection.close()
