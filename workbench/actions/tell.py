"""Colleagues are told of something on the case; whether they saw it is kept (S4: passing on)."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nobody can be told, or None."""
    return duty_rules.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; for somebody who is away the substitute is told."""
    text = asked.text("text", required=True)
    people = duty_rules.informed(
        asked, *(duty_rules.able(asked, name, "seen") for name in asked.people("to"))
    )
    if not people:
        raise RefusedError(N_("You know it yourself; name somebody else."))
    return {"text": text, "informed": people}


ACTION = Action(
    acts.TELL,
    plan,
    why_not,
    fields=(
        Field("to", N_("Whom"), "people", required=True, help=N_("Whom; several with commas between them.")),
        Field("text", N_("What"), "text", required=True, help=N_("What they are told.")),
    ),
)
