"""The case goes to another handler."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules import impartial
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot change hands, or None."""
    return None if case.live else Said(N_("{number} is done."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; a change of holder counts as a hand-off, the first holder does not."""
    to = impartial.ensure_receiver(asked.case, asked.person("to"))
    return {"to": to, "from": asked.case.handler} | asked.data("reason")


ACTION = Action(
    acts.ASSIGN,
    plan,
    why_not,
    fields=(Field("to", N_("To whom"), "person", required=True), Field("reason", N_("Why"), "line")),
)
