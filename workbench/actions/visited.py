"""An appointment was kept, or missed."""

from typing import Any

from msgspec.structs import replace

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said

KINDS = duties.ended_by(acts.VISITED)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why no visit can be settled, or None."""
    if case.owed(*KINDS):
        return None
    return duty_rules.done(case) or Said(N_("On {number} no visit is agreed."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; of a visit that was missed the handler is told."""
    duty = duty_rules.chosen(asked, asked.case.owed(*KINDS), KINDS)
    missed = asked.yes("missed")
    data = {"duty": duty.id, "missed": missed} | asked.data("text")
    return data | ({"informed": duty_rules.informed(asked, asked.case.handler or "")} if missed else {})


ACTION = Action(
    acts.VISITED,
    plan,
    why_not,
    fields=(
        replace(duty_rules.which(*KINDS), positional=True),
        Field("missed", N_("Missed"), "yesno", help=N_("It was missed.")),
        Field("text", N_("What was found"), "text"),
    ),
)
