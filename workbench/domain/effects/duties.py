"""What acts on duties change: promises, dispatches, requests, presses, decisions, visits, handovers."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec.structs import replace

from workbench.domain import acts, duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case, Event
from workbench.domain.effects.base import Effect, told
from workbench.domain.effects.owing import PROMISE, confirmed, end, give, owe
from workbench.domain.passing import CAME_BACK, NOT_THEIRS
from workbench.domain.policies import Rules
from workbench.domain.times import unstamp


def _owing(kind: str) -> Effect:
    def effect(case: Case, event: Event, at: datetime, rules: Rules) -> None:
        owe(case, event, at, kind)

    return effect


def _ending(state: str) -> Effect:
    def effect(case: Case, event: Event, at: datetime, rules: Rules) -> None:
        end(case, [event.data["duty"]], state, at, event.data.get("reason", event.data.get("text", "")))

    return effect


def _came_back(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """A dispatch is over by that; a request is owed all the same, and it is kept that nobody took it up."""
    if event.data.get("kind") != duties.REQUEST.id:
        end(case, [event.data["duty"]], "returned", at)
        return
    case.duties = tuple(
        replace(duty, data={**duty.data, CAME_BACK: True})
        if duty.kind == duties.REQUEST.id and duty.id == event.data["duty"]
        else duty
        for duty in case.duties
    )


def _answered(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    state = NOT_THEIRS if event.data.get("not_theirs") else "answered"
    end(case, [event.data["duty"]], state, at, event.data["text"])


def _promised(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    number, due_at = len(case.promises) + 1, unstamp(data["due_at"])
    owner = data.get("owner", event.by)
    case.duties = (*case.duties, Duty(number, PROMISE, data["text"], owner, event.by, at, due_at))
    told(case, at)


def _kept(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    state = "broken" if event.data.get("broken") else "kept"
    case.duties = tuple(
        replace(d, state=state, ended_at=at) if d.kind == PROMISE and d.id == event.data["id"] else d
        for d in case.duties
    )


def _accepted(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """Whoever accepted handles it, a substitute too: the case stands in the list of somebody who is here."""
    away = _away(case, [event.data["duty"]], event.by)
    end(case, [event.data["duty"]], "accepted", at)
    case.dispatched = True
    give(case, event.by, at, instead_of=away)


def _away(case: Case, numbers: Iterable[int], person: str) -> str | None:
    """Return to whom the case was offered, if ``person`` takes it in that one's place."""
    wanted = set(numbers)
    offered = (duty for duty in case.owed(duties.DISPATCH.id, duties.HANDOVER.id) if duty.id in wanted)
    return next((duty.owner for duty in offered if duty.owner != person), None)


def _confirmed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """A member is there, or a shift has changed: to hand that over is part of the work, and not counted."""
    numbers = event.data["duties"]
    handed = any(duty.id in numbers for duty in case.owed(duties.HANDOVER.id))
    away = _away(case, numbers, event.by)
    end(case, numbers, "confirmed", at)
    if "level" in event.data:
        confirmed(case, at, "confirmed")
    if handed:
        give(case, event.by, at, counted=False, instead_of=away)


def _handed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    end(case, [duty.id for duty in case.owed(duties.HANDOVER.id)], "withdrawn", at)
    data = event.data
    said = {name: data[name] for name in ("from", "next_step", "told") if name in data}
    owe(case, event, at, duties.HANDOVER.id, data=said)


def _asked_to_decide(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    asked = {"act": event.data["act"], "asked": event.data["asked"], "role": event.data["role"]}
    owe(case, event, at, duties.APPROVAL.id, data=asked)


def _visit_agreed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """The first engineer whom a visit names stays the engineer of the case (S3)."""
    owe(case, event, at, duties.VISIT.id)
    if "engineer" in event.data and case.repair.engineer is None:
        case.repair = replace(case.repair, engineer=event.data["engineer"])


def _visited(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    state = "missed" if event.data.get("missed") else "kept"
    end(case, [event.data["duty"]], state, at, event.data.get("text", ""))


def _warning_decided(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """What is accepted is owed by somebody; entries from before that say nothing of whom."""
    if "duty" in event.data:
        text = event.data.get("reason", "")
        owe(case, replace(event, data={**event.data, "text": text}), at, duties.FOLLOW_UP.id)


def _audited(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """Of a case in order nobody owes anything."""
    if "duty" in event.data:
        owe(case, event, at, duties.FINDING.id)


def _seen(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    wanted = set(event.data["notices"])
    case.notices = tuple(replace(n, seen_at=n.seen_at or at) if n.id in wanted else n for n in case.notices)


def _nothing(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """Who is told stands in ``informed``."""


APPLIED: dict[str, Callable[[Case, Event, datetime, Rules], None]] = {
    acts.PROMISE.id: _promised,
    acts.KEEP.id: _kept,
    acts.DISPATCH.id: _owing(duties.DISPATCH.id),
    acts.ACCEPT.id: _accepted,
    acts.REFUSE.id: _ending("refused"),
    acts.RETURN.id: _came_back,
    acts.ASK.id: _owing(duties.REQUEST.id),
    acts.ANSWER.id: _answered,
    acts.PRESS.id: _owing(duties.PRESS.id),
    acts.VISIT.id: _visit_agreed,
    acts.VISITED.id: _visited,
    acts.WARNING.id: _warning_decided,
    acts.PREVENT.id: _owing(duties.PREVENTION.id),
    acts.AUDIT.id: _audited,
    acts.CONFIRM.id: _confirmed,
    acts.HANDOVER.id: _handed,
    acts.REQUEST_APPROVAL.id: _asked_to_decide,
    acts.TELL.id: _nothing,
    acts.PENALTY.id: _nothing,
    acts.SEEN.id: _seen,
}
