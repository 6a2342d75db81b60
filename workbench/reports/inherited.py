"""Clocks that had run out before the person who holds a case now took it over: they are booked on others."""

from collections.abc import Iterator

from storage import inbox as stored
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import clocks
from workbench.domain.cases import Case
from workbench.domain.clocks import Clock
from workbench.domain.policies import Rules
from workbench.reports import queue_now


def late(case: Case, person: str, rules: Rules) -> tuple[Clock, ...]:
    """Return the running clocks that fell due before ``person``, who holds ``case``, took it over."""
    if case.handler != person or not case.held:
        return ()
    since = case.held[-1][0]
    dues = ((clock, clocks.due_at(clock, rules.calendars[clock.calendar])) for clock in case.clocks)
    return tuple(clock for clock, due in dues if not clock.stopped_at and due and due < since)


def of_person(desk: Desk, db: Db) -> Iterator[tuple[Case, Clock]]:
    """Yield every such clock of the cases that the person at the desk holds, the most urgent case first."""
    now = desk.now()
    keys = stored.held_late(db, desk.store.site_id, desk.person, now)
    for case in queue_now.of(desk, db, keys, now):
        for clock in late(case, desk.person, desk.rules_in(db, case.policy)):
            yield case, clock
