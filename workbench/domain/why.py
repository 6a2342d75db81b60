"""A clock explained in steps that a person can add up."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from workbench.domain.calendars import Calendar
from workbench.domain.clocks import (
    Clock,
    allowance,
    base,
    counted,
    effective,
    paused_spans,
    point_at,
    remaining,
)
from workbench.domain.hours import Piece, without

Kind = Literal["work", "make-up", "left", "pause", "holiday", "break", "over", "frozen"]

COUNTED = frozenset({"work", "make-up", "left"})
LONG = 40  # lines that a person still reads
NAMES = 3


class Step(Struct, frozen=True):
    """One line of the sum. The ``seconds`` of the counted steps add up to the target.

    ``work`` and ``make-up`` (a dated shift) are time that was or will be counted, ``left`` is what a
    paused clock still has. Left out: ``pause`` and ``over`` (past the due instant) with the calendar time
    in them, ``holiday`` and ``break``, which would have been worked. ``frozen``: the due time that a stop
    froze, where today's calendar would give another.

    Attributes:
        note: Names from the calendar.
        pieces: How many working pieces were put together, to keep it short.
    """

    kind: Kind
    start_at: datetime
    end_at: datetime
    seconds: int
    note: str = ""
    pieces: int = 1

    @property
    def counted(self) -> bool:
        """Say whether the seconds belong to the sum."""
        return self.kind in COUNTED


class _Row(Struct, frozen=True):
    kind: Kind
    start_at: datetime
    end_at: datetime
    note: str = ""
    worked: timedelta = timedelta()
    pieces: int = 1


def steps(clock: Clock, now: datetime, calendar: Calendar) -> list[Step]:
    """Return how the due time of ``clock`` comes about, in order of time.

    The sum of the counted steps is the target, in seconds; a paused clock has no due time, and its last
    counted step is what it has left.
    """
    clock = effective(clock, now)
    due = point_at(clock, allowance(clock, calendar), calendar)
    left = remaining(clock, max(now, clock.paused_at or now), calendar)
    start, pauses = base(clock, calendar), list(paused_spans(clock, calendar))
    calendar = counted(clock, calendar)
    end = min(due, clock.paused_at or due)
    rows = _counted(start, end, pauses, calendar)
    if not calendar.always:
        rows += _closed(start, end, calendar)
    rows += [
        _Row("pause", since, until, worked=calendar.elapsed(since, until))
        for since, until in pauses
        if since < due
    ]
    rows += _last(clock, due, now, pauses, calendar, left)
    rows.sort(key=lambda row: row.start_at)
    return _rounded(_short(rows, calendar))


def _counted(start: datetime, end: datetime, pauses: list[Piece], calendar: Calendar) -> list[_Row]:
    rows = [
        _Row(kind, first, last, note, last - first)
        for kind, note, piece in _opened(start, end, calendar)
        for first, last in without([piece], pauses)
    ]
    return _join(rows, lambda one, other: one.end_at == other.start_at, pieces=False)


def _opened(start: datetime, end: datetime, calendar: Calendar) -> Iterator[tuple[Kind, str, Piece]]:
    if calendar.always:
        for piece in calendar.working(start, end):
            yield "work", "", piece
        return
    for day in _days(start, end, calendar):
        kind: Kind = "make-up" if day in calendar.shifts else "work"
        for first, last in calendar.day(day):
            first, last = max(first, start), min(last, end)  # a repeated hour is counted once
            if first < last:
                yield kind, calendar.shift_names.get(day, ""), (first, last)
                start = last


def _days(start: datetime, end: datetime, calendar: Calendar) -> Iterator[date]:
    """Yield the dates of [start, end], and the one before: its night may run on into the first."""
    day = calendar.date_of(start) - timedelta(days=1)
    while day <= calendar.date_of(end):
        yield day
        day += timedelta(days=1)


def _closed(start: datetime, end: datetime, calendar: Calendar) -> list[_Row]:
    rows = [
        _Row("break", max(first, start), min(last, end))
        for day in (_days(start, end, calendar) if calendar.breaks else ())
        for first, last in without(calendar.opening(day), calendar.day(day))
        if first < end and last > start
    ]
    for days in _closures(start, end, calendar):
        first = max(calendar.midnight(days[0]), start)
        last = min(calendar.midnight(days[-1] + timedelta(days=1)), end)
        if first < last:
            rows.append(_Row("holiday", first, last, _names(days, calendar)))
    return rows


def _closures(start: datetime, end: datetime, calendar: Calendar) -> Iterator[list[date]]:
    """Yield runs of holidays that cost working time; days without hours do not end a run."""
    run: list[date] = []
    for day in _days(start, end, calendar):
        if day in calendar.holidays:
            run.append(day)
        elif calendar.hours(day):
            if _costs(run, calendar):
                yield run
            run = []
    if _costs(run, calendar):
        yield run


def _costs(days: list[date], calendar: Calendar) -> bool:
    return any(calendar.week[day.weekday()] for day in days)


def _names(days: list[date], calendar: Calendar) -> str:
    names = list(dict.fromkeys(calendar.holidays[day] for day in days if calendar.holidays[day]))
    return "、".join(names[:NAMES]) + ("…" if len(names) > NAMES else "")


def _last(
    clock: Clock, due: datetime, now: datetime, pauses: list[Piece], calendar: Calendar, left: timedelta
) -> Iterator[_Row]:
    """Yield what comes after the counted pieces: an open pause, what is left, an overrun."""
    if clock.paused_at:
        until = max(now, clock.paused_at)
        yield _Row("pause", clock.paused_at, until, worked=calendar.elapsed(clock.paused_at, until))
        if due > clock.paused_at:
            yield _Row("left", until, until, worked=left)
    if clock.due_at and clock.due_at != due:
        yield _Row("frozen", clock.due_at, clock.due_at)
        due = clock.due_at
    end = clock.stopped_at or clock.paused_at or now
    if due < end:
        late = without(calendar.working(due, end), pauses)
        yield _Row("over", due, end, worked=sum((last - first for first, last in late), timedelta()))


def _short(rows: list[_Row], calendar: Calendar) -> list[_Row]:
    """Put working pieces of a week together where there are many, then all between two other steps."""

    def week(row: _Row) -> tuple[int, ...]:
        return calendar.date_of(row.start_at).isocalendar()[:2]

    if len(rows) > LONG:
        rows = _join(rows, lambda one, other: week(one) == week(other))
    if len(rows) > LONG:
        rows = _join(rows, lambda one, other: True)
    return rows


def _join(rows: list[_Row], fit: Callable[[_Row, _Row], bool], *, pieces: bool = True) -> list[_Row]:
    result: list[_Row] = []
    for row in rows:
        last = result[-1] if result else row
        same = last is not row and row.kind == last.kind and row.kind in COUNTED and row.note == last.note
        if same and fit(last, row):
            result[-1] = replace(
                last,
                end_at=row.end_at,
                worked=last.worked + row.worked,
                pieces=last.pieces + row.pieces if pieces else last.pieces,
            )
        else:
            result.append(row)
    return result


def _rounded(rows: list[_Row]) -> list[Step]:
    """Give whole seconds that still add up: the running sum is rounded, not its parts."""
    result, total, one = [], timedelta(), timedelta(seconds=1)
    for row in rows:
        before = total if row.kind in COUNTED else timedelta()
        after = before + row.worked
        seconds = after // one - before // one
        total = after if row.kind in COUNTED else total
        result.append(Step(row.kind, row.start_at, row.end_at, seconds, row.note, row.pieces))
    return result
