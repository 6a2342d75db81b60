"""Somebody has looked at it on the spot. Source: S2, 现场验看; S3 for the warranty."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules import warranty
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nothing can be inspected, or None."""
    return None if case.live else Said(N_("{number} is done; reopen it first."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: what was found, and whether the home is inside its warranty."""
    return {"text": asked.text("text", required=True)} | warranty.given(asked)


ACTION = Action(
    acts.INSPECT,
    plan,
    why_not,
    fields=(
        Field("text", N_("What was found"), "text", required=True),
        Field("within_warranty", N_("Inside the warranty"), "choice", choices=warranty.YES_NO,
              help=N_("Whether the home is inside its warranty."), metavar="YES|NO"),
        Field("warranty_until", N_("Warranty until"), "line",
              help=N_("The last day of the warranty."), metavar="DATE"),
    ),
)  # fmt: skip
