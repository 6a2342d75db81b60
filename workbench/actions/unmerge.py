"""A merged case goes its own way again."""

from typing import Any

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.rules import other_cases
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be taken out, or None."""
    if not case.merged_into:
        return Said(N_("{number} is merged into no other case."), number=case.number)
    return None if case.unsolved else Said(N_("{number} is closed; reopen it first."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: out of which case; its clocks begin as after a reopening."""
    head = asked.case.merged_into
    assert head is not None
    return {"case_id": head.case_id, "to": head.number, "reason": asked.text("reason", required=True)}


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Let the other case forget it."""
    other_cases.left(desk, db, desk.case_in(db, event.data["case_id"]), before)


ACTION = Action(
    acts.UNMERGE,
    plan,
    why_not,
    spread=spread,
    fields=(Field("reason", N_("Why"), "line", required=True),),
)
