"""A member confirms being in a task force; a receiver confirms a handover and handles the case."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.rules import duty_rules
from workbench.rules.action import Action
from workbench.rules.request import Asked
from workbench.words import N_, Said

KINDS = duties.ended_by(acts.CONFIRM)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the person at the desk has nothing to confirm, or None."""
    if duty_rules.own(desk.rules(case.policy), case, desk.person, desk.now(), *KINDS):
        return None
    if other := next(iter(case.owed(*KINDS)), None):
        return Said(N_("{number} waits for {owner} to confirm."), number=case.number, owner=other.owner)
    return duty_rules.done(case) or Said(N_("On {number} there is nothing to confirm."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the one that was named, else all that wait for this person."""
    mine = duty_rules.own(asked.rules, asked.case, asked.desk.person, asked.at, *KINDS)
    if asked.text("id"):
        mine = (duty_rules.chosen(asked, mine, KINDS),)
    return {"duties": [duty.id for duty in mine]}


ACTION = Action(
    acts.CONFIRM,
    plan,
    why_not,
    fields=(duty_rules.which(*KINDS),),
)
