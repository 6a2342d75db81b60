"""Two cases do not belong together after all."""

from typing import Any

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError
from workbench.rules import levels, other_cases, second_complaints
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said

WHY = N_("Say why it is no second complaint: the level is judged again without it.")


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why there is nothing to unlink, or None."""
    if any(link.kind != "merged" for link in case.links):
        return None
    return Said(N_("{number} is linked to no other case."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: from which case.

    Raises:
        RefusedError: the two are not linked.
    """
    head = other_cases.other(asked, "to")
    found = [link for link in asked.case.links if link.case_id == head.case_id and link.kind != "merged"]
    if not found:
        raise RefusedError(N_("{number} is not linked to {to}."), number=asked.case.number, to=head.number)
    data: dict[str, Any] = {"case_id": head.case_id, "to": head.number, "kind": found[0].kind}
    if found[0].kind in (second_complaints.SAME, second_complaints.BACK):
        return data | _no_repeat(asked, found[0].kind)
    fewer = -(head.people or 1) if found[0].kind in other_cases.COUNTED else 0
    return data | other_cases.counted(asked.desk, asked.db, asked.case, fewer)


def _no_repeat(asked: Asked, kind: str) -> dict[str, Any]:
    """Return why the second complaint is none, and what that makes of its level.

    Raises:
        UsageError: no reason is given.
    """
    why = {"reason": asked.reason(WHY)}
    if kind == second_complaints.BACK:
        return why  # the level of the other case follows there
    return why | levels.alone(asked.db, asked.case, asked.rules, asked.at)


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Take the link away on the other side too; what is merged into it stays so."""
    if after.merged_into and after.merged_into.case_id == event.data["case_id"]:
        return
    head = desk.case_in(db, event.data["case_id"])
    if any(link.case_id == after.case_id for link in head.links):
        why = {"reason": event.data["reason"]} if "reason" in event.data else {}
        other_cases.left(desk, db, head, after, why)


ACTION = Action(
    acts.UNLINK,
    plan,
    why_not,
    spread=spread,
    fields=(
        Field("to", N_("From which case"), "line", required=True, metavar="NUMBER"),
        Field(
            "reason",
            N_("Why"),
            "line",
            help=N_("Why it is no second complaint; needed where it is said to be one."),
        ),
    ),
)
