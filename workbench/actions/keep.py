"""A promise was kept, or broken."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

MOST = 10_000
OUTCOMES = (("no", N_("kept")), ("yes", N_("broken")))


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why no promise can be settled, or None."""
    if any(promise.state == "open" for promise in case.promises):
        return None
    return Said(N_("{number} has no open promise."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; the only open promise need not be named."""
    still_open = [promise.id for promise in asked.case.promises if promise.state == "open"]
    number = asked.whole("id", 1, MOST)
    if number is None:
        if len(still_open) > 1:
            raise UsageError(N_("Several promises are open; say which."), option=option("id"))
        number = still_open[0]
    if number not in [promise.id for promise in asked.case.promises]:
        raise UsageError(N_("There is no promise {id} on this case."), option=option("id"), id=number)
    if number not in still_open:
        raise RefusedError(N_("Promise {id} is settled already."), id=number)
    return {"id": number, "broken": asked.yes("broken")}


ACTION = Action(
    acts.KEEP,
    plan,
    why_not,
    fields=(
        Field("id", N_("Promise"), "promise", low=1, high=MOST,
              help=N_("The number of the promise; the only open one may be left out."), positional=True),
        Field("broken", N_("What came of it"), "yesno", choices=OUTCOMES, default="no",
              help=N_("It was broken.")),
    ),
)  # fmt: skip
