"""Queues as they truly stand, though nobody has swept: pauses that ended, levels and hot marks by age.

The cases for which time has brought something are laid, as they stand now, into a table in memory, and
asked with the same SQL as the others.
"""

from array import array
from collections.abc import Sequence
from datetime import datetime
from heapq import merge
from typing import Any

from storage import due, search
from storage.cases import COLUMNS
from storage.engine import Db, scratch
from storage.filters import conditions
from storage.queues import BY_DUE, DONE, LIVE, PARTS, View
from storage.queues import ids as stored_ids
from workbench.domain.times import stamp

UNCHANGED = "(watch_at IS NULL OR watch_at > :now)"
EVERYTHING = 1 << 62


def unsettled(db: Db, site_id: int, now: datetime) -> list[int]:
    """Return the keys of the cases for which time has brought something that is not written down."""
    return due.watched(db, site_id, now, -1, EVERYTHING)


def ids(db: Db, site_id: int, view: View, changed: Sequence[dict[str, Any]]) -> "array[int]":
    """Return the keys of the cases in ``view``, the most urgent first.

    Args:
        changed: The rows (``storage.cases.row``) of the ``unsettled`` cases as they stand at ``view.now``.

    Raises:
        UsageError: an unknown field, an unknown operator, or a value that does not fit.
    """
    if not changed:
        return stored_ids(db, site_id, view)
    extra, given = conditions(view.where, view.now)
    given |= {"site_id": site_id, "person": view.person, "now": stamp(view.now)}
    condition, order = PARTS.get(view.queue, (LIVE, BY_DUE))
    wanted = f"SELECT {order} FROM cases WHERE site_id = :site_id AND {condition}{extra}"  # noqa: S608
    ordered = f" ORDER BY {order}"
    overlay = _overlay(changed)
    try:
        risen = overlay.all(wanted + ordered, given)
    finally:
        overlay.connection.close()
    keys = array("q", [row[-1] for row in merge(db.all(f"{wanted} AND {UNCHANGED}{ordered}", given), risen)])
    if view.queue == "all":
        done, order = DONE
        sql = f"SELECT case_id FROM cases WHERE site_id = :site_id AND {done}{extra} ORDER BY {order}"  # noqa: S608
        keys.extend([row[0] for row in db.all(sql, given)])
    if view.text.strip():
        found = set(search.case_ids(db, site_id, view.text))
        keys = array("q", [key for key in keys if key in found])
    return keys


def _overlay(rows: Sequence[dict[str, Any]]) -> Db:
    db = scratch()
    db.run(f"CREATE TABLE cases ({', '.join(COLUMNS)})")
    marks = ", ".join(f":{name}" for name in COLUMNS)
    db.run_many(f"INSERT INTO cases VALUES ({marks})", rows)  # noqa: S608 (our column names)
    return db
