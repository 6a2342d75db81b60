"""Queues as they truly stand, though nobody has swept: pauses that ended, levels and hot marks by age.

The cases for which time has brought something are laid, as they stand now, into a table in memory, and
asked with the same SQL as the others.
"""

from array import array
from collections.abc import Sequence
from datetime import datetime
from heapq import merge
from typing import Any

from storage import search
from storage.cases import COLUMNS
from storage.engine import Db, scratch
from storage.filters import conditions
from storage.queues import BY_DUE, DONE, LIVE, PARTS, View
from storage.queues import ids as stored_ids
from workbench.domain.times import stamp

# the opposite of ``due.CHANGED``, where NULL counts as no
UNCHANGED = """
    NOT (coalesce(watch_at <= :now, 0) AND (coalesce(pause_until <= :now, 0) OR received_at <= :aged))
"""


def ids(
    db: Db, site_id: int, view: View, changed: Sequence[dict[str, Any]], aged: datetime
) -> "array[int]":
    """Return the keys of the cases in ``view``, the most urgent first.

    Args:
        changed: The rows (``storage.cases.row``) of every case that ``due.changed`` names for
            ``view.now`` and ``aged``, as they stand at ``view.now``.

    Raises:
        UsageError: an unknown field, an unknown operator, or a value that does not fit.
    """
    if not changed:
        return stored_ids(db, site_id, view)
    extra, given = conditions(view.where, view.now)
    given |= {"site_id": site_id, "person": view.person, "now": stamp(view.now), "aged": stamp(aged)}
    condition, order = PARTS.get(view.queue, (LIVE, BY_DUE))
    wanted = f"SELECT {order} FROM cases WHERE site_id = :site_id AND ({condition}){extra}"  # noqa: S608
    risen = _overlaid(changed, f"{wanted} ORDER BY {order}", given)
    others = db.all(f"{wanted} AND {UNCHANGED} ORDER BY {order}", given)
    keys = array("q", [row[-1] for row in merge(others, risen)])
    if view.queue == "all":
        done, order = DONE
        sql = f"SELECT case_id FROM cases WHERE site_id = :site_id AND {done}{extra} ORDER BY {order}"  # noqa: S608
        keys.extend([row[0] for row in db.all(sql, given)])
    if view.text.strip():
        found = set(search.case_ids(db, site_id, view.text))
        keys = array("q", [key for key in keys if key in found])
    return keys


def _overlaid(rows: Sequence[dict[str, Any]], sql: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return what ``sql`` finds in ``rows``."""
    db = scratch()
    try:
        db.run(f"CREATE TABLE cases ({', '.join(COLUMNS)})")
        marks = ", ".join(f":{name}" for name in COLUMNS)
        db.run_many(f"INSERT INTO cases VALUES ({marks})", rows)  # noqa: S608 (our column names)
        return db.all(sql, given)
    finally:
        db.connection.close()
