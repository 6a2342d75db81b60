"""Whoever was told has seen it."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.case_parts import Notice
from workbench.domain.cases import Case
from workbench.rules.action import Action
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why there is nothing to see, or None."""
    if unseen(case, desk.person):
        return None
    return Said(N_("On {number} there is nothing new for you."), number=case.number)


def unseen(case: Case, person: str) -> tuple[Notice, ...]:
    """Return what ``person`` was told on ``case`` and has not seen."""
    return tuple(each for each in case.notices if each.person == person and each.seen_at is None)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: everything on the case that the person had not seen."""
    return {"notices": [each.id for each in unseen(asked.case, asked.desk.person)]}


ACTION = Action(
    acts.SEEN,
    plan,
    why_not,
)
