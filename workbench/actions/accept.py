"""A dispatch is accepted: whoever accepts handles the case from then on."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.rules import duty_rules
from workbench.rules.action import Action
from workbench.rules.request import Asked
from workbench.words import N_, Said

KINDS = duties.ended_by(acts.ACCEPT)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the person at the desk has nothing to accept, or None."""
    if duty_rules.own(desk.rules(case.policy), case, desk.person, desk.now(), *KINDS):
        return None
    if offered := next(iter(case.owed(*KINDS)), None):
        return Said(N_("{number} is dispatched to {owner}."), number=case.number, owner=offered.owner)
    last = _last(case)
    if last and last.state == "returned":
        return Said(
            N_("The dispatch of {number} has come back to {by}: it was not accepted in time."),
            number=case.number, by=last.by,
        )  # fmt: skip
    return duty_rules.done(case) or Said(N_("{number} is dispatched to nobody."), number=case.number)


def _last(case: Case) -> Duty | None:
    return next((duty for duty in reversed(case.duties) if duty.kind in KINDS), None)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; a change of hands is counted."""
    mine = duty_rules.own(asked.rules, asked.case, asked.desk.person, asked.at, *KINDS)
    return {"duty": duty_rules.chosen(asked, mine, KINDS).id}


ACTION = Action(
    acts.ACCEPT,
    plan,
    why_not,
    fields=(duty_rules.which(*KINDS),),
)
