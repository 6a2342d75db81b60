"""The calendars of a policy: checked when the file is read, built when they are first asked for.

Building is put off because the public days of China take longer to load than a shell verb has.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from workbench.domain.calendars import Calendar
from workbench.domain.china import NATIONAL_DAY_MONTH
from workbench.domain.hours import WEEKDAYS
from workbench.domain.plans import Plan, calendar, faults
from workbench.domain.policies import Policy
from workbench.toml.checks import Checker, Path
from workbench.words import N_

Days = Mapping[str, Mapping[date, tuple[bool, str]]]  # calendar, date, (is it worked, what it is called)

_KEYS = ("zone", "week", "holidays", "shifts", "breaks", "days", "make_up", "without", "known_until")


class Calendars(Mapping[str, Calendar]):
    """Calendars by id. ``make_up`` is the weekday (Monday is 0) whose hours a make-up day has."""

    def __init__(self, makers: Mapping[str, Callable[[], Calendar]], make_up: Mapping[str, int]) -> None:
        self._makers = makers
        self._built: dict[str, Calendar] = {}
        self.make_up = make_up

    def __getitem__(self, calendar_id: str) -> Calendar:
        if calendar_id not in self._built:
            self._built[calendar_id] = self._makers[calendar_id]()
        return self._built[calendar_id]

    def __contains__(self, calendar_id: object) -> bool:
        return calendar_id in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def of_plans(plans: Mapping[str, Plan]) -> Calendars:
    """Return the calendars that ``plans`` describe; what a plan says of a date wins over the public list."""
    makers = {
        name: partial(calendar, name, replace(plan, without=(*plan.without, *plan.holidays, *plan.shifts)))
        for name, plan in plans.items()
    }
    return Calendars(makers, {name: WEEKDAYS.index(plan.make_up) for name, plan in plans.items()})


def with_days(policy: Policy, days: Days) -> Calendars:
    """Return the calendars of ``policy`` with the days that a store knows besides; calendars that the
    policy does not have are passed over.

    A day that is worked is no holiday, and gets the hours of a make-up day if its weekday has none. A day
    that is not worked is a holiday, whatever the file gave it (sla.md T34).
    """
    given = policy.calendars
    make_up = given.make_up if isinstance(given, Calendars) else {}
    makers = {
        name: partial(_with_days, given, name, make_up.get(name, 0), days.get(name, {})) for name in given
    }
    return Calendars(makers, make_up)


def _with_days(
    given: Mapping[str, Calendar], name: str, make_up: int, days: Mapping[date, tuple[bool, str]]
) -> Calendar:
    found = given[name]
    if not days:
        return found
    hours = found.week[make_up] or next(filter(None, (*found.week, *reversed(tuple(found.shifts.values())))))
    holidays, shifts, names = dict(found.holidays), dict(found.shifts), dict(found.shift_names)
    for day, (works, called) in days.items():
        if not works:
            shifts.pop(day, None)
            names.pop(day, None)
            holidays[day] = called
            continue
        holidays.pop(day, None)
        if not found.week[day.weekday()] and day not in shifts:
            shifts[day] = hours
            names[day] = called
    reach = _reach(found.known_until, holidays)
    return replace(found, holidays=holidays, shifts=shifts, shift_names=names, known_until=reach)


def _reach(known_until: date | None, holidays: Mapping[date, str]) -> date | None:
    """Return the last date that the holidays speak for: a year is known once it has a National Day."""
    if known_until is None:
        return None
    known = {day.year for day in holidays if day.month == NATIONAL_DAY_MONTH}
    year = known_until.year
    while year + 1 in known:
        year += 1
    return max(known_until, date(year, 12, 31)) if year > known_until.year else known_until


def read_zone(check: Checker, path: Path, value: object) -> str:
    """Return the name of a zone that exists."""
    name = check.text(path, value)
    try:
        ZoneInfo(name or "UTC")
    except (KeyError, OSError, ValueError):  # not known; a folder of zones; a path
        none = N_("there is no time zone {word}; write one like Asia/Shanghai.")
        guess = N_("there is no time zone {word}; did you mean {near}?")
        check.unknown(path, name, available_timezones(), none, guess)
    return name


def read_calendars(check: Checker, given: Mapping[str, Any]) -> dict[str, Plan]:
    """Return the plans of the ``[calendars]`` tables, by id."""
    return {key: _plan(check, ("calendars", key), value) for key, value in given.items()}


def _plan(check: Checker, path: Path, value: object) -> Plan:
    before = len(check.found)
    rostered = isinstance(value, dict) and "shifts" in value
    table = check.table(path, value, _KEYS, ("zone",) if rostered else ("zone", "week"))
    places: dict[str, Path] = {}
    until = check.day((*path, "known_until"), table["known_until"]) if "known_until" in table else None
    make_up = check.one_of((*path, "make_up"), table.get("make_up", WEEKDAYS[0]), WEEKDAYS)
    plan = Plan(
        zone=read_zone(check, (*path, "zone"), table.get("zone", "UTC")),
        week=_week(check, (*path, "week"), table.get("week", {})),
        holidays=_holidays(check, (*path, "holidays"), table.get("holidays", []), places),
        shifts=_by_date(check, (*path, "shifts"), table.get("shifts", []), places),
        breaks=_by_date(check, (*path, "breaks"), table.get("breaks", []), places),
        days=check.one_of((*path, "days"), table["days"], ("china",)) if "days" in table else "",
        make_up=make_up if make_up in WEEKDAYS else WEEKDAYS[0],
        without=_days(check, (*path, "without"), table.get("without", [])),
        known_until=until.isoformat() if until else None,
    )
    good = len(check.found) == before
    for where, said in faults(str(path[-1]), replace(plan, days="")):
        if good or where not in ("zone", "week"):  # which would follow from what has been told already
            place = places.get(where, (*path, *where.split(".", 1)))
            check.fault(place, said.template, **said.values)
    return plan


def _week(check: Checker, path: Path, value: object) -> dict[str, Sequence[str]]:
    table = check.table(path, value, WEEKDAYS)
    return {day: _texts(check, (*path, day), table[day]) for day in WEEKDAYS if day in table}


def _texts(check: Checker, path: Path, value: object) -> tuple[str, ...]:
    texts = (check.text(place, item) for place, item in check.items(path, value))
    return tuple(filter(None, texts))


def _days(check: Checker, path: Path, value: object) -> tuple[str, ...]:
    days = (check.day(place, item) for place, item in check.items(path, value))
    return tuple(day.isoformat() for day in days if day)


def _holidays(check: Checker, path: Path, value: object, places: dict[str, Path]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, day, table in _entries(check, path, value, "name", places):
        found[day] = check.text((*place, "name"), table.get("name", "-"))
    return found


def _by_date(check: Checker, path: Path, value: object, places: dict[str, Path]) -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for place, day, table in _entries(check, path, value, "hours", places):
        found[day] = _texts(check, (*place, "hours"), table.get("hours", []))
    return found


def _entries(
    check: Checker, path: Path, value: object, what: str, places: dict[str, Path]
) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    """Yield (place, date, table) of a list of dated tables, and note the place of each date."""
    for place, item in check.items(path, value):
        table = check.table(place, item, ("date", what), ("date", what))
        day = check.day((*place, "date"), table["date"]) if "date" in table else None
        if day is None:
            continue
        where = f"{path[-1]}.{day}"
        if where in places:
            check.fault(place, N_("{word} stands here twice."), word=day)
        places[where] = place
        yield place, day.isoformat(), table
