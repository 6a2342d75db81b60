"""Wall-clock hours of a day, and the instants that they mean in a zone.

An interval is two numbers of minutes since midnight, the end after the start; an end after 24:00 runs on
into the next date. Intervals are half-open: the end is no longer working time.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from workbench.domain.errors import UsageError
from workbench.domain.regexes import later
from workbench.words import N_

Interval = tuple[int, int]
Piece = tuple[datetime, datetime]

DAY = 24 * 60
NO_OFFSET = timedelta()
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PATTERN = later(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")


def interval(text: str) -> Interval:
    """Read ``09:00-12:00``. 24:00 is a legal end; an end before the start is on the next date.

    Raises:
        UsageError: not two times of day, or no time between them.
    """
    found = _PATTERN.fullmatch(text)
    if found:
        hour, minute, end_hour, end_minute = map(int, found.groups())
        start, end = hour * 60 + minute, end_hour * 60 + end_minute
        if minute < 60 and end_minute < 60 and start < DAY and end <= DAY and start != end:
            return start, end if end > start else end + DAY
    raise UsageError(N_("{hours} are not hours; write them like 09:00-12:00 or 20:00-24:00."), hours=text)


def shown(hours: Interval) -> str:
    """Return the interval as it is written."""
    start, end = hours
    end = end if end <= DAY else end - DAY
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def instant(day: date, minute: int, zone: ZoneInfo, *, last: bool) -> datetime:
    """Return the UTC instant of a wall-clock edge.

    In a gap (clocks put forward) it is the first instant that exists; where the hour is repeated it is
    the second one if ``last``, else the first.
    """
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    first = zone.utcoffset(wall) or NO_OFFSET
    second = zone.utcoffset(wall.replace(fold=1)) or NO_OFFSET
    if first < second:
        return _first_after_gap(wall - second, wall - first, zone)
    return (wall - (second if last else first)).replace(tzinfo=UTC)


def _first_after_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant (UTC, whole seconds) after ``before`` that has the offset of ``after``."""
    start, end = before.replace(tzinfo=UTC), after.replace(tzinfo=UTC)
    new = end.astimezone(zone).utcoffset()
    low, high = 0, round((end - start).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (start + timedelta(seconds=middle)).astimezone(zone).utcoffset() == new:
            high = middle
        else:
            low = middle
    return start + timedelta(seconds=high)


def pieces(day: date, hours: Iterable[Interval], zone: ZoneInfo) -> list[Piece]:
    """Return the intervals of a date as UTC instants; one that a gap swallows is left out."""
    found = (
        (instant(day, start, zone, last=False), instant(day, end, zone, last=True)) for start, end in hours
    )
    return [(start, end) for start, end in found if start < end]


def joined(spans: Iterable[Piece]) -> list[Piece]:
    """Return the spans in order; those that touch or overlap become one."""
    result: list[Piece] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def without(spans: Iterable[Piece], holes: Iterable[Piece]) -> list[Piece]:
    """Return ``spans`` with every instant of ``holes`` cut out."""
    left = list(spans)
    for hole_start, hole_end in holes:
        cut = [(start, min(end, hole_start)) for start, end in left]
        cut += [(max(start, hole_end), end) for start, end in left]
        left = sorted((start, end) for start, end in cut if start < end)
    return left
