"""A case goes on inside another one; its customer is still called back."""

from typing import Any

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError
from workbench.domain.recipients import standing_in
from workbench.rules import accounts, one_voice, other_cases
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be merged, or None."""
    if case.merged_into:
        into = case.merged_into.number
        return Said(N_("{number} is merged into {into} already."), number=case.number, into=into)
    if any(link.kind == "merged" for link in case.links):
        return Said(N_("Other cases are merged into {number}; it leads them."), number=case.number)
    return None if case.unsolved else Said(N_("{number} is closed; reopen it first."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: into which case.

    Raises:
        RefusedError: that one is closed, or itself merged into another.
    """
    head = other_cases.other(asked, "into")
    other_cases.ensure_unsolved(head)
    if head.merged_into:
        raise RefusedError(
            N_("{number} is itself merged into {into}."), number=head.number, into=head.merged_into.number
        )
    return {"case_id": head.case_id, "to": head.number} | asked.data("reason")


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Let the other case know, and its handler; it counts the people of both, and complains about as many."""
    head = desk.case_in(db, event.data["case_id"])
    barred = (*head.accused, *before.accused)
    handlers = standing_in(desk.rules_in(db, head.policy), barred, (head.handler or "",), event.at)
    informed = [name for name in handlers if name not in (desk.person, *before.accused)]
    other_cases.joined(desk, db, head, before, "merged", informed)
    one_voice.follow(desk, db, head)
    accounts.pass_on(desk, db, before, head.case_id, before.check.accounts)


ACTION = Action(
    acts.MERGE,
    plan,
    why_not,
    spread=spread,
    fields=(
        Field("into", N_("Into which case"), "case", required=True),
        Field("reason", N_("Why"), "line"),
    ),
)
