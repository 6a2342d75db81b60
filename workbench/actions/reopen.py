"""The case comes back."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules import levels, other_cases
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be reopened, or None."""
    return Said(N_("{number} is still open."), number=case.number) if case.unsolved else None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: a repeat, judged again; clocks by the policy's rule."""
    reason = {"reason": asked.text("reason", required=True)}
    return reason | other_cases.came_back(asked.case) | levels.reopened(asked)


ACTION = Action(
    acts.REOPEN,
    plan,
    why_not,
    spread=other_cases.forget,
    fields=(Field("reason", N_("Why"), "text", required=True),),
)
