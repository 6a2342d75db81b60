"""The life of a case as turns in time: when it stood open, paused or closed, was late, told its customer."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from workbench.domain import acts, clocks
from workbench.domain.acts import Voice
from workbench.domain.calendars import Calendar
from workbench.domain.cases import Case, Event
from workbench.domain.history import steps, when
from workbench.domain.policies import Rules

# signs of one cell in any terminal: lines and blocks are two cells wide in many Chinese ones
OPEN, PAUSED, CLOSED = "-", ".", "#"  # states, and the moment of closing
LATE, TOLD, AGAIN = "!", "o", "+"  # moments: something fell due unmet, the customer was told, opened again


class Turn(NamedTuple):
    """A moment (UTC) in a life: the sign that marks it, empty for none, and the state that begins with it."""

    at: datetime
    mark: str
    state: str


class Life(NamedTuple):
    """A life so far, in the order of time; the first turn is its receipt, ``until`` its end, or now."""

    turns: Sequence[Turn]
    until: datetime
    is_over: bool


def of_case(case: Case, timeline: Iterable[Event], rules: Rules, now: datetime) -> Life:
    """Return the life of ``case`` (effective now) as ``timeline`` tells it, without what was taken back.

    Args:
        now: The moment (UTC) up to which a life is told that is not over.
    """
    over = case.status == "done" and case.done_at is not None
    until = max(case.done_at if over and case.done_at else now, case.received_at)
    states = list(_states(case, timeline, rules, until))
    late = (Turn(at, LATE, "") for at in _late(case, rules, now) if states[0].at <= at <= until)
    turns, state = [], states[0].state
    for turn in sorted([*states, *late], key=lambda each: each.at):
        state = turn.state or state
        turns.append(turn._replace(state=state))
    return Life(turns, until, over)


def _states(case: Case, timeline: Iterable[Event], rules: Rules, until: datetime) -> Iterator[Turn]:
    """Yield receipt, what was told, and every change of state; a pause that ended by itself ends on time."""
    state, ends = OPEN, None
    yield Turn(case.received_at, "", OPEN)
    for event, then in steps(case.site_id, case.case_id, timeline, rules):
        at = min(max(when(event), case.received_at), until)
        if ends is not None and ends < at:
            yield Turn(ends, "", OPEN)
            state = OPEN
        before, state = state, _state(then)
        ends = then.pause.until if then.pause and state == PAUSED else None
        if state == CLOSED and before != CLOSED:
            yield Turn(at, CLOSED, CLOSED)
        elif before == CLOSED and state != CLOSED:
            yield Turn(at, AGAIN, state)
        elif _tells(event):
            yield Turn(at, TOLD, state)
        elif state != before:
            yield Turn(at, "", state)
    if ends is not None and ends < until:
        yield Turn(ends, "", OPEN)


def _state(case: Case) -> str:
    if case.status in ("closed", "done"):
        return CLOSED
    return PAUSED if case.pause else OPEN


def _tells(event: Event) -> bool:
    """Say whether the customer was told something: a callback tells nobody who was not reached."""
    if event.act == acts.CALLBACK.id:
        return bool(event.data.get("reached"))
    return acts.BY_ID[event.act].voice is Voice.TELLS


def _late(case: Case, rules: Rules, now: datetime) -> Iterator[datetime]:
    """Yield when a clock ran out that was missed or still runs, and when a promise was not kept."""
    for clock in case.clocks:
        effective = clocks.effective(clock, now)
        due = clocks.due_at(effective, rules.calendars[clock.calendar])
        if due is not None and _is_missed(effective, now, rules.calendars[clock.calendar]):
            yield due
    for promise in case.promises:
        if promise.state == "broken" or (promise.state == "open" and promise.due_at < now):
            yield promise.due_at


def _is_missed(clock: clocks.Clock, now: datetime, calendar: Calendar) -> bool:
    return clocks.state(clock, now) == "missed" or clocks.overdue(clock, now, calendar)
