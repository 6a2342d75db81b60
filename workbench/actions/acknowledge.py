"""The customer knows that we hold the case."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be acknowledged, or None."""
    if not case.unsolved:
        return Said(N_("{number} is closed; there is nothing to acknowledge."), number=case.number)
    if case.acknowledged:
        return Said(N_("{number} was acknowledged already."), number=case.number)
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; stops the response clock by the policy."""
    return asked.worded("text")


ACTION = Action(
    acts.ACKNOWLEDGE,
    plan,
    why_not,
    fields=(Field("text", N_("What the customer was told"), "text", spoken=True),),
)
