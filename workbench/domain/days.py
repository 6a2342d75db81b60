"""Limits in days at the same clock time: working days of a calendar, or days of the plain calendar.

Working days: what starts outside the hours counts from the next opening; the due instant has the same time
of day on the last of the days, at its opening where it would lie before, at the closing before it where it
would lie after or in a break. One exactly at an opening or a closing stays. Calendar days know no hours:
the same time of day, so many dates later. A cut-off lets a late start count from a morning.
Source: the form in which cities publish their service targets; how edges are read is settled here.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from workbench.domain.calendars import Calendar, always, utc
from workbench.domain.times import at_local

# What a policy means by its days. A store keeps with each version the grammar that it was written under.
HOURS_ONLY = 1  # 5d are 120 hours of any calendar: so were the stores that did not keep it
GRAMMAR = 2  # 5d of an office are five working days

Kind = Literal["working", "calendar"]


class Cutoff(NamedTuple):
    """What starts after ``after`` of a working day counts from ``counts_from`` of the next one.

    So does what starts before that morning: in the night, or on a day without work.
    """

    after: time
    counts_from: time


class Days(Struct, frozen=True):
    """``count`` days of a kind, and ``seconds`` of the calendar's time besides.

    Attributes:
        day_seconds: How long a working day of the calendar is, at most; of the plain calendar, a day.
        written: As the policy has it: ``5d``, ``10cd``.
    """

    count: int
    kind: Kind
    day_seconds: int
    seconds: int = 0
    cutoff: Cutoff | None = None
    written: str = ""


Limit = int | Days  # seconds of the calendar's time, or days


def nominal(limit: Limit | None) -> int:
    """Return about how many seconds of its calendar a limit is, to put limits in order; 0 for none."""
    if isinstance(limit, Days):
        return limit.count * limit.day_seconds + limit.seconds
    return limit or 0


def counted_in(limit: Limit | None, calendar: Calendar) -> Calendar:
    """Return the calendar whose time passes for ``limit``: calendar days run around the clock."""
    plain = isinstance(limit, Days) and limit.kind == "calendar"
    return always(calendar.zone) if plain else calendar


def due(limit: Days, start: datetime, calendar: Calendar, *, ended: bool = False) -> datetime:
    """Return when ``limit`` that starts at ``start`` falls due (UTC).

    Args:
        limit: The days.
        start: An instant.
        calendar: Whose working days they are.
        ended: Whether ``start`` is the end of something, so that a closing belongs to its own day.

    Raises:
        UsageError: the calendar does not have so many days within a hundred years.
    """
    zone = ZoneInfo(calendar.zone)
    start = begun(limit, start, calendar)
    if limit.kind == "calendar":
        wall = start.astimezone(zone)
        at = at_local(wall.date() + timedelta(days=limit.count), wall.time(), zone)
    else:
        at = _working(limit.count, start, calendar, zone, ended=ended)
    return counted_in(limit, calendar).due(at, timedelta(seconds=limit.seconds))


def begun(limit: Limit | None, start: datetime, calendar: Calendar) -> datetime:
    """Return from when ``limit`` that starts at ``start`` is counted: its cut-off may lie before (UTC)."""
    start = utc(start)
    if not isinstance(limit, Days) or limit.cutoff is None:
        return start
    cutoff, zone = limit.cutoff, ZoneInfo(calendar.zone)
    wall = start.astimezone(zone)
    today = wall.date()
    if not calendar.worked(today) or wall.time() > cutoff.after:
        return at_local(calendar.worked_after(today, 1), cutoff.counts_from, zone)
    return max(start, at_local(today, cutoff.counts_from, zone))


def _working(count: int, start: datetime, calendar: Calendar, zone: ZoneInfo, *, ended: bool) -> datetime:
    first = _day_of(start, calendar, ended=ended)
    if first is None:
        start = calendar.next_open(start)
        first = _day_of(start, calendar, ended=False) or calendar.date_of(start)
    wall = start.astimezone(zone)
    last = calendar.worked_after(first, count)
    return _moved(at_local(last + (wall.date() - first), wall.time(), zone), last, calendar)


def _day_of(at: datetime, calendar: Calendar, *, ended: bool) -> date | None:
    """Return the working day to which an instant of work belongs: a night belongs to its evening."""
    today = calendar.date_of(at)
    for day in (today - timedelta(days=1), today):
        if any(start <= at < end or (ended and at == end) for start, end in calendar.day(day)):
            return day
    return None


def _moved(at: datetime, day: date, calendar: Calendar) -> datetime:
    """Return ``at`` moved into the hours of ``day``."""
    pieces = calendar.day(day)
    if any(start <= at <= end for start, end in pieces):
        return at
    return max((end for _start, end in pieces if end < at), default=pieces[0][0])
