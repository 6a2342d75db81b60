"""A solution is proposed to the customer."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nothing can be proposed, or None."""
    return None if case.unsolved else Said(N_("{number} is closed; reopen it first."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; stops the response and the proposal clock by the policy."""
    return asked.worded("text", required=True)


ACTION = Action(
    acts.PROPOSE,
    plan,
    why_not,
    fields=(Field("text", N_("Proposed solution"), "text", required=True, spoken=True),),
)
