"""The calendars of a policy file, checked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from msgspec.structs import replace

from workbench.domain.hours import WEEKDAYS
from workbench.domain.plans import Plan, faults
from workbench.toml.checks import Checker, Path
from workbench.words import N_

_KEYS = ("zone", "week", "holidays", "shifts", "breaks", "days", "make_up", "without", "known_until")


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
