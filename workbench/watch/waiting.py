"""What only time brings waits for a person: a clock that ran away must not do everything at once.

Where nobody has written anything for as long as the policy says, a sweep would act on time alone. It says
what it would do, and does it once somebody has acted at that clock, or lets it through (``sweep --yes``).
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from storage import changed_by_time, events, house, timing, waiting
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.errors import RefusedError
from workbench.domain.history import fold
from workbench.domain.house import SWEEP_YES
from workbench.domain.rights import SWEEP
from workbench.rules import permissions, rights, writing

BATCH = 200


class Waiting(NamedTuple):
    """A sweep that waits: when a person last acted (UTC), and how many entries of each act it would write."""

    since: datetime
    would: dict[str, int]


def waits(desk: Desk) -> Waiting | None:
    """Return what waits for a person at the desk's clock; None where a sweep may act.

    Nothing waits at a given time in a trial store, nor where time has brought nothing.
    """
    with desk.store.reading() as db:
        since = silent_since(desk, db)
        if since is None:
            return None
        would = dict(_would(desk, db))
    return Waiting(since, would) if would else None


def silent_since(desk: Desk, db: Db) -> datetime | None:
    """Return when a person last acted, if that is longer ago than the policy lets time act alone."""
    site_id = desk.store.site_id
    if desk.given and timing.is_trial(db, site_id):
        return None
    last = waiting.last_act(db, site_id)
    most = timedelta(seconds=desk.rules_in(db).policy.sweep_waits_seconds)
    return last if last and desk.now() - last > most else None


def let_through(desk: Desk) -> None:
    """Write down that somebody lets a sweep act after a long silence.

    Raises:
        UsageError, RefusedError: nobody of the staff list, or the role does not allow it.
    """
    writing.write(desk, lambda db: _let_through(desk, db))


def _let_through(desk: Desk, db: Db) -> None:
    permissions.ensure_may_act(desk, db)
    if reason := rights.why_not(desk.rules_in(db), desk.person, SWEEP):
        raise RefusedError.because(reason)
    told = {"login": desk.login}
    house.log(db, desk.store.site_id, SWEEP_YES, at=desk.now(), by=desk.person, data=told)


def _would(desk: Desk, db: Db) -> Counter[str]:
    now, site_id = desk.now(), desk.store.site_id
    found: Counter[str] = Counter()
    start = 0
    while keys := changed_by_time.watched(db, site_id, now, start, BATCH):
        for key, timeline in events.of_cases(db, site_id, keys).items():
            rules = desk.rules_in(db, events.policy_of(timeline))
            case = fold(site_id, key, timeline, rules)
            if case.received_at <= now:
                found.update(event.act for event in upcoming.pending(case, now, rules))
        start = keys[-1]
    return found
