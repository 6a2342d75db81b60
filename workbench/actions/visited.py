"""An appointment was kept, or missed."""

from dataclasses import replace
from typing import Any

from workbench.actions import owing
from workbench.actions.asked import Asked
from workbench.actions.base import Action, Desk, Field
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.words import N_, Said

KINDS = ("visit",)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why no visit can be settled, or None."""
    if case.owed(*KINDS):
        return None
    return owing.done(case) or Said(N_("On {number} no visit is agreed."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; of a visit that was missed the handler is told."""
    duty = owing.chosen(asked, asked.case.owed(*KINDS), KINDS)
    missed = asked.yes("missed")
    data = {"duty": duty.id, "missed": missed} | asked.data("text")
    return data | ({"informed": owing.informed(asked, asked.case.handler or "")} if missed else {})


ACTION = Action(
    acts.VISITED,
    plan,
    why_not,
    fields=(
        replace(owing.which(*KINDS), positional=True),
        Field("missed", N_("Missed"), "yesno", help=N_("It was missed.")),
        Field("text", N_("What was found"), "text"),
    ),
)
