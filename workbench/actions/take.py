"""A handler takes a case that nobody holds."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be taken, or None; whoever holds it is named."""
    if case.handler is not None:
        return Said(N_("{number} is held by {holder}."), number=case.number, holder=case.handler)
    if not case.live:
        return Said(N_("{number} is done."), number=case.number)
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the taker becomes the handler."""
    return {"to": asked.desk.person}


ACTION = Action(acts.TAKE, plan, why_not)
