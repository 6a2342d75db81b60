"""The clocks go on."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the clocks cannot go on, or None."""
    return None if case.pause else Said(N_("{number} is not paused."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data."""
    return {}


ACTION = Action(acts.RESUME, plan, why_not)
