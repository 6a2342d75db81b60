"""The case is offered to a colleague by name, who accepts it or refuses it (S3)."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.domain.times import stamp
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.dues import due, next_duty
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be dispatched, or None; one dispatch is open at a time."""
    if offered := next(iter(case.owed(duties.DISPATCH.id)), None):
        return Said(
            N_("{number} is dispatched to {owner} already, who has not answered yet."),
            number=case.number, owner=offered.owner,
        )  # fmt: skip
    return duty_rules.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; what nobody accepts by its time comes back by itself.

    Raises:
        RefusedError: it would go to whoever handles it, or to oneself.
    """
    to = duty_rules.able(asked, asked.person("to"), "accept")
    if to == asked.case.handler:
        raise RefusedError(N_("{number} is held by {holder}."), number=asked.case.number, holder=to)
    if to == asked.desk.person:
        raise RefusedError(N_("A dispatch goes to somebody else; to hold the case yourself, take it."))
    due_at = stamp(due(asked, duties.DISPATCH.id))
    return {
        "duty": next_duty(asked.case), "to": to, "due_at": due_at, "informed": duty_rules.informed(asked, to),
    } | asked.data("text")  # fmt: skip


ACTION = Action(
    acts.DISPATCH,
    plan,
    why_not,
    fields=(
        Field("to", N_("To whom"), "person", required=True),
        Field("text", N_("What to do"), "text"),
        duty_rules.BY_WHEN,
    ),
)
