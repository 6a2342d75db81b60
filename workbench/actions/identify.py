"""Two cases are of the same customer, though phone, name or home differ."""

from typing import Any

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError
from workbench.rules import other_cases
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Customers may be told apart or together at any time."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the oldest case of the same person stands for the person.

    Raises:
        RefusedError: both are of one person already.
    """
    same = other_cases.other(asked, "same_as")
    mine, other = asked.case.person or asked.case.case_id, same.person or same.case_id
    if mine == other:
        raise RefusedError(
            N_("{number} and {other} are of one customer already."),
            number=asked.case.number,
            other=same.number,
        )
    return {"person": min(mine, other), "same_as": same.number, "case_id": same.case_id}


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Say the same on the other case."""
    data = {"person": event.data["person"], "same_as": after.number, "case_id": after.case_id}
    other_cases.write(desk, db, event.data["case_id"], acts.IDENTIFY.id, data)


ACTION = Action(
    acts.IDENTIFY,
    plan,
    why_not,
    spread=spread,
    fields=(
        Field("same_as", N_("As on which case"), "case", required=True,
              help=N_("A case of the same customer.")),
    ),
)  # fmt: skip
