"""Something the customer was told would happen by a time."""

from typing import Any

from workbench.actions.asked import Asked
from workbench.actions.base import Action, Desk, Field
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.domain.times import echo, stamp
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nothing can be promised, or None."""
    return None if case.live else Said(N_("{number} is done; reopen it first."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; promises are numbered from 1 on a case."""
    said = asked.worded("text", required=True)
    due_at = asked.time("due", required=True, date_means="end")
    assert due_at is not None
    if due_at <= asked.at:
        raise RefusedError(
            N_("A promise is due in the future; {due} has passed."), due=echo(due_at, asked.rules.zone)
        )
    return {"id": len(asked.case.promises) + 1, **said, "due_at": stamp(due_at)}


ACTION = Action(
    acts.PROMISE,
    plan,
    why_not,
    fields=(
        Field("text", N_("What was promised"), "text", required=True, spoken=True),
        Field("due", N_("By when"), "time", required=True,
              help=N_("By when: 2026-11-21 18:00, +2h, tomorrow 9:00; a date is its end.")),
    ),
)  # fmt: skip
