"""Queues as they truly stand, though nobody has swept: pauses that ended, levels and hot marks by age.

The cases for which time has brought something are laid, as they stand now, into a table in memory, and
asked with the same SQL as the others. They are few: each is then put in its place among the stored keys,
so that a million others are read from an index alone.
"""

import json
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice
from typing import Any

from msgspec.structs import replace

from storage import queues, search
from storage.engine import Db, Row, scratch
from storage.queues import BY_DUE, LIVE, MOST_FOUND, NO_LIMIT, PARTS, View, narrowed
from workbench.domain.times import stamp


def ids(
    db: Db, site_id: int, view: View, changed: Sequence[dict[str, Any]], most: int = NO_LIMIT
) -> "array[int]":
    """Return the keys of the cases in ``view``, the most urgent first.

    Args:
        changed: The rows (``storage.cases.row``) of those cases that ``changed_by_time.changed`` names for
            ``view.now``, as they stand at ``view.now``; all others are where they are stored.
        most: Return no more than so many.

    Raises:
        UsageError: an unknown field, an unknown operator, or a value that does not fit.
    """
    if not changed:
        return queues.ids(db, site_id, view, most)[:most]
    if view.order:
        return _sorted(db, site_id, view, changed)[:most]
    if view.queue == "all" and not view.text.strip():
        live = ids(db, site_id, replace(view, queue="next-due"), changed, most)
        return (live + queues.done_ids(db, site_id, view, most))[:most]
    gone = {row["case_id"] for row in changed}
    stored = queues.ids(db, site_id, view, min(most, NO_LIMIT - len(gone)) + len(gone))
    kept = array("q", [key for key in stored if key not in gone])
    _, order = PARTS.get(view.queue, (LIVE, BY_DUE))
    return _merge(kept, _risen(db, site_id, view, changed), _place_in(db, order))[:most]


def _sorted(db: Db, site_id: int, view: View, changed: Sequence[dict[str, Any]]) -> "array[int]":
    """Return the keys of a view that has an order of its own."""
    from storage import queue_change  # with all that writes a case: hardly any list asks for this

    stands = {row["case_id"]: queue_change.place_of(view.queue, row, view.order) for row in changed}
    kept = [key for key in queues.ids(db, site_id, view) if key not in stands]
    risen = [row[-1] for row in _risen(db, site_id, view, changed)]
    stands |= queue_change.places(db, view.queue, kept, view.order)
    return array("q", sorted([*kept, *risen], key=stands.__getitem__))


def more(db: Db, site_id: int, view: View, changed: Sequence[dict[str, Any]]) -> int:
    """Return by how many cases ``view``, without words to look for, grows by what has ``changed``."""
    if not changed:
        return 0
    condition, _ = PARTS.get(view.queue, (LIVE, BY_DUE))
    extra, given = narrowed(view)
    given |= {"site_id": site_id, "person": view.person, "now": stamp(view.now)}
    given["changed"] = json.dumps([row["case_id"] for row in changed])
    sql = (
        f"SELECT count(*) FROM cases WHERE site_id = :site_id AND ({condition}){extra}"  # noqa: S608
        " AND case_id IN (SELECT value FROM json_each(:changed))"
    )
    return len(_risen(db, site_id, replace(view, text=""), changed)) - int(db.value(sql, given))


def _merge(kept: "array[int]", risen: list[Row], place: Callable[[int], Row]) -> "array[int]":
    """Return ``kept`` with each of ``risen`` at its place; both are in the order of the queue."""
    keys: array[int] = array("q")
    start = 0
    for row in risen:
        end = bisect_right(kept, row, lo=start, key=place)
        keys += kept[start:end]
        keys.append(row[-1])
        start = end
    return keys + kept[start:]


def _place_in(db: Db, order: str) -> Callable[[int], Row]:
    """Return what gives the columns by which a case is ordered; the last is its key."""

    @cache
    def place(key: int) -> Row:
        return db.all(f"SELECT {order} FROM cases WHERE case_id = ?", (key,))[0]  # noqa: S608

    return place


def _risen(db: Db, site_id: int, view: View, changed: Sequence[dict[str, Any]]) -> list[Row]:
    """Return the places of those changed cases that are in ``view`` as they stand now, in order."""
    condition, order = PARTS.get(view.queue, ("1 = 1" if view.order else LIVE, BY_DUE))
    extra, given = narrowed(view)
    given |= {"site_id": site_id, "person": view.person, "now": stamp(view.now)}
    sql = f"SELECT {order} FROM cases WHERE site_id = :site_id AND ({condition}){extra} ORDER BY {order}"  # noqa: S608
    rows = _overlaid(changed, sql, given)
    if not view.text.strip():
        return rows
    found = set(islice(search.case_ids(db, site_id, view.text), MOST_FOUND))
    return [row for row in rows if row[-1] in found]


def _overlaid(rows: Sequence[dict[str, Any]], sql: str, given: dict[str, Any]) -> list[Row]:
    """Return what ``sql`` finds in ``rows``."""
    from storage.cases import COLUMNS  # with all that writes a case: most lists overlay none

    db = scratch()
    try:
        db.run(f"CREATE TABLE cases ({', '.join(COLUMNS)})")
        marks = ", ".join(f":{name}" for name in COLUMNS)
        db.run_many(f"INSERT INTO cases VALUES ({marks})", rows)  # noqa: S608 (our column names)
        return db.all(sql, given)
    finally:
        db.connection.close()
