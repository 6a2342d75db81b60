"""A promised sum is paid, once and in full."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

MOST = 10_000


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nothing can be paid, or None."""
    if any(sum_.state == "promised" for sum_ in case.money):
        return None
    return Said(N_("{number} has no sum to pay."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; the only sum that is not paid need not be named."""
    unpaid = [sum_.id for sum_ in asked.case.money if sum_.state == "promised"]
    number = asked.whole("id", 1, MOST)
    if number is None:
        if len(unpaid) > 1:
            raise UsageError(N_("Several sums are promised; say which."), option=option("id"))
        number = unpaid[0]
    sum_ = next((each for each in asked.case.money if each.id == number), None)
    if sum_ is None:
        raise UsageError(N_("There is no sum {id} on this case."), option=option("id"), id=number)
    if number not in unpaid:
        raise RefusedError(N_("Sum {id} is paid already."), id=number)
    return {"id": number, "amount": str(sum_.amount)} | asked.data("text")


ACTION = Action(
    acts.PAY,
    plan,
    why_not,
    fields=(
        Field("id", N_("Which sum"), "number", low=1, high=MOST,
              help=N_("Its number; the only open one may be left out."), metavar="ID", positional=True),
        Field("text", N_("Note"), "text"),
    ),
)  # fmt: skip
