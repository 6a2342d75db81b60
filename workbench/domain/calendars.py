"""Working calendars: when time counts, in the zone of the calendar.

A working interval belongs to the date on which it starts: a night that starts on a working day runs on
into a holiday, one that would start on a holiday is not worked. A dated shift replaces the week's hours
of its date (Chinese make-up days). A break closes the instants that it names, whatever was open.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from workbench.domain.errors import UsageError
from workbench.domain.hours import DAY, Interval, Piece, instant, pieces, without
from workbench.domain.spans import ZERO, Spans
from workbench.words import N_, Said

Week = tuple[tuple[Interval, ...], ...]  # seven days, Monday first

ROUND_THE_CLOCK: Week = (((0, DAY),),) * 7
LONGEST = timedelta(days=36524)  # a century: no target or closure is longer, and a search has an end


def utc(at: datetime) -> datetime:
    """Return the same instant in UTC.

    Raises:
        ValueError: ``at`` has no zone, which is a bug of the caller.
    """
    if at.tzinfo is UTC:
        return at
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(UTC)


class _Reckoned(NamedTuple):
    """What follows from how a calendar is written, and what was asked of it; ``worked`` by year."""

    week_total: timedelta
    roster_end: date | None
    spans: Spans
    worked: dict[int, list[date]]
    tz: ZoneInfo
    points: dict[tuple[Any, ...], datetime]


class Calendar(Struct, frozen=True, dict=True):
    """When time counts. Build one from written hours with ``plans.calendar``.

    Attributes:
        zone: Name of the zone in which the hours are meant.
        week: Intervals of the seven days, Monday first, in minutes since midnight.
        holidays: Dates on which no interval starts, with their names.
        shifts: Dates with hours of their own, which replace those of the week.
        breaks: Partial closures by date.
        shift_names: Why a dated shift is worked, where that has a name.
        known_until: The last date for which holidays are known; None if they do not matter.

    A calendar of dated shifts only is a roster: after its last date every hour counts, until a longer one
    is known, so that what is received then has a due time all the same.

    Raises:
        UsageError: nothing has any working time, so that nothing would ever fall due.
    """

    id: str
    zone: str
    week: Week
    holidays: Mapping[date, str] = field(default_factory=dict)
    shifts: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)
    breaks: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)
    shift_names: Mapping[date, str] = field(default_factory=dict)
    known_until: date | None = None

    def __post_init__(self) -> None:
        if not any(self.week) and not any(self.shifts.values()):
            raise UsageError(
                N_("calendar {calendar} has no working time; nothing would ever fall due."),
                calendar=self.id,
            )

    @cached_property
    def always(self) -> bool:
        """Whether every hour of every day counts."""
        return self.week == ROUND_THE_CLOCK and not (self.holidays or self.shifts or self.breaks)

    @cached_property
    def _own(self) -> _Reckoned:
        minutes = sum(end - start for day in self.week for start, end in day) or 7 * DAY
        end = None if any(self.week) else max(day for day, hours in self.shifts.items() if hours)
        return _Reckoned(timedelta(minutes=minutes), end, Spans(self.day), {}, ZoneInfo(self.zone), {})

    @property
    def longest_day(self) -> int:
        """The seconds of the longest day that the calendar gives."""
        days = (*self.week, *self.shifts.values())
        return 60 * max(sum(end - start for start, end in day) for day in days)

    def hours(self, day: date) -> tuple[Interval, ...]:
        """Return the intervals that start on ``day``, before breaks."""
        if self._own.roster_end and day > self._own.roster_end:
            return ROUND_THE_CLOCK[0]
        return self.written(day)

    def written(self, day: date) -> tuple[Interval, ...]:
        """Return the intervals of ``day`` as they are written; nothing after the end of a roster."""
        if day in self.shifts:
            return self.shifts[day]
        return () if day in self.holidays else self.week[day.weekday()]

    def day(self, day: date) -> list[Piece]:
        """Return the working pieces that start on ``day``, in UTC."""
        found = self.opening(day)
        return without(found, _closures(self, day)) if self.breaks and found else found

    def opening(self, day: date) -> list[Piece]:
        """Return the pieces that start on ``day``, in UTC, before breaks."""
        return pieces(day, self.hours(day), self._own.tz)

    def worked(self, day: date) -> bool:
        """Say whether ``day`` is a working day: work starts on it."""
        return day in self._worked_in(day.year)

    def worked_after(self, day: date, count: int) -> date:
        """Return the working day that is ``count`` working days after ``day``; ``day`` itself for none.

        Raises:
            UsageError: there are not so many within a hundred years.
        """
        if not count:
            return day
        found = self._worked_in(day.year)
        at, year = bisect_right(found, day) + count - 1, day.year
        while at >= len(found):
            at, year = at - len(found), year + 1
            if year - day.year > LONGEST.days // 366:
                raise UsageError(
                    N_("{days} working days are more than calendar {calendar} gives in a hundred years."),
                    days=count, calendar=self.id,
                )  # fmt: skip
            found = self._worked_in(year)
        return found[at]

    def _worked_in(self, year: int) -> list[date]:
        if year not in self._own.worked:
            days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
            self._own.worked[year] = [day for day in days if day.year == year and self.day(day)]
        return self._own.worked[year]

    def date_of(self, at: datetime) -> date:
        """Return the date of an instant in the calendar's zone."""
        return at.astimezone(self._own.tz).date()

    def midnight(self, day: date) -> datetime:
        """Return the instant at which ``day`` begins in the calendar's zone."""
        return instant(day, 0, self._own.tz, last=False)

    def working(self, start: datetime, end: datetime) -> Iterator[Piece]:
        """Yield the working pieces of [start, end) in UTC; pieces that touch are one."""
        start, end = utc(start), utc(end)
        if start >= end:
            return iter(())
        return iter([(start, end)]) if self.always else self._own.spans.between(start, end)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time in [start, end); none if ``end`` comes first."""
        start, end = utc(start), utc(end)
        if start >= end:
            return ZERO
        return end - start if self.always else self._own.spans.elapsed(start, end)

    def due(self, start: datetime, amount: timedelta) -> datetime:
        """Return the first instant at which ``amount`` of working time since ``start`` is used up.

        That is a closing rather than the next opening, and ``start`` itself for nothing.

        Raises:
            UsageError: it is not used up within a hundred years.
        """
        start = utc(start)
        if amount <= ZERO:
            return start
        try:
            return start + amount if self.always else self._searched(start, amount)
        except OverflowError:
            raise self._never(amount) from None

    def next_open(self, at: datetime) -> datetime:
        """Return ``at`` where it is working time, else the next opening: when a reminder may go out."""
        instant_of_work = timedelta.resolution
        return self.due(at, instant_of_work) - instant_of_work

    def _searched(self, start: datetime, amount: timedelta) -> datetime:
        """Look as far as ordinary weeks need, then further: dated closures come to an end."""
        ahead = timedelta(weeks=amount // self._own.week_total + 1)
        if ahead > LONGEST:
            raise self._never(amount)
        while not (found := self._own.spans.reached(start, amount, start + ahead)):
            if ahead == LONGEST:
                raise self._never(amount)
            ahead = min(ahead * 2, LONGEST)
        return found

    def _never(self, amount: timedelta) -> UsageError:
        return UsageError(
            N_("{hours} working hours are more than calendar {calendar} gives in a hundred years."),
            hours=amount // timedelta(hours=1),
            calendar=self.id,
        )

    def doubt(self, at: datetime) -> Said | None:
        """Say that ``at`` lies beyond the known holidays, or None; whoever shows a due time shows this.

        Beyond them the plain week counts, so the due time may still move when they are published.
        """
        day = self.date_of(at)
        if self._own.roster_end and day > self._own.roster_end:
            return Said(
                N_("The roster ends on {date}: after it every hour is counted, this time may move."),
                date=self._own.roster_end.isoformat(),
            )
        if self.known_until is None or day <= self.known_until:
            return None
        return Said(
            N_("Holidays after {date} are not known yet: plain weeks are counted, this time may move."),
            date=self.known_until.isoformat(),
        )


def points(calendar: Calendar) -> dict[tuple[Any, ...], datetime]:
    """Return what ``clocks.point_at`` has reckoned by a calendar, by all that it depends on besides."""
    return calendar._own.points


@cache
def always(zone: str = "UTC") -> Calendar:
    """Return the calendar on which all time counts; its id is ``always``."""
    return Calendar("always", zone, ROUND_THE_CLOCK)


def _closures(calendar: Calendar, day: date) -> list[Piece]:
    """Return the breaks that can touch what starts on ``day``: it may run on into the next date."""
    near = [day + timedelta(days=offset) for offset in (-1, 0, 1)]
    tz = calendar._own.tz
    return [piece for each in near for piece in pieces(each, calendar.breaks.get(each, ()), tz)]
