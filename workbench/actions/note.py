"""A word for the file."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """A note is always welcome."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data."""
    return {"text": asked.text("text", required=True)}


ACTION = Action(
    acts.NOTE,
    plan,
    why_not,
    fields=(Field("text", N_("Note"), "text", required=True, help=N_("What is written down.")),),
)
