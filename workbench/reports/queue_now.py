"""The cases of a queue as they truly stand at a moment, whether or not anybody has swept."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from storage import as_of, changed_by_time, events, queues, settings
from storage.engine import Db
from storage.queues import View
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case
from workbench.domain.history import fold
from workbench.domain.times import stamp, unstamp

PAGE = 500
MOST = 1 << 62
GROWS = 3  # so many times as many aged cases are read when those read so far do not fill the page
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
MOST_COUNTED = 1_000  # aged cases that are read only to be counted: more take longer than the page itself
BY_DUE_ONLY = frozenset({"next-due", "mine", "unassigned", "overdue", "callbacks", "hot", "all"})
"""Queues in the order of the next due. Age changes who is in none of them but ``overdue``: when a case will
be hot is stored."""


def ids(desk: Desk, db: Db, view: View) -> "array[int]":
    """Return the keys of the cases in ``view``, the most urgent first, by what holds at ``view.now``.

    Raises:
        UsageError: a condition that cannot be asked.
    """
    site_id, rows = desk.store.site_id, list[dict[str, Any]]()
    if changed_by_time.watched(db, site_id, view.now, -1, 1):
        rows = _rows_of(desk, db, view, newest_that_aged(desk, db, view.now))
    return as_of.ids(db, site_id, view, rows)


class Top(NamedTuple):
    """The first keys of a queue and how many cases it holds: at least so many where it is not ``exact``."""

    keys: "array[int]"
    total: int
    exact: bool = True


def top(desk: Desk, db: Db, view: View, most: int, *, counted: bool = True) -> Top:
    """Return the first ``most`` of the keys that ``ids`` gives, and how many there are in all.

    Of the cases that age alone has changed only those are read that can stand among the first: no clock
    falls due before its case was received. So whatever was received after the last due on the page, and is
    not read, stands behind it. Where it is not ``counted``, the number is that of the keys; where each would
    have to be read to be counted, and they are many, it is one that holds whatever they have become.
    """
    site_id = desk.store.site_id
    if not changed_by_time.watched(db, site_id, view.now, -1, 1):
        return Top(queues.ids(db, site_id, view, most)[:most], queues.count(db, site_id, view))
    aged = newest_that_aged(desk, db, view.now)
    ages = bool(as_of.AGES.intersection(condition.field for condition in view.where))
    ages = ages or (view.queue == "overdue" and not _dues_stay(desk, db))
    whole = view.text.strip() or view.queue not in BY_DUE_ONLY
    if whole or (ages and counted and len(as_of.aged(db, site_id, view, aged, MOST_COUNTED)) < MOST_COUNTED):
        keys = as_of.ids(db, site_id, view, _rows_of(desk, db, view, aged))
        return Top(keys[:most], len(keys))
    if ages and counted:
        keys = _first(desk, db, view, most + 1, aged)
        return Top(keys[:most], max(len(keys), _that_stay(desk, db, view, aged)), exact=False)
    keys = _first(desk, db, view, most, aged)
    return Top(keys, _count(desk, db, view) if counted else len(keys))


def _that_stay(desk: Desk, db: Db, view: View, aged: datetime) -> int:
    """Return a number of cases that are in the view whatever time has brought."""
    otherwise = changed_by_time.changed(db, desk.store.site_id, view.now, LONG_AGO, MOST)
    return as_of.young(db, desk.store.site_id, view, aged) - len(otherwise)


def _dues_stay(desk: Desk, db: Db) -> bool:
    """Say whether a graver level moves no due of any policy here: then age makes nothing overdue."""
    for version, *_ in settings.policies(db, desk.store.site_id):
        policy = desk.rules_in(db, version).policy
        by_fact = any(clock.by_level or clock.by_category for clock in policy.clocks.values())
        if by_fact or policy.reopen != "restart":  # clocks that go on keep the target of their source
            return False
    return True


def _first(desk: Desk, db: Db, view: View, most: int, aged: datetime) -> "array[int]":
    site_id, end = desk.store.site_id, stamp(aged)
    stored = queues.ids(db, site_id, view, most)[:most]
    if most == 0:
        return stored
    bound = end  # they all fit on the page
    if len(stored) == most:
        bound = queues.due_key(db, stored[-1])
    elif view.where and most <= PAGE:  # more may have come into it
        bound = _further(desk, db, view, aged, "", most)
    while True:
        bound = min(bound, end)
        rows = _rows_of(desk, db, view, unstamp(bound))
        keys = as_of.ids(db, site_id, view, rows, most)
        if bound == end or (len(keys) == most and _last_due(db, keys, rows) <= bound):
            return keys
        bound = _further(desk, db, view, aged, bound, len(rows) + most)


def _further(desk: Desk, db: Db, view: View, aged: datetime, bound: str, read: int) -> str:
    """Return up to which receipt to read next, so that what was read grows by a factor."""
    site_id = desk.store.site_id
    found = changed_by_time.received_after(db, site_id, view.now, aged, bound, GROWS * read)
    return found or stamp(aged)


def _last_due(db: Db, keys: "array[int]", rows: list[dict[str, Any]]) -> str:
    known = {row["case_id"]: row["due_key"] for row in rows}
    return known[keys[-1]] if keys[-1] in known else queues.due_key(db, keys[-1])


def _count(desk: Desk, db: Db, view: View) -> int:
    """Return how many cases are in the view, whose number age does not change: pauses and dispatches do."""
    site_id = desk.store.site_id
    if view.queue == "all" and not view.where:
        return queues.count(db, site_id, view)
    return queues.count(db, site_id, view) + as_of.more(
        db, site_id, view, _rows(desk, db, view.now, LONG_AGO)
    )


def _rows_of(desk: Desk, db: Db, view: View, until: datetime) -> list[dict[str, Any]]:
    """Return the rows of those that time has changed otherwise than by age, and of the aged of a view."""
    site_id = desk.store.site_id
    keys = changed_by_time.changed(db, site_id, view.now, LONG_AGO, MOST)
    keys += as_of.aged(db, site_id, view, until)
    return _stand(desk, db, list(dict.fromkeys(keys)), view.now)


def _rows(desk: Desk, db: Db, now: datetime, aged: datetime) -> list[dict[str, Any]]:
    """Return the rows of those that time has changed, of the aged only those received by ``aged``."""
    return _stand(desk, db, changed_by_time.changed(db, desk.store.site_id, now, aged, MOST), now)


def _stand(desk: Desk, db: Db, keys: list[int], now: datetime) -> list[dict[str, Any]]:
    from storage import cases  # with all that writes a case: most lists overlay none

    return [cases.row(case, desk.rules_in(db, case.policy), b"") for case in of(desk, db, keys, now)]


def of(desk: Desk, db: Db, keys: Sequence[int], now: datetime) -> Iterator[Case]:
    """Yield the cases of ``keys`` in that order, as they stand at ``now`` (UTC)."""
    waiting = iter(keys)
    while page := list(islice(waiting, PAGE)):
        timelines = events.of_cases(db, desk.store.site_id, page)
        for key in page:
            timeline = timelines[key]
            rules = desk.rules_in(db, events.policy_of(timeline))
            yield upcoming.effective(fold(desk.store.site_id, key, timeline, rules), now, rules)


def newest_that_aged(desk: Desk, db: Db, now: datetime) -> datetime:
    """Return the newest receipt for which a rule of age of any policy here can hold (UTC)."""
    spans = []
    for version, *_ in settings.policies(db, desk.store.site_id):
        rules = desk.rules_in(db, version)
        ages = rules.policy.severity.ages
        spans += [upcoming.later(now, -age.months, -age.days, rules.zone) for age in ages]
    margin = timedelta(days=3)  # 31 January + 1 month is nearer than the month back from there
    return max(spans, default=now - timedelta(days=36524)) + margin
