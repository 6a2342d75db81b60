"""The calendars of a policy as a store has them: built when they are first asked for.

Building is put off because the public days of China take longer to load than a shell verb has.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from msgspec.structs import replace

from workbench.domain.calendars import Calendar
from workbench.domain.china import NATIONAL_DAY_MONTH
from workbench.domain.hours import WEEKDAYS
from workbench.domain.plans import Plan, calendar
from workbench.domain.policies import Policy

Days = Mapping[str, Mapping[date, tuple[bool, str]]]  # calendar, date, (is it worked, what it is called)


class Calendars(Mapping[str, Calendar]):
    """Calendars by id. ``make_up`` is the weekday (Monday is 0) whose hours a make-up day has.

    ``plans`` are those that they were written as, where no store has added days.
    """

    def __init__(
        self,
        makers: Mapping[str, Callable[[], Calendar]],
        make_up: Mapping[str, int],
        plans: Mapping[str, Plan] | None = None,
    ) -> None:
        self._makers = makers
        self.plans = plans or {}
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
    return Calendars(makers, {name: WEEKDAYS.index(plan.make_up) for name, plan in plans.items()}, plans)


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
