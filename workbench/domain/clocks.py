"""Clocks: a target that runs on a case, derived from its instants and never accumulated.

All instants are UTC. A clock that runs has no stored due time: it is computed from the calendar each
time, so that nothing drifts. A clock that has stopped keeps its due time and its verdict for ever.
Functions that change a clock return a new one, and return the same clock where there is nothing to
change: whatever has stopped stays as it is.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from workbench.domain import days
from workbench.domain.calendars import Calendar, points, utc
from workbench.domain.days import Days, Limit

State = Literal["running", "paused", "met", "missed"]
RegradeRule = Literal["retroactive", "forward"]
ReopenRule = Literal["continue", "restart"]


MOST_POINTS = 512  # kept by a calendar: row, ladder and sums of a case ask for the same, entry by entry


class Clock(Struct, frozen=True):
    """One cycle of one clock of a case. It has a target or, where it was imported, a fixed due time.

    A target in days is resolved to an instant each time; what of it is used up is counted in the calendar's
    time until then, as for a due time that was imported.
    """

    id: str
    cycle: int
    calendar: str
    started_at: datetime
    target_seconds: Limit | None = None
    fixed_due_at: datetime | None = None
    counted_from: datetime | None = None  # where a forward regrade began to count; None = started_at
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    paused_at: datetime | None = None
    paused_until: datetime | None = None  # planned
    stopped_at: datetime | None = None
    due_at: datetime | None = None  # frozen by the stop
    verdict: Literal["met", "missed"] | None = None
    regraded_breach: bool = False
    held_by: str | None = None  # who held the case when it fell due, or was met; set when it stops
    in_doubt: bool = False  # stopped by an entry whose time may be wrong

    @property
    def base_at(self) -> datetime:
        """The instant from which the target is counted."""
        return self.counted_from or self.started_at


def effective(clock: Clock, now: datetime) -> Clock:
    """Return ``clock`` as it stands at ``now``: a pause whose planned end has come is over."""
    if clock.paused_at is None or clock.paused_until is None or now < clock.paused_until:
        return clock
    return _unpaused(clock, clock.paused_until)


def pause(clock: Clock, at: datetime, until: datetime | None = None) -> Clock:
    """Stand still from ``at``, until ``until`` or until somebody resumes it."""
    clock = effective(clock, at)
    if clock.stopped_at or clock.paused_at:
        return clock
    return replace(clock, paused_at=utc(at), paused_until=utc(until) if until else None)


def resume(clock: Clock, at: datetime) -> Clock:
    """Run on from ``at``, or from the planned end of the pause if that came first."""
    clock = effective(clock, at)
    return _unpaused(clock, utc(at)) if clock.paused_at else clock


def _unpaused(clock: Clock, at: datetime) -> Clock:
    since = clock.paused_at
    added = ((since, at),) if since and since < at else ()
    return replace(clock, pauses=clock.pauses + added, paused_at=None, paused_until=None)


def stop(clock: Clock, at: datetime, calendar: Calendar) -> Clock:
    """Stop the clock and freeze its due time and verdict; a pause that is still open is deducted.

    Met when the stop is not later than the due instant, whether or not anybody worked in between.
    """
    if clock.stopped_at:
        return clock
    clock = resume(clock, at)
    due = point_at(clock, allowance(clock, calendar), calendar)
    return replace(clock, stopped_at=utc(at), due_at=due, verdict="met" if at <= due else "missed")


def regrade(
    clock: Clock, target_seconds: Limit, at: datetime, rule: RegradeRule, calendar: Calendar
) -> Clock:
    """Give the clock a new target.

    ``retroactive`` counts it from the clock's start, ``forward`` from ``at``; earlier pauses are kept. A
    breach that the change itself brings is marked. A fixed due time does not depend on the level.
    """
    clock = effective(clock, at)
    if clock.stopped_at or clock.target_seconds is None:
        return clock
    counted_from = None if rule == "retroactive" else max(utc(at), clock.started_at)
    changed = replace(clock, target_seconds=target_seconds, counted_from=counted_from)
    caused = clock.regraded_breach or not overdue(clock, at, calendar)
    return replace(changed, regraded_breach=caused and overdue(changed, at, calendar))


def reopen(clock: Clock, at: datetime, rule: ReopenRule, calendar: Calendar) -> tuple[Clock, ...]:
    """Return the clocks after the case was reopened, the current cycle first.

    ``continue``: the same clock runs on and the closed time counts as a pause. ``restart``: a new cycle
    with the same allowance starts at ``at``; the old one keeps its verdict.
    """
    if clock.stopped_at is None:
        return (clock,)
    if rule == "continue":
        closed = replace(
            clock, paused_at=clock.stopped_at, stopped_at=None, due_at=None, verdict=None, held_by=None,
            in_doubt=False,
        )  # fmt: skip
        return (_unpaused(closed, utc(at)),)
    target = clock.target_seconds
    if target is None:
        target = round(allowance(clock, calendar).total_seconds())
    return (Clock(clock.id, clock.cycle + 1, clock.calendar, utc(at), target_seconds=target), clock)


def allowance(clock: Clock, calendar: Calendar) -> timedelta:
    """Return the calendar time that the clock gives in all.

    Raises:
        ValueError: the clock has neither a target nor a fixed due time.
    """
    if isinstance(clock.target_seconds, int):
        return timedelta(seconds=clock.target_seconds)
    fixed = _fixed(clock, calendar)
    if fixed is None:
        raise ValueError(f"clock {clock.id} has neither target nor due time")
    return counted(clock, calendar).elapsed(base(clock, calendar), fixed)


def base(clock: Clock, calendar: Calendar) -> datetime:
    """Return the instant from which the target is counted, a cut-off in days considered."""
    return days.begun(clock.target_seconds, clock.base_at, calendar)


def _fixed(clock: Clock, calendar: Calendar) -> datetime | None:
    """Return the due instant of a clock that does not count amounts of time; None if it does."""
    if isinstance(clock.target_seconds, Days):
        return days.due(clock.target_seconds, clock.base_at, calendar)
    return clock.fixed_due_at if clock.target_seconds is None else None


def counted(clock: Clock, calendar: Calendar) -> Calendar:
    """Return the calendar whose time is counted: days of the plain calendar run around the clock."""
    return days.counted_in(clock.target_seconds, calendar)


def due_at(clock: Clock, calendar: Calendar) -> datetime | None:
    """Return the first instant at which the target is used up; None while paused, frozen when stopped."""
    if clock.stopped_at:
        return clock.due_at
    return None if clock.paused_at else point_at(clock, allowance(clock, calendar), calendar)


def point_at(clock: Clock, amount: timedelta, calendar: Calendar) -> datetime:
    """Return the first instant at which ``amount`` is used up. An open pause is not looked at.

    A pause pushes only what is still to come when it begins, by the calendar time in it.
    """
    asked = (
        clock.started_at,
        clock.counted_from,
        clock.target_seconds,
        clock.fixed_due_at,
        clock.pauses,
        amount,
    )
    known = points(calendar)
    if (at := known.get(asked)) is None:
        if len(known) >= MOST_POINTS:
            known.clear()
        at = known[asked] = _point_at(clock, amount, calendar)
    return at


def _point_at(clock: Clock, amount: timedelta, calendar: Calendar) -> datetime:
    start = base(clock, calendar)
    if fixed := _fixed(clock, calendar):
        whole = allowance(clock, calendar)
        if amount >= whole:
            start, amount = fixed, amount - whole
    hours = counted(clock, calendar)
    at = hours.due(start, amount)
    for since, until in paused_spans(clock, calendar):
        if since >= at:
            break
        at = hours.due(at, hours.elapsed(since, until))
    return at


def paused_spans(clock: Clock, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Yield the ended pauses in order, overlaps joined, without what lies before the count began."""
    if not clock.pauses:
        return
    since = until = base(clock, calendar)
    for first, last in sorted(clock.pauses):
        if first > until:
            if since < until:
                yield since, until
            since = first
        until = max(until, last)
    if since < until:
        yield since, until


def used(clock: Clock, at: datetime, calendar: Calendar) -> timedelta:
    """Return the calendar time that counts up to ``at``; it stands still while paused or stopped."""
    clock, hours = effective(clock, at), counted(clock, calendar)
    end = min(at, clock.stopped_at or clock.paused_at or at)
    spent = hours.elapsed(base(clock, calendar), end)
    for since, until in paused_spans(clock, calendar):
        spent -= hours.elapsed(since, min(until, end))
    return spent


def remaining(clock: Clock, at: datetime, calendar: Calendar) -> timedelta:
    """Return the calendar time that is left at ``at``; negative = overrun."""
    return allowance(clock, calendar) - used(clock, at, calendar)


def state(clock: Clock, at: datetime) -> State:
    """Return ``running``, ``paused``, ``met`` or ``missed``."""
    if clock.verdict:
        return clock.verdict
    return "paused" if effective(clock, at).paused_at else "running"


def overdue(clock: Clock, at: datetime, calendar: Calendar) -> bool:
    """Say whether a clock that has not stopped is past its due instant.

    A due instant that would have passed during a pause is no breach; a breach before it stays one.
    """
    if clock.stopped_at:
        return False
    clock = effective(clock, at)
    return (clock.paused_at or at) > point_at(clock, allowance(clock, calendar), calendar)


def percent_at(clock: Clock, percent: int, calendar: Calendar) -> datetime | None:
    """Return when ``percent`` of the target is used up, in calendar time; None if that never comes.

    A stop or an open pause holds up what had not come before it.
    """
    return _escalation(clock, allowance(clock, calendar) * percent / 100, calendar)


def before_due(clock: Clock, offset: timedelta, calendar: Calendar) -> datetime | None:
    """Return when calendar time ``offset`` is left; after the due instant for a negative offset.

    An offset longer than the target gives the start. None as in ``percent_at``.
    """
    amount = max(allowance(clock, calendar) - offset, timedelta())
    return _escalation(clock, amount, calendar)


def overrun_at(clock: Clock, overrun: Limit, calendar: Calendar) -> datetime | None:
    """Return when the clock is overdue by ``overrun``, in its calendar; None as in ``percent_at``."""
    if not isinstance(overrun, Days):
        return before_due(clock, -timedelta(seconds=overrun), calendar)
    due = point_at(clock, allowance(clock, calendar), calendar)
    return _unless_held(clock, days.due(overrun, due, calendar, ended=True))


def _escalation(clock: Clock, amount: timedelta, calendar: Calendar) -> datetime | None:
    return _unless_held(clock, point_at(clock, amount, calendar))


def _unless_held(clock: Clock, at: datetime) -> datetime | None:
    held_at = clock.stopped_at or clock.paused_at
    return at if held_at is None or at <= held_at else None
