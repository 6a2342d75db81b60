"""The centre proposes a penalty; whether it comes is decided elsewhere. Source: S3, powers of the centre."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.domain.recipients import told
from workbench.rules import complained_about, duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

TOLD = "manager"


def why_not(desk: Desk, case: Case) -> Said | None:
    """A penalty may be proposed at any time by those whose role allows it."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; the manager nearest to the place is told."""
    person = complained_about.given(asked.given, "on", asked.rules)
    if not person:
        raise UsageError(N_("Say on whom."), option=option("on"))
    text = asked.text("text", required=True)
    managers = told(asked.rules, asked.case, TOLD, asked.at)
    return {"on": person, "text": text, "informed": duty_rules.informed(asked, *managers)}


ACTION = Action(
    acts.PENALTY,
    plan,
    why_not,
    fields=(
        Field("on", N_("On whom"), "person", required=True),
        Field("text", N_("What and why"), "text", required=True),
    ),
)
