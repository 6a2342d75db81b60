"""What waits for a word of confirmation: a task force, a tier, a handover, a level that was made milder."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.rules import authority, binding, duty_rules
from workbench.rules.action import Action
from workbench.rules.request import Asked
from workbench.words import N_, Said

KINDS = tuple(kind for kind in duties.ended_by(acts.CONFIRM) if kind != duties.LEVEL.id)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the person at the desk has nothing to confirm, or None."""
    rules, now = desk.rules(case.policy), desk.now()
    if duty_rules.own(rules, case, desk.person, now, *KINDS):
        return None
    reason = binding.why_not(rules, desk.person, case, now)
    if reason is None or authority.bound(rules, case) < case.severity:
        return reason
    if other := next(iter(case.owed(*KINDS)), None):
        return Said(N_("{number} waits for {owner} to confirm."), number=case.number, owner=other.owner)
    return duty_rules.done(case) or reason


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the one that was named, else all that wait for this person.

    The level is confirmed where its number was given, or where nothing else waits for this person.

    Raises:
        RefusedError: somebody else confirms the level, or none binds.
    """
    mine = duty_rules.own(asked.rules, asked.case, asked.desk.person, asked.at, *KINDS)
    if _is_level(asked) or not mine:
        return _level(asked)
    if asked.text("id"):
        mine = (duty_rules.chosen(asked, mine, KINDS),)
    return {"duties": [duty.id for duty in mine]}


def _is_level(asked: Asked) -> bool:
    return any(str(duty.id) == asked.text("id").strip() for duty in binding.owed(asked.case))


def _level(asked: Asked) -> dict[str, Any]:
    case, rules = asked.case, asked.rules
    if reason := binding.why_not(rules, asked.desk.person, case, asked.at):
        raise RefusedError.because(reason)
    return {"duties": [], "level": case.severity, "bound": authority.bound(rules, case)}


ACTION = Action(
    acts.CONFIRM,
    plan,
    why_not,
    fields=(duty_rules.which(*KINDS, duties.LEVEL.id),),
)
