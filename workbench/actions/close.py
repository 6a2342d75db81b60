"""The work is done and the customer has been told."""

from typing import Any

from workbench.actions import together
from workbench.actions.asked import Asked
from workbench.actions.base import Action, Desk, Field
from workbench.domain.cases import Case
from workbench.words import N_, Said

RESOLUTIONS = (("full", N_("In full")), ("limited", N_("In part")), ("none", N_("Not solved")))
ACCEPTED = (("yes", N_("Yes")), ("no", N_("No")), ("unknown", N_("Not known")))


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be closed, or None."""
    return None if case.unsolved else Said(N_("{number} is closed already."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; leads to closed while a callback is owed, else to done."""
    return asked.worded("outcome", required=True) | {
        "resolution": asked.choice("resolution", [value for value, _ in RESOLUTIONS], "full"),
        "accepted": asked.choice("accepted", [value for value, _ in ACCEPTED], "unknown"),
    }


ACTION = Action(
    "close",
    N_("Close"),
    N_("Close with what the customer was told; a callback may still be owed."),
    plan,
    why_not,
    spread=together.close_parts,
    fields=(
        Field("outcome", N_("What the customer was told"), "text", required=True, spoken=True),
        Field("resolution", N_("Solved"), "choice", choices=RESOLUTIONS, default="full"),
        Field("accepted", N_("Customer accepts"), "choice", choices=ACCEPTED, default="unknown"),
    ),
)
