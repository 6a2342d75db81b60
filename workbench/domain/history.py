"""The fold: events in, the case out. Every act has one function here that says what it changes.

Nothing is judged here: the level, the stopped clocks and the reasons stand in the events, so that a
replay gives the same whatever the policy says later.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from workbench.domain import clocks
from workbench.domain.cases import Case, Event, Pause, Promise, Reason
from workbench.domain.clocks import Clock
from workbench.domain.corrections import correct_times
from workbench.domain.policies import Rules
from workbench.domain.times import stamp, unstamp

FACTS = ("kind", "channel", "category", "text", "customer", "phone", "site", "unit", "external_id", "source",
         "people", "impact", "fault", "remedy_sought", "mood")  # fmt: skip
IMPORTED_CLOCK = "target"
ALWAYS = "always"
ACT_THAT_ENDS_WORK = "close"  # stops an imported clock, for which no rule is written


def fold(site_id: int, case_id: int, events: Iterable[Event], rules: Rules) -> Case:
    """Return the case that ``events`` tell of; undone ones are left out, though they stay on record.

    Raises:
        ValueError: the timeline does not begin with ``record``.
    """
    timeline = list(events)
    undone = {event.data["seq"] for event in timeline if event.act == "undo"}
    first, *rest = timeline
    if first.act != "record":
        raise ValueError(f"case {case_id} begins with {first.act}")
    case = _recorded(site_id, case_id, first, rules)
    for event in rest:
        if event.seq not in undone:
            APPLIED[event.act](case, event, when(event), rules)
        _signed(case, event)
    return case


def apply(case: Case, event: Event, rules: Rules) -> Case:
    """Return what ``case`` becomes by ``event``; an undo needs ``fold``."""
    case = copy(case)
    APPLIED[event.act](case, event, when(event), rules)
    _signed(case, event)
    return case


def when(event: Event) -> datetime:
    """Return the time at which the event took effect: the source's own time where it was imported."""
    happened_at = event.data.get("happened_at")
    return unstamp(happened_at) if happened_at else event.at


def _signed(case: Case, event: Event) -> None:
    case.version = event.seq
    case.last_at, case.last_by, case.last_act = event.at, event.by, event.act


def _recorded(site_id: int, case_id: int, event: Event, rules: Rules) -> Case:
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
    _take_facts(case, data)
    _take_level(case, data)
    case.callback_owed = bool(data.get("callback_owed", False))
    case.policy_clocks = data.get("policy_clocks", "clocks" not in data)
    case.clocks = tuple(
        Clock(name, 1, ALWAYS, case.received_at, fixed_due_at=unstamp(due))
        for name, due in data.get("clocks", {}).items()
    )
    if case.policy_clocks:
        _start_clocks(case, "record", case.received_at, rules)
    _signed(case, event)
    return case


def _take_facts(case: Case, data: Mapping[str, Any]) -> None:
    for name in FACTS:
        if name in data:
            setattr(case, name, data[name])
    if "claim" in data:
        case.claim = None if data["claim"] is None else Decimal(data["claim"])
    if "flags" in data:
        case.flags = tuple(data["flags"])


def _take_level(case: Case, data: Mapping[str, Any]) -> None:
    if "severity" in data:
        case.severity = data["severity"]
        case.severity_reasons = tuple(Reason(*reason) for reason in data["severity_reasons"])
    if "hot" in data:
        case.hot = data["hot"]
        case.hot_reasons = tuple(Reason(*reason) for reason in data["hot_reasons"])


# ---------------------------------------------------------------- clocks


def _start_clocks(case: Case, act: str, at: datetime, rules: Rules, *, again: bool = True) -> None:
    """Start the clocks that ``act`` starts; one that runs already goes on from the first.

    ``again`` allows a further cycle of a clock that the case has had before.
    """
    for rule in rules.policy.clocks.values():
        if act not in rule.starts or case.kind not in rule.kinds:
            continue
        cycles = [clock for clock in case.clocks if clock.id == rule.id]
        if any(clock.stopped_at is None for clock in cycles) or (cycles and not again):
            continue
        if rule.after and any(clock.id == rule.after and not clock.stopped_at for clock in case.clocks):
            continue
        cycle = case.cycles.get(rule.id, 0) + 1
        case.cycles = {**case.cycles, rule.id: cycle}
        clock = Clock(rule.id, cycle, rule.calendar, at, target_seconds=rule.target(case.severity))
        case.clocks = (clock, *case.clocks)


def stopped_by(case: Case, act: str, data: Mapping[str, Any], at: datetime, rules: Rules) -> dict[str, Any]:
    """Return the verdicts that ``act`` at ``at`` freezes, as its event keeps them."""
    if act == "callback" and not data.get("reached"):
        return {}
    acts = (act, "reopen") if data.get("reopened") else (act,)
    frozen = {}
    for clock in case.clocks:
        if clock.stopped_at or not any(_stops(clock, name, at, rules) for name in acts):
            continue
        ended = clocks.stop(clock, at, rules.calendars[clock.calendar])
        frozen[f"{clock.id}#{clock.cycle}"] = [stamp(ended.due_at or at), ended.verdict]
    return frozen


def _stops(clock: Clock, act: str, at: datetime, rules: Rules) -> bool:
    rule = rules.policy.clocks.get(clock.id)
    if act == "reopen":  # what was missed in the first cycle stays missed; what was not due is withdrawn
        return rules.policy.reopen == "restart" and clocks.overdue(clock, at, rules.calendars[clock.calendar])
    return act in (rule.stops if rule else (ACT_THAT_ENDS_WORK,))


def _stop_clocks(case: Case, event: Event, at: datetime) -> None:
    frozen = event.data.get("stopped")
    if not frozen:
        return
    kept = []
    for clock in case.clocks:
        verdict = frozen.get(f"{clock.id}#{clock.cycle}")
        if verdict and not clock.stopped_at:
            due, word = verdict
            clock = replace(clocks.resume(clock, at), stopped_at=at, due_at=unstamp(due), verdict=word)
        kept.append(clock)
    case.clocks = tuple(kept)


def _told(case: Case, at: datetime) -> None:
    case.last_told_at = max(at, case.last_told_at or at)


# ---------------------------------------------------------------- what each act changes


def _noted(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """A note changes nothing but the timeline."""


def _corrected(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    _take_facts(case, event.data)
    _take_level(case, event.data)
    correct_times(case, event.data)


def _heard(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    if case.policy_clocks:
        _start_clocks(case, "heard", at, rules)


def _acknowledged(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.acknowledged = True
    _stop_clocks(case, event, at)
    _told(case, at)


def _replied(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    _stop_clocks(case, event, at)
    _told(case, at)


def _proposed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.proposed = True
    _stop_clocks(case, event, at)
    _told(case, at)


def _assigned(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    to = event.data["to"]
    if case.handler is not None and case.handler != to:
        case.handoffs += 1
    case.handler = to


def _promised(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    due_at = unstamp(event.data["due_at"])
    case.promises = (*case.promises, Promise(len(case.promises) + 1, event.data["text"], due_at))
    _told(case, at)


def _kept(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    state = "broken" if event.data.get("broken") else "kept"
    case.promises = tuple(
        replace(promise, state=state, ended_at=at) if promise.id == event.data["id"] else promise
        for promise in case.promises
    )


def _paused(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    until = unstamp(event.data["until"])
    case.pause = Pause(at, until, event.data["for"], event.data["reason"])
    case.clocks = tuple(clocks.pause(clock, at, until) for clock in case.clocks)
    if case.pause.waits_for in ("customer", "third-party"):
        case.status = "waiting"


def _resumed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    _end_pause(case, at)
    case.status = "open"


def _end_pause(case: Case, at: datetime) -> None:
    if case.pause:
        case.past_pauses = (*case.past_pauses, replace(case.pause, ended_at=at))
        case.pause = None
    case.clocks = tuple(clocks.resume(clock, at) for clock in case.clocks)


def _regraded(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.manual_at = at
    _take_level(case, event.data)
    _retarget(case, at, rules)


def _retarget(case: Case, at: datetime, rules: Rules) -> None:
    changed = []
    for clock in case.clocks:
        rule = rules.policy.clocks.get(clock.id)
        target = rule.target(case.severity) if rule else clock.target_seconds
        if rule and not clock.stopped_at and target is not None and target != clock.target_seconds:
            way = "forward" if rules.policy.regrade == "forward" else "retroactive"
            clock = clocks.regrade(clock, target, at, way, rules.calendars[clock.calendar])  # type: ignore[arg-type]
        changed.append(clock)
    case.clocks = tuple(changed)


def _aged(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    level, rule = event.data["level"], event.data["rule"]
    reason = Reason("age", level, rule)
    if case.status != "open":  # the reopening under which it aged was undone
        return
    if level is None:
        if case.hot:
            return
        case.hot, case.hot_reasons = True, (*case.hot_reasons, reason)
    elif level < case.severity:
        case.severity, case.severity_reasons = level, (reason, *case.severity_reasons)
        _retarget(case, at, rules)


def _clustered(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    level, people = event.data["level"], str(event.data["complainants"])
    if not case.unsolved:
        return
    if level < case.severity:
        case.severity = level
        case.severity_reasons = (Reason("cluster", level, people), *case.severity_reasons)
        _retarget(case, at, rules)
    if not any(reason.rule == "cluster" for reason in case.hot_reasons):
        case.hot, case.hot_reasons = True, (*case.hot_reasons, Reason("cluster", None, people))


def _escalated(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    case.escalated = case.escalated | {(data["clock"], data["cycle"], data["percent"])}


def _recalculated(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """A calendar was edited: running clocks follow by themselves; the entry says what moved."""


def _closed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    _end_pause(case, at)
    _stop_clocks(case, event, at)
    case.outcome = event.data.get("outcome")
    case.resolution, case.accepted = event.data.get("resolution"), event.data.get("accepted")
    case.closed_at = at
    case.status = "closed"
    if "callback_owed" in event.data:  # closed at its source, which owes its own callbacks
        case.callback_owed = event.data["callback_owed"]
    _told(case, at)
    if not case.callback_owed:
        _finish(case, at)


def _finish(case: Case, at: datetime) -> None:
    case.status, case.done_at = "done", at


def _called_back(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    case.callback_again_at = unstamp(data["again_at"]) if data.get("again_at") and case.live else None
    if not data["reached"]:
        return
    _stop_clocks(case, event, at)
    _told(case, at)
    case.callback_owed = False
    case.csi, case.nps = data.get("csi", case.csi), data.get("nps", case.nps)
    case.mood_after = data.get("mood", case.mood_after)
    if data.get("reopened"):
        _reopened(case, event, at, rules)
    elif case.status == "closed":
        _finish(case, at)


def _reopened(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.status, case.repeat = "open", True
    case.closed_at = case.done_at = None
    case.outcome = case.resolution = case.accepted = None
    case.acknowledged = case.proposed = False
    case.callback_owed = bool(event.data.get("callback_owed"))
    case.reopened_at = at
    _take_level(case, event.data)
    _stop_clocks(case, event, at)
    case.policy_clocks = True  # whatever an import named: from here on it is our case
    _reopen_clocks(case, at, rules)
    _retarget(case, at, rules)


def _reopen_clocks(case: Case, at: datetime, rules: Rules) -> None:
    """Begin a new cycle, or let the old clocks go on; see ``reopen`` of the policy."""
    if rules.policy.reopen == "continue":
        newest = {clock.id: clock for clock in reversed(case.clocks)}
        case.clocks = tuple(
            _continued(clock, at, rules) if clock is newest[clock.id] else clock for clock in case.clocks
        )
    else:
        case.clocks = tuple(clock for clock in case.clocks if clock.stopped_at)
    _start_clocks(case, "record", at, rules, again=rules.policy.reopen != "continue")
    current = {(clock.id, clock.cycle) for clock in case.clocks if not clock.stopped_at}
    case.escalated = frozenset(step for step in case.escalated if step[:2] not in current)


def _continued(clock: Clock, at: datetime, rules: Rules) -> Clock:
    """Let a clock of the policy go on; an imported one stays as its source left it."""
    if clock.id not in rules.policy.clocks:
        return clock
    return clocks.reopen(clock, at, "continue", rules.calendars[clock.calendar])[0]


def _undone(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """The reversed act was left out of the fold; the undo itself changes nothing."""


Effect = Callable[[Case, Event, datetime, Rules], None]
APPLIED: dict[str, Effect] = {
    "note": _noted, "correct": _corrected, "heard": _heard, "acknowledge": _acknowledged, "take": _assigned,
    "assign": _assigned, "reply": _replied, "propose": _proposed, "promise": _promised, "keep": _kept,
    "pause": _paused, "resume": _resumed, "regrade": _regraded, "age": _aged, "cluster": _clustered,
    "escalate": _escalated, "recalculate": _recalculated, "close": _closed, "callback": _called_back,
    "reopen": _reopened, "reveal": _noted, "undo": _undone,
}  # fmt: skip
