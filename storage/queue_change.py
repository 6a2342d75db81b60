"""What has changed in the queues since they were read, so that they need not be read again.

The entries since then name the cases; what time alone brings stands at one end of an index. Which queues a
case stood in and stands in is asked with the conditions of ``storage.queues`` themselves.
"""

import json
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from storage import queues
from storage.cases import COLUMNS as STORED
from storage.engine import Db, Row, scratch
from storage.orders import ORDERS, TURNED, Place
from storage.queues import BY_DUE, DONE, LIVE, PARTS, QueueRow, View, condition_of, narrowed
from workbench.domain.times import stamp

COUNTED = (*PARTS, "all")
IN_SLICES = ("next-due", "mine", "unassigned", "overdue", "callbacks", "all")  # in the order of an index
SORTED_BY = ("due_key", "severity", "received_at", "promise_due_at", "pause_until", "waits_since", "status",
             "done_at", "case_id")  # fmt: skip
FIELDS = "e.event_no, e.case_id, e.seq, e.at, e.actor, e.act, e.data, e.typed_by, e.read_at, e.timed"
SINCE = f"""
    WITH changed (case_id) AS (
        SELECT DISTINCT case_id FROM event NOT INDEXED WHERE event_no > :seen LIMIT :most
    )
    SELECT {FIELDS} FROM changed CROSS JOIN event AS e
        ON e.site_id = :site_id AND e.case_id = changed.case_id
     WHERE changed.case_id <> 0
     UNION ALL
    SELECT * FROM (
        SELECT {FIELDS} FROM event AS e NOT INDEXED WHERE e.event_no > :seen AND e.case_id = 0 LIMIT 1
    )
"""  # noqa: S608 (our own words)
STANDING = """
    SELECT {columns} FROM cases WHERE case_id IN (
        SELECT value FROM json_each(:keys)
         UNION ALL
        SELECT * FROM (
            SELECT case_id FROM cases WHERE site_id = :site_id AND {live}
                AND due_key >= :then_now AND due_key < :now LIMIT :most
        )
         UNION ALL
        SELECT * FROM (
            SELECT case_id FROM cases WHERE site_id = :site_id AND {live}
                AND hot_at > :then_now AND hot_at <= :now LIMIT :most
        )
    )
"""
PLACES = f"SELECT {', '.join(SORTED_BY)} FROM cases WHERE case_id IN (SELECT value FROM json_each(?))"  # noqa: S608
SLICE = """
    SELECT case_id FROM cases WHERE site_id = :site_id AND {condition}{extra}{after}
     ORDER BY {order} LIMIT :most
"""
AFTER_LIVE = " AND (due_key, severity, received_at, case_id) > (:k1, :k2, :k3, :k4)"
AFTER_DONE = " AND (done_at, case_id) < (:k1, :k2)"


class Moment(Struct, frozen=True):
    """What decides, beside the cases, in which queues they stand: the view, narrowed, at its time."""

    site_id: int
    view: View

    def flags(self, prefix: str = "") -> tuple[list[str], dict[str, Any]]:
        """Return conditions in SQL, of the view and of each of ``COUNTED``, and their parameters."""
        extra, given = narrowed(self.view)
        within, more = narrowed(replace(self.view, where=(), text=""))
        given |= more | {"person": self.view.person, "now": stamp(self.view.now)}
        conditions = [f"{_condition(self.view.queue)}{extra}"]
        conditions += [f"{_condition(queue)}{within}" for queue in COUNTED]
        marked = [re.sub(r":(\w+)", rf":{prefix}\1", each) for each in conditions]
        return marked, {prefix + name: value for name, value in given.items()}


class Stands(Struct, frozen=True):
    """Where one case stands: in the view or not, and in which of ``COUNTED``."""

    place: Place
    fits: bool
    counted: tuple[bool, ...]


NOWHERE = Stands((), False, (False,) * len(COUNTED))


def _condition(queue: str) -> str:
    return f"({condition_of(queue)})"


def newest_entry(db: Db) -> int:
    """Return the number of the newest entry of the store; 0 in an empty one."""
    return int(db.value("SELECT max(event_no) FROM event") or 0)


def since(db: Db, site_id: int, seen: int, most: int) -> list[Row]:
    """Return whole timelines of up to ``most`` cases with an entry after ``seen``.

    One entry of the house among them says that it has one. A row is the number of the entry, the case, and
    the entry as ``storage.events.event`` takes it.
    """
    return db.all(SINCE, {"site_id": site_id, "seen": seen, "most": most})


def standing(
    db: Db, then: Moment, now: Moment, keys: Iterable[int], most: int
) -> dict[int, tuple[QueueRow, Stands, Stands]]:
    """Return ``keys``, and up to twice ``most`` others that time has brought somewhere: row, then, now.

    ``then`` is asked of the rows as they stand now: right for those that nobody has changed.
    """
    flags_then, given_then = then.flags("then_")
    flags_now, given_now = now.flags()
    columns = [queues.COLUMNS, *SORTED_BY, *flags_then, *flags_now]
    given = given_then | given_now | {"site_id": now.site_id, "keys": json.dumps(list(keys)), "most": most}
    found = db.all(STANDING.format(columns=", ".join(columns), live=LIVE), given)
    width, sorts, flags = len(QueueRow._fields), len(SORTED_BY), len(flags_now)
    queue, order = now.view.queue, now.view.order
    known = {}
    for row in found:
        place = place_of(queue, dict(zip(SORTED_BY, row[width : width + sorts], strict=True)), order)
        rest = row[width + sorts :]
        parts = (rest[:flags], rest[flags:])
        before, after = (Stands(place, bool(part[0]), tuple(map(bool, part[1:]))) for part in parts)
        known[row[0]] = queues.row_of(row[:width]), before, after
    return known


def stood(then: Moment, rows: Sequence[Mapping[str, Any]]) -> dict[int, Stands]:
    """Return where cases stood, given their rows (``storage.cases.row``) as they were."""
    if not rows:
        return {}
    flags, given = then.flags()
    db = scratch()
    try:
        db.run(f"CREATE TABLE cases ({', '.join(STORED)})")
        marks = ", ".join(f":{name}" for name in STORED)
        db.run_many(f"INSERT INTO cases VALUES ({marks})", rows)  # noqa: S608 (our column names)
        found = db.all(f"SELECT case_id, {', '.join(flags)} FROM cases", given)  # noqa: S608
    finally:
        db.connection.close()
    places = {row["case_id"]: place_of(then.view.queue, row, then.view.order) for row in rows}
    return {key: Stands(places[key], bool(fits), tuple(map(bool, counted))) for key, fits, *counted in found}


def places(db: Db, queue: str, keys: Sequence[int], order: str = "") -> dict[int, Place]:
    """Return where ``keys`` stand in an order of ``queue``; a case that has gone is left out."""
    found = [dict(zip(SORTED_BY, row, strict=True)) for row in db.all(PLACES, (json.dumps(list(keys)),))]
    return {row["case_id"]: place_of(queue, row, order) for row in found}


def place_of(queue: str, row: Mapping[str, Any], order: str = "") -> Place:
    """Return what orders a case in ``queue`` as SQL does; of two the smaller stands first."""
    if order:
        return ORDERS[queue][order].place(row)
    if queue == "all" and row["status"] == "done":
        return 1, row["done_at"].translate(TURNED), -row["case_id"]
    columns = PARTS[queue][1] if queue in PARTS else BY_DUE
    found = tuple(row[name] if row[name] is not None else "" for name in columns.split(", "))
    return (0, *found) if queue == "all" else found


def sliced(view: View) -> bool:
    """Say whether the order of ``view`` can be read from anywhere, a slice at a time."""
    can_be = view.ordered.slices if view.ordered else view.queue in IN_SLICES
    return can_be and not view.where and not view.text.strip()


def slice_after(db: Db, site_id: int, view: View, end: Place | None, most: int) -> "array[int]":
    """Return up to ``most`` keys of a ``sliced`` view: those behind the place ``end``, or the first."""
    if view.ordered is not None:
        extra, given = view.ordered.after(end)
        return _read(db, site_id, view, (condition_of(view.queue), view.ordered.by), extra, given, most)
    whole = view.queue == "all"
    among_done = whole and end is not None and end[0] == 1
    found: array[int] = array("q")
    if not among_done:
        condition, order = PARTS["next-due" if whole else view.queue]
        keys = end[-4:] if end else ()
        found += _slice(db, site_id, view, (condition, order), AFTER_LIVE, keys, most)
    if whole and len(found) < most:
        keys = (end[1].translate(TURNED), -end[2]) if end and among_done else ()
        found += _slice(db, site_id, view, DONE, AFTER_DONE, keys, most - len(found))
    return found


def _slice(
    db: Db, site_id: int, view: View, part: tuple[str, str], after: str, place: Place, most: int
) -> "array[int]":
    marks = {f"k{at}": value for at, value in enumerate(place, 1)}
    return _read(db, site_id, view, part, after if place else "", marks, most)


def _read(
    db: Db, site_id: int, view: View, part: tuple[str, str], after: str, marks: Mapping[str, Any], most: int
) -> "array[int]":
    extra, given = narrowed(view)
    given |= {"site_id": site_id, "person": view.person, "now": stamp(view.now), "most": most, **marks}
    condition, order = part
    return db.keys(SLICE.format(condition=condition, extra=extra, after=after, order=order), given)
