"""Clocks that had run out before the person who holds a case now took it over: they are booked on others."""

from storage import inbox as stored
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import clocks
from workbench.domain.cases import Case
from workbench.domain.clocks import Clock
from workbench.domain.policies import Rules
from workbench.reports import queue_now

MOST = 60  # cases that are read at once: more than a screen shows


def late(case: Case, person: str, rules: Rules) -> tuple[Clock, ...]:
    """Return the running clocks that fell due before ``person``, who holds ``case``, took it over."""
    if case.handler != person or not case.held:
        return ()
    since = case.held[-1][0]
    dues = ((clock, clocks.due_at(clock, rules.calendars[clock.calendar])) for clock in case.clocks)
    return tuple(clock for clock, due in dues if not clock.stopped_at and due and due < since)


def of_person(desk: Desk, db: Db) -> tuple[list[tuple[Case, Clock]], int]:
    """Return such clocks of the late cases that the person at the desk holds, the most urgent case first.

    No more than ``MOST`` cases are looked through; how many more are late is returned beside.
    """
    now = desk.now()
    keys = stored.held_late(db, desk.store.site_id, desk.person, now)
    cases = queue_now.of(desk, db, keys[:MOST], now)
    found = [
        (case, clock) for case in cases for clock in late(case, desk.person, desk.rules_in(db, case.policy))
    ]
    return found, max(len(keys) - MOST, 0)
