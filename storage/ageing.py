"""Which cases age may have changed since they were written, as far as their rows can tell.

What it has changed only the timeline tells, and to read one costs as much as a hundred rows.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from msgspec.structs import replace

from storage import search
from storage.engine import Db
from storage.filters import Condition
from storage.queues import BY_DUE, LIVE, MOST_FOUND, NO_LIMIT, PARTS, View, leads, narrowed
from workbench.domain.severity import LOWEST
from workbench.domain.text import door
from workbench.domain.times import stamp

AGES = frozenset({"severity", "hot", "next_due_at", "next_clock", "overdue", "version"})
"""Fields that age changes; the others of an aged case are what is stored."""
AGES_AT_ALL = "status = 'open' AND fault = 'ours'"
"""What holds of every case that age changes; see ``upcoming.age_moments``."""
NEVER_OPEN = ("waiting", "callbacks")
OWN_INDEX = {"promises": "queue_promises", "waiting-for-us": "queue_waiting_for_us"}
COMPARED = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
LAST = "9999"  # sorts behind every time


class Aging(NamedTuple):
    """What an age brings, and the newest receipt for which it can (UTC text).

    It brings a graver level, or the hot mark where ``level`` is None: see ``upcoming``.
    """

    level: int | None
    newest: str


def aged(
    db: Db,
    site_id: int,
    view: View,
    ages: Sequence[Aging],
    until: str = LAST,
    most: int = NO_LIMIT,
    *,
    up_to: str | None = None,
    in_order: bool = False,
) -> list[int]:
    """Return up to ``most`` cases of ``view`` that age may have changed, as far as their rows can tell.

    Only those received by ``until`` (UTC text), and of its conditions only what age does not change: of a
    level asked for, those that age may have brought to it, or from it.

    Args:
        up_to: Only those that stand in the order of the queue no further than this; none for all.
        in_order: As they stand there.

    Raises:
        UsageError: as ``ids``.
    """
    if view.queue in NEVER_OPEN:
        return []
    narrowed(view)  # what cannot be asked is refused, though age may decide it
    condition, order = PARTS.get("next-due" if view.queue == "overdue" else view.queue, (LIVE, BY_DUE))
    extra, given = narrowed(replace(view, where=tuple(_before_age(view))))
    levels = _may_be(view, ages)
    if not levels:
        return []
    extra += f" AND ({' OR '.join(levels)})"
    given |= {"site_id": site_id, "person": view.person, "now": stamp(view.now)}
    given |= {"until": min(until, newest(ages)), "most": most}
    if up_to is not None:
        extra += f" AND {leads(view.queue)} <= :up_to"
        given["up_to"] = up_to
    if view.text.strip():
        extra += " AND case_id IN (SELECT value FROM json_each(:found))"
        given["found"] = json.dumps(list(islice(search.case_ids(db, site_id, view.text), MOST_FOUND)))
    index = _index(view, up_to)
    sql = (
        f"SELECT case_id FROM cases{index} WHERE site_id = :site_id AND ({condition}){extra}"  # noqa: S608
        f" AND watch_at <= :now AND received_at <= :until AND {LIVE} AND {AGES_AT_ALL}"
        f"{f' ORDER BY {order}' if in_order else ''} LIMIT :most"
    )
    return list(db.keys(sql, given))


def newest(ages: Sequence[Aging]) -> str:
    """Return the newest receipt (UTC text) for which any of ``ages`` can hold."""
    return max((age.newest for age in ages), default="")


def _index(view: View, up_to: str | None) -> str:
    """Say by which index the cases are found that age may have changed.

    Left to itself the library takes that of those whose time has come, and reads the row of each to see
    whether it is open.
    """
    if view.text.strip():
        return ""
    if view.queue in OWN_INDEX:
        return f" INDEXED BY {OWN_INDEX[view.queue]}"
    as_they_stand = up_to is not None and not view.where and view.queue in ("next-due", "overdue", "all")
    return " INDEXED BY queue_live" if as_they_stand else " INDEXED BY queue_handler"


def _before_age(view: View) -> Iterator[Condition]:
    """Yield what must hold of a case before age has changed it, but for its level."""
    return (each for each in view.where if each.field not in AGES)


def _may_be(view: View, ages: Sequence[Aging]) -> list[str]:
    """Return in SQL how a case may be of a level that is asked for: as it is stored, or by age."""
    asked = [(each.op, door(each.value)) for each in view.where if each.field == "severity"]
    asked = [(op, value) for op, value in asked if value.strip().isdecimal()]
    if not asked:
        return ["1"]
    fits = {
        level: all(COMPARED[op](level, int(value)) for op, value in asked) for level in range(1, LOWEST + 1)
    }
    may_be = []
    for level, fitting in fits.items():
        brought = [age for age in ages if age.level and age.level < level and fits[age.level]]
        if fitting:
            may_be.append(f"severity = {level}")
        elif brought:
            may_be.append(f"(severity = {level} AND received_at <= '{newest(brought)}')")
    return may_be


def young(db: Db, site_id: int, view: View, aged: str) -> int:
    """Return how many cases are in ``view``, without words to look for, that age cannot have changed."""
    condition, _ = PARTS.get(view.queue, ("1 = 1", ""))
    extra, given = narrowed(view)
    given |= {"site_id": site_id, "person": view.person, "now": stamp(view.now), "aged": aged}
    sql = (
        f"SELECT count(*) FROM cases WHERE site_id = :site_id AND ({condition}){extra}"  # noqa: S608
        f" AND NOT coalesce(watch_at <= :now AND received_at <= :aged AND {AGES_AT_ALL}, 0)"
    )
    return int(db.value(sql, given))
