"""What the acts of every day change, in the order in which a case lives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from workbench.domain import acts, clocks, facts, flow
from workbench.domain.case_clocks import reopen_clocks, retarget, start_clocks
from workbench.domain.case_parts import Pause
from workbench.domain.cases import Case, Event, Reason
from workbench.domain.corrections import correct_times
from workbench.domain.duties import APPROVAL, LOOK, OUTLIVING, WORD
from workbench.domain.effects.base import Effect, told
from workbench.domain.effects.owing import confirmed, end, give, owe
from workbench.domain.fact import Origin
from workbench.domain.policies import Rules
from workbench.domain.times import unstamp

AS_SAID = facts.where(lambda fact: fact.origin is Origin.SAID and fact not in (facts.CLAIM, facts.FLAGS))


def take_facts(case: Case, data: Mapping[str, Any]) -> None:
    """Set the facts that ``data`` names; the others stay."""
    for name in AS_SAID:
        if name in data:
            setattr(case, name, data[name])
    if "claim" in data:
        case.claim = None if data["claim"] is None else Decimal(data["claim"])
    if "flags" in data:
        case.flags = tuple(data["flags"])


def take_level(case: Case, data: Mapping[str, Any]) -> None:
    """Set level and hot mark with their reasons, as they were judged."""
    if "severity" in data:
        case.severity = data["severity"]
        case.severity_reasons = tuple(Reason(*reason) for reason in data["severity_reasons"])
    if "binds" in data:
        case.binds = tuple(Reason(*reason) for reason in data["binds"])
    if "hot" in data:
        case.hot = data["hot"]
        case.hot_reasons = tuple(Reason(*reason) for reason in data["hot_reasons"])


def _noted(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """Nothing changes but the timeline."""


def _corrected(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    if "says" in event.data:  # people have acted since: what it says is heard, and changes nothing
        owe(case, event, at, LOOK.id)
        return
    take_facts(case, event.data)
    take_level(case, event.data)
    correct_times(case, event.data)


def _acknowledged(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.acknowledged = True
    told(case, at)


def _contacted(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """A call of a campaign reached the customer: no answer to the case, and yet a word from us."""
    case.last_told_at = max(at, case.last_told_at or at)


def _replied(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    told(case, at)


def _proposed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.proposed = True
    told(case, at)


def _assigned(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    # to give a case to its first holder is no dispatch, nor is it one before a gate that a dispatch waits for
    held = case.handler is not None and flow.why_not(case, acts.DISPATCH.id, None, rules.policy) is None
    give(case, event.data["to"], at, instead_of=event.data.get("instead_of"))
    case.dispatched = case.dispatched or (event.act == acts.ASSIGN.id and held)


def _paused(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    until = unstamp(event.data["until"])
    case.pause = Pause(at, until, event.data["for"], event.data["reason"])
    case.clocks = tuple(clocks.pause(clock, at, until) for clock in case.clocks)
    if case.pause.waits_for in ("customer", "third-party"):
        case.status = "waiting"


def _resumed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    end_pause(case, at)
    case.status = "waiting" if case.merged_into else "open"


def end_pause(case: Case, at: datetime) -> None:
    """Let the clocks of ``case`` run on from ``at``, if it is paused."""
    if case.pause:
        case.past_pauses = (*case.past_pauses, replace(case.pause, ended_at=at))
        case.pause = None
    case.clocks = tuple(clocks.resume(clock, at) for clock in case.clocks)


def _regraded(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.manual_at = at
    if event.data["severity"] > event.data["from"]:
        case.lowered = (*case.lowered, (event.by, event.data["from"]))
    take_level(case, event.data)
    retarget(case, at, rules)


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
        retarget(case, at, rules)


def _clustered(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    level, people = event.data["level"], str(event.data["complainants"])
    if not case.unsolved:
        return
    if level < case.severity:
        case.severity = level
        case.severity_reasons = (Reason("cluster", level, people), *case.severity_reasons)
        retarget(case, at, rules)
    if not any(reason.rule == "cluster" for reason in case.hot_reasons):
        case.hot, case.hot_reasons = True, (*case.hot_reasons, Reason("cluster", None, people))


def _escalated(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    if "clock" in data:
        if _is_on(case, data["clock"], data["cycle"]):
            case.escalated = case.escalated | {(data["clock"], data["cycle"], _step(data))}
        return
    case.passed_up = True  # by hand
    take_level(case, data)
    retarget(case, at, rules)


def _step(data: Mapping[str, Any]) -> str:
    """Return the step that was taken; entries of the first schema name only the percent."""
    return str(data.get("step") or f"{data['percent']}%")


def _is_on(case: Case, name: str, number: int) -> bool:
    """Say whether ``case`` has this cycle of a clock, or this duty: one that was undone leaves no steps."""
    for clock in case.clocks:
        if clock.cycle == number and clock.id == name:
            return True
    return any(duty.id == number and duty.kind == name for duty in case.duties)


def _warned(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.warned = case.warned | {event.data["key"]}


def _recalculated(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """A calendar was edited: running clocks follow by themselves; the entry says what moved."""


def _closed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    end_pause(case, at)
    case.outcome = event.data.get("outcome")
    case.resolution, case.accepted = event.data.get("resolution"), event.data.get("accepted")
    case.closed_at = at
    case.status = "closed"
    end(case, [d.id for d in case.owed(APPROVAL.id) if d.data["act"] == acts.CLOSE.id], "withdrawn", at)
    confirmed(case, at, "withdrawn")  # whoever closed it decided at the level that bound
    if "callback_owed" in event.data:  # closed at its source, which owes its own callbacks
        case.callback_owed = event.data["callback_owed"]
    if event.data.get("opinion_owed"):  # entries of earlier programs ask no second time: they stand
        _owe_opinion(case)
    told(case, at)
    if not case.callback_owed:
        finish(case, at)


def _owe_opinion(case: Case) -> None:
    """The opinion comes after the outcome: everybody is asked once more, however often we called before."""
    case.opinion_owed = case.callback_owed = True
    case.called, case.reached = case.reached, False
    case.complainants = tuple(
        replace(each, called_at=each.reached_at, reached_at=None) for each in case.complainants
    )


def finish(case: Case, at: datetime) -> None:
    """The case has come to its end: closed, and called back where that is owed.

    What nobody can answer any more is withdrawn by that.
    """
    case.status, case.done_at = "done", at
    end(case, [duty.id for duty in case.owed() if duty.kind not in OUTLIVING], "withdrawn", at)


def _called_back(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    case.callback_again_at = unstamp(data["again_at"]) if data.get("again_at") and case.live else None
    if not data["reached"]:
        return
    _reached(case, data.get("of"), at)
    told(case, at)
    case.csi, case.nps = data.get("csi", case.csi), data.get("nps", case.nps)
    case.mood_after = data.get("mood", case.mood_after)
    case.accepted = data.get("accepted", case.accepted)
    case.callback_owed = case.callback_owed and not everybody_reached(case)
    if data.get("reopened"):
        _reopened(case, event, at, rules)
    elif case.status == "closed" and not case.callback_owed:
        finish(case, at)
    if not case.unsolved:
        decide_words(case, at)


def decide_words(case: Case, at: datetime) -> None:
    """What the customer said after the closing waits for nobody any more: it was taken up."""
    end(case, [duty.id for duty in case.owed(WORD.id)], "answered", at)


def _reached(case: Case, of: int | None, at: datetime) -> None:
    """Note that the customer was reached, or the further complainant of this number."""
    if of is None:
        case.reached = True
    else:
        case.complainants = tuple(
            replace(each, reached_at=at) if each.id == of else each for each in case.complainants
        )


def everybody_reached(case: Case) -> bool:
    """Say whether the customer and every further complainant was reached; on a closed case, since then."""
    return case.reached and all(each.reached_at for each in case.complainants)


def _reopened(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.status, case.repeat = "open", True
    case.returns += 1
    case.closed_at = case.done_at = None
    case.outcome = case.resolution = case.accepted = None
    case.acknowledged = case.answered = case.proposed = case.dispatched = case.reached = False
    case.opinion_owed = case.called = False
    case.complainants = tuple(replace(each, reached_at=None, called_at=None) for each in case.complainants)
    case.callback_owed = bool(event.data.get("callback_owed"))
    case.reopened_at = at
    case.heard, case.insists = (), False
    decide_words(case, at)
    case.lowered = ()  # the facts are judged again
    case.merged_into = None  # it came back by itself
    take_level(case, event.data)
    case.policy_clocks = True  # whatever an import named: from here on it is our case
    reopen_clocks(case, at, rules)
    if case.unanswered_since:  # a word that came by itself and waits
        start_clocks(case, acts.HEARD.id, case.unanswered_since, rules)
    retarget(case, at, rules)


def _undone(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """The reversed act was left out of the fold; the undo itself changes nothing."""


APPLIED: dict[str, Effect] = {
    acts.NOTE.id: _noted,
    acts.CORRECT.id: _corrected,
    acts.ACKNOWLEDGE.id: _acknowledged,
    acts.TAKE.id: _assigned,
    acts.ASSIGN.id: _assigned,
    acts.REPLY.id: _replied,
    acts.PROPOSE.id: _proposed,
    acts.PAUSE.id: _paused,
    acts.RESUME.id: _resumed,
    acts.REGRADE.id: _regraded,
    acts.AGE.id: _aged,
    acts.CLUSTER.id: _clustered,
    acts.ESCALATE.id: _escalated,
    acts.WARN.id: _warned,
    acts.ALERT.id: _warned,
    acts.RECALCULATE.id: _recalculated,
    acts.CLOSE.id: _closed,
    acts.CALLBACK.id: _called_back,
    acts.REOPEN.id: _reopened,
    acts.REVEAL.id: _noted,
    acts.CONTACT.id: _contacted,
    acts.UNDO.id: _undone,
}
