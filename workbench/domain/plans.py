"""A calendar as people write it, and every fault in what they wrote, all at once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from workbench.domain.calendars import Calendar
from workbench.domain.china import PublicDays, china
from workbench.domain.errors import UsageError
from workbench.domain.hours import DAY, WEEKDAYS, Interval, interval, shown
from workbench.words import N_, Said


class Fault(NamedTuple):
    """What is wrong, and where in the plan: ``week.mon``, ``shifts.2026-02-14``."""

    where: str
    said: Said


class Plan(Struct, frozen=True):
    """The hours of a calendar as text: ``09:00-12:00``, dates ``2026-02-14``, weekdays ``mon`` to ``sun``.

    Attributes:
        days: ``china`` adds the public holidays and make-up days of China.
        make_up: The weekday whose hours a make-up day has.
        without: Public days that do not count here, neither as holiday nor as make-up day.
        known_until: Last date of the holidays written here; China's own where ``days`` adds those.
    """

    zone: str
    week: Mapping[str, Sequence[str]]
    holidays: Mapping[str, str] = field(default_factory=dict)
    shifts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    breaks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    days: str = ""
    make_up: str = "mon"
    without: Sequence[str] = ()
    known_until: str | None = None


def calendar(name: str, plan: Plan) -> Calendar:
    """Return the calendar of a plan.

    Raises:
        UsageError: the first of ``faults``.
    """
    found, wrong = _Reader().read(name, plan)
    if found is None or wrong:
        said = wrong[0].said
        raise UsageError(said.template, option=f"calendars.{name}.{wrong[0].where}", **said.values)
    return found


def faults(name: str, plan: Plan) -> list[Fault]:
    """Return everything that is wrong with a plan; nothing if it can be worked by."""
    return _Reader().read(name, plan)[1]


class _Reader:
    """Reads a plan and goes on after a fault."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, name: str, plan: Plan) -> tuple[Calendar | None, list[Fault]]:
        self.check_names(plan)
        week = tuple(self.hours(f"week.{day}", plan.week.get(day, ())) for day in WEEKDAYS)
        holidays = self.dated("holidays", plan.holidays)
        shifts = self.opened("shifts", plan.shifts)
        breaks = self.opened("breaks", plan.breaks)
        known_until = self.day("known_until", plan.known_until) if plan.known_until else None
        names: dict[date, str] = {}
        if plan.days == "china" and plan.make_up in WEEKDAYS:
            public = self.public(plan)
            known_until = public.known_until
            holidays = {**public.holidays, **holidays}
            hours = week[WEEKDAYS.index(plan.make_up)]
            names = {day: text for day, text in public.make_up.items() if day not in shifts}
            shifts = {**dict.fromkeys(names, hours), **shifts}
        for day in sorted(holidays.keys() & shifts.keys()):
            self.fault(f"shifts.{day}", N_("{date} is a holiday and has hours too."), date=day.isoformat())
        try:
            zone = plan.zone if self.zone_known(plan.zone) else "UTC"
            found = Calendar(name, zone, week, holidays, shifts, breaks, names, known_until)
        except UsageError as why:
            if not any(where.startswith("week.") for where, _ in self.faults):
                self.faults.append(Fault("week", why.said))
            return None, self.faults
        self.faults += [Fault(where, said) for where, said in _nights_that_overlap(found)]
        return found, self.faults

    def zone_known(self, zone: str) -> bool:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            self.fault("zone", N_("{zone} is not a time zone; write one like Asia/Shanghai."), zone=zone)
            return False
        return True

    def fault(self, where: str, template: str, **values: object) -> None:
        self.faults.append(Fault(where, Said(template, **values)))

    def check_names(self, plan: Plan) -> None:
        for day in plan.week:
            if day not in WEEKDAYS:
                self.fault(f"week.{day}", N_("{day} is not a weekday: mon tue wed thu fri sat sun."), day=day)
        if plan.days not in ("", "china"):
            self.fault("days", N_("{days} is not a known list of days; only china is."), days=plan.days)
        if plan.make_up not in WEEKDAYS:
            self.fault(
                "make_up", N_("{day} is not a weekday: mon tue wed thu fri sat sun."), day=plan.make_up
            )

    def public(self, plan: Plan) -> PublicDays:
        left_out = {self.day("without", text) for text in plan.without}
        public = china()
        return PublicDays(
            {day: name for day, name in public.holidays.items() if day not in left_out},
            {day: name for day, name in public.make_up.items() if day not in left_out},
            public.known_until,
        )

    def dated(self, where: str, written: Mapping[str, str]) -> dict[date, str]:
        days = ((self.day(f"{where}.{text}", text), name) for text, name in written.items())
        return {day: name for day, name in days if day}

    def opened(self, where: str, written: Mapping[str, Sequence[str]]) -> dict[date, tuple[Interval, ...]]:
        days = (
            (self.day(f"{where}.{text}", text), self.hours(f"{where}.{text}", hours))
            for text, hours in written.items()
        )
        return {day: hours for day, hours in days if day}

    def day(self, where: str, text: str) -> date | None:
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.isoformat() != text:
            self.fault(where, N_("{date} is not a date; write it like 2026-02-14."), date=text)
            return None
        return found

    def hours(self, where: str, texts: Sequence[str]) -> tuple[Interval, ...]:
        found: list[Interval] = []
        for text in texts:
            try:
                found.append(interval(text))
            except UsageError as why:
                self.faults.append(Fault(where, why.said))
        found.sort()
        for one, other in pairwise(found):
            if other[0] < one[1]:
                self.fault(where, OVERLAP, one=shown(one), other=shown(other))
        return tuple(found)


OVERLAP = N_("{one} and {other} overlap.")


def _nights_that_overlap(calendar: Calendar) -> Iterator[tuple[str, Said]]:
    """Yield the hours that run over midnight into hours of the next date."""
    for index, name in enumerate(WEEKDAYS):
        yield from _overlap(f"week.{name}", calendar.week[index], calendar.week[(index + 1) % 7])
    for day in sorted(calendar.shifts):
        before, after = day - timedelta(days=1), day + timedelta(days=1)
        where = f"shifts.{day}"
        if before not in calendar.shifts:
            yield from _overlap(where, calendar.written(before), calendar.shifts[day])
        yield from _overlap(where, calendar.shifts[day], calendar.written(after))


def _overlap(
    where: str, hours: tuple[Interval, ...], next_hours: tuple[Interval, ...]
) -> Iterator[tuple[str, Said]]:
    if hours and next_hours and hours[-1][1] - DAY > next_hours[0][0]:
        yield where, Said(OVERLAP, one=shown(hours[-1]), other=shown(next_hours[0]))
