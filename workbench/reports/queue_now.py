"""The cases of a queue as they truly stand at a moment, whether or not anybody has swept."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from storage import as_of, cases, changed_by_time, events, queues, settings
from storage.engine import Db
from storage.queues import View
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case
from workbench.domain.history import fold

PAGE = 500
MOST = 1 << 62


def ids(desk: Desk, db: Db, view: View) -> "array[int]":
    """Return the keys of the cases in ``view``, the most urgent first, by what holds at ``view.now``.

    Raises:
        UsageError: a condition that cannot be asked.
    """
    return as_of.ids(db, desk.store.site_id, view, _rows_changed(desk, db, view.now))


def top(desk: Desk, db: Db, view: View, most: int) -> "tuple[array[int], int]":
    """Return the first ``most`` of the keys that ``ids`` gives, and how many there are in all."""
    site_id = desk.store.site_id
    rows = _rows_changed(desk, db, view.now)
    if rows and (
        view.queue != "next-due" or view.where or view.reach
    ):  # these may have left or entered the view
        keys = as_of.ids(db, site_id, view, rows)
        return keys[:most], len(keys)
    return as_of.ids(db, site_id, view, rows, most), queues.count(db, site_id, view)


def _rows_changed(desk: Desk, db: Db, now: datetime) -> list[dict[str, Any]]:
    """Return the rows of the cases that time has changed, as they stand at ``now``."""
    site_id = desk.store.site_id
    if not changed_by_time.watched(db, site_id, now, -1, 1):
        return []
    keys = changed_by_time.changed(db, site_id, now, newest_that_aged(desk, db, now), MOST)
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
