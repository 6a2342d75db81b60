"""Something befalls a building: complaints from there belong to this case as they come."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot lead an incident, or None."""
    if not case.site:
        return Said(N_("{number} names no site; amend it first."), number=case.number)
    if case.incident is not None:
        return Said(N_("{number} leads an incident already."), number=case.number)
    return None if case.unsolved else Said(N_("{number} is closed; reopen it first."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the building, as its units begin; nothing stands for the whole site."""
    return {"building": asked.text("building").strip()} | asked.data("text")


ACTION = Action(
    acts.INCIDENT,
    plan,
    why_not,
    fields=(
        Field("building", N_("Building, as its units begin"), "line",
              help=N_("How the units of the building begin; none: the whole site.")),
        Field("text", N_("What has happened"), "text"),
    ),
)  # fmt: skip
