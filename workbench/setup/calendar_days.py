"""Editing calendars in the store: open cases follow at once, and each says on its timeline what moved.

Clocks that have stopped keep their due time and their verdict for ever (sla.md T29). A day of the public
list that should not count here is set to be worked, calendar by calendar (T34).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from storage import cases, clocks, events, settings
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.clocks import due_at
from workbench.domain.errors import UsageError
from workbench.domain.history import apply, fold
from workbench.domain.policies import Rules
from workbench.domain.rights import CALENDAR
from workbench.domain.text import door
from workbench.domain.times import stamp
from workbench.domain.upcoming import SYSTEM
from workbench.domain.values import nearest
from workbench.rules import writing
from workbench.setup.lists import ensure_may_set
from workbench.words import N_, Said

BATCH = 200
WARN_DAYS = 60  # before the end of the known holidays
YEARS = range(2000, 2101)


class Day(NamedTuple):
    """One day of a calendar: is it worked, and what it is called."""

    day: date
    works: bool
    name: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did: days that changed, and open cases whose due times moved."""

    days: int
    cases: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the holidays of a calendar are known, and how many clocks run on it and beyond."""

    calendar: str
    known_until: date | None
    running: int
    beyond: int
    warning: Said | None


def set_day(desk: Desk, calendar: str, day: date, works: bool, name: str = "") -> Edited:
    """Say whether ``day`` is worked in ``calendar``; due times of open cases move with it.

    Raises:
        UsageError: no policy of the store has such a calendar, or the year is out of range.
        RefusedError: the person's role does not allow it.
        StoreError: the store cannot serve; nothing was changed.
    """
    return _edit(desk, calendar, [Day(day, works, door(name).strip())])


def import_days(desk: Desk, calendar: str, file: Path) -> Edited:
    """Take the days of a holiday-cn list (JSON) into ``calendar``, all in one transaction.

    Raises:
        UsageError: the file is not such a list, or there is no such calendar.
        RefusedError: the person's role does not allow it.
        StoreError: the store cannot serve; nothing was changed.
    """
    from workbench.setup.holiday_list import read  # json and its checks, only where used

    return _edit(desk, calendar, [Day(*each) for each in read(file)])


def _edit(desk: Desk, calendar: str, days: Iterable[Day]) -> Edited:
    wanted = {each.day: each for each in days}
    for day in wanted:
        if day.year not in YEARS:
            raise UsageError(
                N_("{date} lies outside the years {first} to {last}."),
                option="--day", date=day.isoformat(), first=YEARS[0], last=YEARS[-1],
            )  # fmt: skip
    return writing.write(desk, lambda db: _write_edit(desk, db, calendar, wanted))


def _write_edit(desk: Desk, db: Db, calendar: str, wanted: Mapping[date, Day]) -> Edited:
    ensure_may_set(desk, db, CALENDAR)
    site_id, now = desk.store.site_id, desk.now()
    old = {version: desk.rules_in(db, version) for version, *_ in settings.policies(db, site_id)}
    _ensure_known(calendar, old.values())
    stored = settings.calendar_days(db, site_id).get(calendar, {})
    new = [day for day in wanted.values() if stored.get(day.day) != (day.works, day.name)]
    for day, works, name in new:
        settings.set_calendar_day(db, site_id, calendar, day, works, name, now, desk.person)
    if not new:
        return Edited(0, 0)
    settings.rules_changed(db, site_id)
    moved = 0
    keys = clocks.running(db, site_id, calendar)
    for start in range(0, len(keys), BATCH):
        moved += _recalculate(desk, db, calendar, old, keys[start : start + BATCH])
    return Edited(len(new), moved)


def _ensure_known(calendar: str, rules: Iterable[Rules]) -> None:
    known = sorted({name for each in rules for name in each.calendars})
    if calendar not in known:
        near = nearest(calendar, known)
        guess = N_("There is no calendar {name}; did you mean {near}?")
        template = guess if near else N_("There is no calendar {name}; there are: {known}.")
        raise UsageError(template, option="--calendar", name=calendar, near=near, known=" ".join(known))


def _recalculate(desk: Desk, db: Db, calendar: str, old: Mapping[int, Rules], keys: list[int]) -> int:
    """Store the cases as the calendars are now; return how many got an entry about it."""
    moved = 0
    for key, timeline in events.of_cases(db, desk.store.site_id, keys).items():
        version = events.policy_of(timeline)
        rules = desk.rules_in(db, version)
        case = fold(desk.store.site_id, key, timeline, rules)
        before, after = dues(case, old[version]), dues(case, rules)
        changed = {name: [due, after[name]] for name, due in before.items() if after[name] != due}
        new = []
        if changed and case.live:
            at = max(desk.now(), case.last_at or desk.now())
            data = {"calendar": calendar, "dues": changed, "edited_by": desk.person}
            new = [Event(case.version + 1, at, SYSTEM, acts.RECALCULATE.id, data)]
            case = apply(case, new[0], rules)
        cases.rewrite(db, case, new, rules)
        moved += len(new)
    return moved


def dues(case: Case, rules: Rules) -> dict[str, str]:
    """Return the due times (UTC text) of the clocks of ``case`` that run, by clock."""
    running = [clock for clock in case.clocks if not clock.stopped_at]
    found = ((clock.id, due_at(clock, rules.calendars[clock.calendar])) for clock in running)
    return {name: stamp(due) for name, due in found if due}


def calendar_report(desk: Desk, db: Db | None = None) -> list[Reach]:
    """Return how far each calendar that clocks of this store use is known, with a warning in time.

    It warns 60 days before the known holidays end, and names the clocks that fall due beyond them.
    """
    if db is None:
        with desk.store.reading() as lent:
            return calendar_report(desk, lent)
    found: dict[str, Reach] = {}
    for version, *_ in sorted(settings.policies(db, desk.store.site_id), reverse=True):
        rules = desk.rules_in(db, version)
        for name in sorted({clock.calendar for clock in rules.policy.clocks.values()} - found.keys()):
            found[name] = _reach(desk, db, rules, name)
    return [found[name] for name in sorted(found)]


def _reach(desk: Desk, db: Db, rules: Rules, name: str) -> Reach:
    calendar = rules.calendars[name]
    until = calendar.known_until
    if until is None:
        return Reach(name, None, 0, 0, None)
    end = calendar.midnight(until + timedelta(days=1))
    running, beyond = clocks.beyond(db, desk.store.site_id, name, end)
    left = (until - calendar.date_of(desk.now())).days
    return Reach(name, until, running, beyond, _warning(name, until, left, beyond))


def _warning(name: str, until: date, left: int, beyond: int) -> Said | None:
    """Return what to say about the end of the known holidays, the gravest first."""
    if beyond:
        template = N_(
            "Calendar {name}: {n} running clocks fall due after {date}, where its holidays end;"
            " they may move. Import the next list now."
        )
    elif left < 0:
        template = N_(
            "Calendar {name}: its holidays ended on {date}; plain weeks are counted."
            " Import the next list now."
        )
    elif left <= WARN_DAYS:
        template = N_(
            "Calendar {name}: its holidays are known until {date} only ({days} days); import the next list."
        )
    else:
        return None
    return Said(template, name=name, n=beyond, date=until.isoformat(), days=left)
