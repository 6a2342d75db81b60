"""Colleagues are told of something on the case; whether they saw it is kept (S4: passing on)."""

from typing import Any

from workbench.actions import owing
from workbench.actions.asked import Asked
from workbench.actions.base import Action, Desk, Field
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nobody can be told, or None."""
    return owing.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; for somebody who is away the substitute is told."""
    text = asked.text("text", required=True)
    people = owing.informed(asked, *(owing.able(asked, name, "seen") for name in asked.people("to")))
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
