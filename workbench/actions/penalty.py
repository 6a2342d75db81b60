"""The centre proposes a penalty; whether it comes is decided elsewhere. Source: S3, powers of the centre."""

from typing import Any

from workbench.actions import about, owing
from workbench.actions.asked import Asked, option
from workbench.actions.base import Action, Desk, Field
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.domain.telling import told
from workbench.words import N_, Said

TOLD = "manager"


def why_not(desk: Desk, case: Case) -> Said | None:
    """A penalty may be proposed at any time by those whose role allows it."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; the manager nearest to the place is told."""
    person = about.given(asked.given, "on", asked.rules)
    if not person:
        raise UsageError(N_("Say on whom."), option=option("on"))
    text = asked.text("text", required=True)
    managers = told(asked.rules, asked.case, TOLD, asked.at)
    return {"on": person, "text": text, "informed": owing.informed(asked, *managers)}


ACTION = Action(
    acts.PENALTY,
    plan,
    why_not,
    fields=(
        Field("on", N_("On whom"), "person", required=True),
        Field("text", N_("What and why"), "text", required=True),
    ),
)
