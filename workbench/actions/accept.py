"""A dispatch is accepted: whoever accepts handles the case from then on."""

from typing import Any

from workbench.actions import owing
from workbench.actions.asked import Asked
from workbench.actions.base import Action, Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.parts import Duty
from workbench.words import N_, Said

KINDS = ("dispatch",)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the person at the desk has nothing to accept, or None."""
    if owing.own(desk.rules(case.policy), case, desk.person, desk.now(), *KINDS):
        return None
    if offered := next(iter(case.owed(*KINDS)), None):
        return Said(N_("{number} is dispatched to {owner}."), number=case.number, owner=offered.owner)
    last = _last(case)
    if last and last.state == "returned":
        return Said(
            N_("The dispatch of {number} has come back to {by}: it was not accepted in time."),
            number=case.number, by=last.by,
        )  # fmt: skip
    return owing.done(case) or Said(N_("{number} is dispatched to nobody."), number=case.number)


def _last(case: Case) -> Duty | None:
    return next((duty for duty in reversed(case.duties) if duty.kind in KINDS), None)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; a change of hands is counted."""
    mine = owing.own(asked.rules, asked.case, asked.desk.person, asked.at, *KINDS)
    return {"duty": owing.chosen(asked, mine, KINDS).id}


ACTION = Action(
    acts.ACCEPT,
    plan,
    why_not,
    fields=(owing.which(*KINDS),),
)
