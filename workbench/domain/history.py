"""The fold: events in, the case out; the same events give the same case for ever."""

from collections.abc import Iterable, Iterator
from copy import copy
from datetime import datetime

from msgspec.structs import replace

from workbench.domain import acts
from workbench.domain.case_clocks import enter_node, start_clocks, stop_clocks
from workbench.domain.case_parts import Duty, Link
from workbench.domain.cases import Case, Event
from workbench.domain.clock_verdicts import left_behind
from workbench.domain.clocks import Clock
from workbench.domain.duties import TIER
from workbench.domain.effects import APPLIED, take_facts, take_level
from workbench.domain.effects.base import second
from workbench.domain.effects.owing import notify, to_confirm
from workbench.domain.effects.words import wants_answer
from workbench.domain.policies import Rules
from workbench.domain.times import unstamp
from workbench.domain.timing import read
from workbench.domain.undone import undone

ALWAYS = "always"


def fold(site_id: int, case_id: int, events: Iterable[Event], rules: Rules) -> Case:
    """Return the case that ``events`` tell of; undone ones are left out, though they stay on record.

    Raises:
        ValueError: the timeline does not begin with ``record``.
    """
    timeline = list(events)
    gone = undone(timeline)
    first, *rest = timeline
    if first.act != acts.RECORD.id:
        raise ValueError(f"case {case_id} begins with {first.act}")
    case = _first(site_id, case_id, first, rules)
    for event in rest:
        if event.seq not in gone:
            _change(case, event, rules)
        _signed(case, event)
    return case


def steps(site_id: int, case_id: int, events: Iterable[Event], rules: Rules) -> Iterator[tuple[Event, Case]]:
    """Yield each entry that counts, and what the case is by then: the same case, which goes on changing.

    Raises:
        ValueError: as ``fold``.
    """
    timeline = list(events)
    gone = undone(timeline)
    first, *rest = timeline
    if first.act != acts.RECORD.id:
        raise ValueError(f"case {case_id} begins with {first.act}")
    case = _first(site_id, case_id, first, rules)
    yield first, case
    for event in rest:
        if event.seq not in gone:
            _change(case, event, rules)
            yield event, case


def apply(case: Case, event: Event, rules: Rules) -> Case:
    """Return what ``case`` becomes by ``event``; an undo needs ``fold``."""
    case = copy(case)
    _change(case, event, rules)
    _signed(case, event)
    return case


def decided(case: Case, event: Event, rules: Rules) -> tuple[Event, Case]:
    """Return ``event`` with the verdicts of the nodes that it leaves, and what ``case`` becomes by it."""
    after = apply(case, event, rules)
    frozen = left_behind(case, after, read(event), rules)
    if not frozen:
        return event, after
    event = replace(event, data={**event.data, "left": frozen})
    return event, apply(case, event, rules)


def _change(case: Case, event: Event, rules: Rules) -> None:
    at, holder, solved, before = when(event), case.handler, not case.unsolved, case.clocks
    if "stopped" in event.data:
        stop_clocks(case, event, at)
    APPLIED[event.act](case, event, at, rules)
    if "left" in event.data:
        stop_clocks(case, event, at, "left")
    if "level_check" in event.data:
        to_confirm(case, event, at)
    notify(case, event, at)
    if case.handler != holder:
        case.held = (*case.held, (at, case.handler))
    if case.clocks is not before:
        case.clocks = tuple(
            _with_holder(case, clock) if clock not in before else clock for clock in case.clocks
        )
    if case.policy_clocks and case.live and _starts(event):
        start_clocks(case, _brought_about(event), at, rules)
    enter_node(case, at, rules, back=solved and case.unsolved)


def _with_holder(case: Case, clock: Clock) -> Clock:
    """Return a clock that has just stopped with whoever it is booked on.

    That is settled by the order of entries: who takes over later, at the same instant, is not meant.
    """
    if clock.stopped_at is None:
        return clock
    due = clock.due_at or clock.stopped_at
    return replace(clock, held_by=case.holder(min(clock.stopped_at, due)))


def _starts(event: Event) -> bool:
    """Say whether the entry may start a clock: a word of the customer that wants no answer starts none."""
    return event.act != acts.HEARD.id or wants_answer(event.data)


def _brought_about(event: Event) -> str:
    """Return the act that took effect: an approval is the act that it grants."""
    act: str = event.data["act"] if event.act == acts.APPROVE.id else event.act
    return act


def when(event: Event) -> datetime:
    """Return the time at which the event took effect: the source's own time where it was imported."""
    happened_at = event.data.get("happened_at")
    return unstamp(happened_at) if happened_at else event.at


def _signed(case: Case, event: Event) -> None:
    case.version = event.seq
    case.last_at, case.last_by, case.last_act = event.at, event.by, event.act


def _to_confirm(event: Event, step: int, number: int) -> Duty:
    """Return what whoever was named for a tier at intake owes."""
    owner, due_at = event.data["tiers"][str(step)], unstamp(event.data["due_at"])
    return Duty(number, TIER.id, "", owner, event.by, event.at, due_at, data={"step": step})


def recorded(site_id: int, case_id: int, event: Event) -> Case:
    """Return the case of which ``event`` is the recording, before any clock starts: what it is judged by."""
    data = event.data
    case = Case(
        site_id=site_id,
        case_id=case_id,
        number=data["number"],
        policy=data["policy"],
        received_at=unstamp(data["received_at"]),
        first_asked=event.by,
        handler=data.get("handler"),
    )
    case.held = ((case.received_at, case.handler),) if case.handler else ()
    take_facts(case, data)
    take_level(case, data)
    case.callback_owed = bool(data.get("callback_owed", False))
    case.policy_clocks = data.get("policy_clocks", "clocks" not in data)
    case.clocks = tuple(
        Clock(name, 1, ALWAYS, case.received_at, fixed_due_at=unstamp(due))
        for name, due in data.get("clocks", {}).items()
    )
    case.tiers = {int(step): name for step, name in data.get("tiers", {}).items()}
    case.duties = tuple(_to_confirm(event, int(step), no) for step, no in data.get("duties", {}).items())
    notify(case, event, event.at)
    case.links = tuple(Link(*link) for link in data.get("links", ()))
    second(case, data)
    return case


def _first(site_id: int, case_id: int, event: Event, rules: Rules) -> Case:
    case = recorded(site_id, case_id, event)
    if case.policy_clocks:
        start_clocks(case, acts.RECORD.id, case.received_at, rules)
    enter_node(case, case.received_at, rules)
    _signed(case, event)
    return case
