"""The cases of a queue as they truly stand at a moment, whether or not anybody has swept."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from storage import cases, due, effective, events, queues, settings
from storage.engine import Db
from storage.queues import View
from workbench.actions.base import Desk
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
    site_id = desk.store.site_id
    if not due.watched(db, site_id, view.now, -1, 1):
        return queues.ids(db, site_id, view)
    aged = newest_that_aged(desk, db, view.now)
    keys = due.changed(db, site_id, view.now, aged, MOST)
    rows: list[dict[str, Any]] = [
        cases.row(case, desk.rules_in(db, case.policy), "") for case in of(desk, db, keys, view.now)
    ]
    return effective.ids(db, site_id, view, rows, aged)


def of(desk: Desk, db: Db, keys: Sequence[int], now: datetime) -> Iterator[Case]:
    """Yield the cases of ``keys`` in that order, as they stand at ``now`` (UTC)."""
    waiting = iter(keys)
    while page := list(islice(waiting, PAGE)):
        timelines = events.of_cases(db, desk.store.site_id, page)
        for key in page:
            timeline = timelines[key]
            rules = desk.rules_in(db, timeline[0].data["policy"])
            yield upcoming.effective(fold(desk.store.site_id, key, timeline, rules), now, rules)


def newest_that_aged(desk: Desk, db: Db, now: datetime) -> datetime:
    """Return the newest receipt for which a rule of age of any policy here can hold (UTC)."""
    spans = []
    for version, *_ in settings.policies(db, desk.store.site_id):
        rules = desk.rules_in(db, version)
        spans += [upcoming.later(now, -age.months, -age.days, rules.zone) for age in rules.policy.severity.ages]
    margin = timedelta(days=3)  # 31 January + 1 month is nearer than the month back from there
    return max(spans, default=now - timedelta(days=36524)) + margin
