"""Queues: which cases, in which order, and the few columns that a row on the screen needs.

A queue is read as a vector of keys (8 bytes a case) in the order of an index, and then as pages of rows
by key, so that a million cases cost no more on the screen than forty.
"""

import json
from array import array
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, get_args

from msgspec import Struct
from msgspec.structs import replace

from storage import search
from storage.engine import Db
from storage.filters import Condition, Reach, conditions, in_reach
from storage.orders import ORDERS, Order
from workbench.domain.text import gist
from workbench.domain.times import stamp, unstamp

QUEUES = ("next-due", "mine", "unassigned", "overdue", "callbacks", "promises", "waiting", "hot",
          "waiting-for-us", "all")  # fmt: skip
NO_LIMIT = (1 << 63) - 1
GIST_LENGTH = 80  # characters of the first words
MOST_FOUND = 10_000  # answers of a text search in a queue

LIVE = "status <> 'done'"
BY_DUE = "due_key, severity, received_at, case_id"
PARTS: dict[str, tuple[str, str]] = {
    "next-due": (LIVE, BY_DUE),
    "mine": (f"{LIVE} AND handler = :person", BY_DUE),
    "unassigned": (f"{LIVE} AND handler IS NULL AND status IN ('open', 'waiting')", BY_DUE),
    "overdue": (f"{LIVE} AND due_key < :now", BY_DUE),
    "callbacks": ("status = 'closed'", BY_DUE),
    "promises": ("promise_due_at IS NOT NULL", "promise_due_at, severity, received_at, case_id"),
    "waiting": ("status = 'waiting'", "pause_until, severity, received_at, case_id"),
    "hot": (f"{LIVE} AND (hot = 1 OR hot_at <= :now)", BY_DUE),
    "waiting-for-us": ("waits_since IS NOT NULL", "waits_since, severity, received_at, case_id"),
}
KEYS = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND {condition}{extra} ORDER BY {order} LIMIT :most
"""
# a case that is hot, or not open, has no such time: see ``upcoming.hot_at``
BECAME_HOT = "site_id = :site_id AND hot_at IS NOT NULL AND hot_at <= :now"
# each part in order and cut, so that the index of hot cases is taken, statistics or not
HOT_KEYS = """
    SELECT case_id FROM (
        SELECT * FROM (SELECT {order} FROM cases WHERE site_id = :site_id AND {live} AND hot = 1{extra}
                        ORDER BY {order} LIMIT :most)
         UNION ALL
        SELECT * FROM (SELECT {order} FROM cases WHERE {became_hot}{extra} ORDER BY {order} LIMIT :most)
    ) ORDER BY {order} LIMIT :most
"""
# the bound on due_key makes the index of hot cases the best one, statistics or not
HOT_COUNT = """
    SELECT (SELECT count(*) FROM cases
             WHERE site_id = :site_id AND due_key >= '' AND {live} AND hot = 1{extra})
         + (SELECT count(*) FROM cases WHERE {became_hot}{extra})
"""
# the sign keeps the library from walking an index of all cases, though it is given the keys of some
FOUND = "SELECT {order} FROM cases WHERE +site_id = :site_id AND case_id IN ({page}) AND {condition}{extra}"
AMONG = """
    SELECT count(*) FROM cases WHERE +site_id = :site_id
       AND case_id IN (SELECT value FROM json_each(:asked)) AND {condition}{extra}
"""
DONE = "status = 'done'", "done_at DESC, case_id DESC"
# which of the open cases fit tells this index; of others the rows are read, and left to itself the library
# reads those of all cases, done ones too
IN_AN_INDEX = frozenset(("handler", "severity", "received_at", "status", "first_asked", "overdue"))
INDEX_OF = {
    LIVE: " INDEXED BY queue_live",
    PARTS["callbacks"][0]: " INDEXED BY queue_callbacks",
    PARTS["waiting"][0]: " INDEXED BY queue_waiting",
}


class View(Struct, frozen=True):
    """What is asked for: a queue for a person at a moment (UTC), narrowed by fields, words and reach.

    ``order`` names one of ``storage.orders``; empty for the order that is the queue's own.
    """

    queue: str
    person: str
    now: datetime
    where: tuple[Condition, ...] = ()
    text: str = ""
    reach: Reach | None = None
    order: str = ""

    @property
    def ordered(self) -> Order | None:
        """The order that is asked for beside the queue's own; None where that holds."""
        return ORDERS[self.queue][self.order] if self.order else None


class QueueRow(NamedTuple):
    """What a row of a queue shows; times are UTC."""

    case_id: int
    number: str
    severity: int
    hot: bool
    status: str
    stage: str
    next_due_at: datetime | None
    next_clock: str
    site: str
    unit: str
    customer: str
    phone: str
    category: str
    kind: str
    gist: str
    handler: str | None
    received_at: datetime
    version: int
    repeat: bool
    pause_until: datetime | None
    promise_due_at: datetime | None
    hot_at: datetime | None
    watch_at: datetime | None
    passes: int | None  # how often the customer was passed on; None for never


COLUMNS = ", ".join("text" if name == "gist" else name for name in QueueRow._fields)
_TIMES = tuple(name for name, kind in QueueRow.__annotations__.items() if datetime in (kind, *get_args(kind)))


def condition_of(queue: str) -> str:
    """Return in SQL which cases a queue holds."""
    return PARTS[queue][0] if queue in PARTS else "1 = 1"


def narrowed(view: View) -> tuple[str, dict[str, Any]]:
    """Return `` AND …`` in SQL for what narrows ``view``, and its parameters.

    Raises:
        UsageError: as ``conditions``.
    """
    extra, given = conditions(view.where, view.now)
    if view.reach is None:
        return extra, given
    within, more = in_reach(view.reach)
    return extra + within, given | more


def of_reach(db: Db, keys: Sequence[int], reach: Reach | None) -> list[int]:
    """Return those of ``keys`` that ``reach`` holds, in their order."""
    if reach is None:
        return list(keys)
    within, given = in_reach(reach)
    sql = f"SELECT case_id FROM cases WHERE case_id IN (SELECT value FROM json_each(:asked)){within}"  # noqa: S608
    found = {row[0] for row in db.all(sql, given | {"asked": json.dumps(list(keys))})}
    return [key for key in keys if key in found]


def ids(db: Db, site_id: int, view: View, most: int = NO_LIMIT) -> "array[int]":
    """Return the keys of the cases in ``view``, the most urgent first.

    ``most`` shortens what comes from one index, for a first picture that does not wait for a million.
    """
    if view.text.strip():
        return _holding(db, site_id, view)
    if view.ordered is not None:
        return _keys(db, site_id, view, condition_of(view.queue), view.ordered.by, most)
    if view.queue == "all":
        return _keys(db, site_id, view, *PARTS["next-due"], most) + done_ids(db, site_id, view, most)
    if view.queue == "hot":
        return _hot(db, site_id, view, most)
    return _keys(db, site_id, view, *PARTS[view.queue], most)


def done_ids(db: Db, site_id: int, view: View, most: int = NO_LIMIT) -> "array[int]":
    """Return the keys of the cases that are done, narrowed by the fields of ``view``, the latest first."""
    return _keys(db, site_id, view, *DONE, most)


def count(db: Db, site_id: int, view: View) -> int:
    """Return how many cases ``view`` holds, without reading their keys where an index can tell."""
    if view.text.strip():
        return len(ids(db, site_id, view))
    extra, given = narrowed(view)
    if view.queue == "hot":
        sql = HOT_COUNT.format(live=LIVE, became_hot=BECAME_HOT, extra=extra)
        return int(db.value(sql, _params(site_id, view) | given))
    wanted = (LIVE, DONE[0]) if view.queue == "all" else (PARTS[view.queue][0],)
    found = 0
    for condition in wanted:
        index = "" if _told_by_an_index(view) else INDEX_OF.get(condition, "")
        sql = f"SELECT count(*) FROM cases{index} WHERE site_id = :site_id AND {condition}{extra}"  # noqa: S608
        found += db.value(sql, _params(site_id, view) | given)
    return found


def _told_by_an_index(view: View) -> bool:
    """Say whether an index by itself tells which cases fit: the library takes it then."""
    return view.reach is None and IN_AN_INDEX.issuperset(condition.field for condition in view.where)


def among(db: Db, site_id: int, view: View, keys: Sequence[int]) -> int:
    """Return how many of ``keys`` are in ``view``; each is looked for by itself."""
    if view.text.strip():
        return len(set(keys).intersection(_holding(db, site_id, view)))
    condition = "1 = 1" if view.queue == "all" else PARTS[view.queue][0]
    extra, given = narrowed(view)
    params = _params(site_id, view) | given | {"asked": json.dumps(list(keys))}
    return int(db.value(AMONG.format(condition=condition, extra=extra), params))


def _keys(db: Db, site_id: int, view: View, condition: str, order: str, most: int) -> "array[int]":
    extra, given = narrowed(view)
    sql = KEYS.format(condition=condition, extra=extra, order=order)
    return db.keys(sql, _params(site_id, view) | given | {"most": most})


def _hot(db: Db, site_id: int, view: View, most: int) -> "array[int]":
    """Join those marked hot with those that have become hot by age since they were last written.

    After a sweep there are none of these, and an index has the others in their order.
    """
    given = _params(site_id, view)
    if db.value(f"SELECT 1 FROM cases WHERE {BECAME_HOT} LIMIT 1", given) is None:  # noqa: S608
        return _keys(db, site_id, view, f"{LIVE} AND hot = 1", BY_DUE, most)
    extra, more = narrowed(view)
    sql = HOT_KEYS.format(live=LIVE, became_hot=BECAME_HOT, extra=extra, order=BY_DUE)
    return db.keys(sql, given | more | {"most": most})


def _holding(db: Db, site_id: int, view: View) -> "array[int]":
    """Return the cases of the view that hold the words, in the order of the queue."""
    hits = list(islice(search.case_ids(db, site_id, view.text), MOST_FOUND))
    kept: list[tuple[Any, ...]] = []
    condition, order = PARTS.get(view.queue, ("1 = 1", BY_DUE))
    order = ", ".join(view.ordered.columns) if view.ordered else order
    extra, given = narrowed(view)
    for start in range(0, len(hits), 500):
        page = ",".join(str(key) for key in hits[start : start + 500])
        sql = FOUND.format(order=order, page=page, condition=condition, extra=extra)
        kept += db.all(sql, _params(site_id, view) | given)
    kept.sort(reverse=view.ordered is not None and view.ordered.latest)
    return array("q", [row[-1] for row in kept])


def _params(site_id: int, view: View) -> dict[str, Any]:
    return {"site_id": site_id, "person": view.person, "now": stamp(view.now)}


def rows(db: Db, keys: Sequence[int]) -> dict[int, QueueRow]:
    """Return the rows of ``keys``; a case that is not there is left out."""
    marks = ",".join("?" * len(keys))
    found = db.all(f"SELECT {COLUMNS} FROM cases WHERE case_id IN ({marks})", list(keys))  # noqa: S608
    return {row[0]: row_of(row) for row in found}


def row_of(row: tuple[Any, ...]) -> QueueRow:
    """Return ``COLUMNS`` as they were read as a row."""
    given = dict(zip(QueueRow._fields, row, strict=True))
    for name in _TIMES:
        if given[name]:
            given[name] = unstamp(given[name])
    given["gist"] = gist(given["gist"], GIST_LENGTH)
    given["hot"], given["repeat"] = bool(given["hot"]), bool(given["repeat"])
    return QueueRow(**given)


def leads(queue: str) -> str:
    """Return the column by which ``queue`` is ordered first."""
    return PARTS.get(queue, (LIVE, BY_DUE))[1].partition(",")[0]


def place_of(db: Db, key: int, column: str) -> str:
    """Return what a case has in the ``column`` that leads a queue."""
    return str(db.value(f"SELECT {column} FROM cases WHERE case_id = ?", (key,)))  # noqa: S608 (our names)


def counts(db: Db, site_id: int, view: View) -> dict[str, int]:
    """Return how many cases each queue holds, unfiltered; each count runs over one index.

    Of a person who does not read everything those are counted that the person reads.
    """
    if view.reach is not None:
        whole = replace(view, where=(), text="")
        return {queue: count(db, site_id, replace(whole, queue=queue)) for queue in (*PARTS, "all")}
    found = {}
    for queue, (condition, _) in PARTS.items():
        sql = f"SELECT count(*) FROM cases WHERE site_id = :site_id AND {condition}"  # noqa: S608
        if queue == "hot":
            sql = HOT_COUNT.format(live=LIVE, became_hot=BECAME_HOT, extra="")
        found[queue] = int(db.value(sql, _params(site_id, view)))
    done = db.value(
        "SELECT count(*) FROM cases WHERE site_id = :site_id AND status = 'done'", {"site_id": site_id}
    )
    found["all"] = found["next-due"] + int(done)
    return found
