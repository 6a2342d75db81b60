"""Somebody looks at the customer's full phone number."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why there is nothing to show, or None."""
    return None if case.phone else Said(N_("{number} has no phone number."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: that it was shown, never what."""
    return {"what": "phone"}


ACTION = Action(
    acts.REVEAL,
    plan,
    why_not,
)
