"""Something the customer was told would happen by a time."""

from typing import TYPE_CHECKING, Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.domain.times import stamp, until_echo
from workbench.rules.action import Action, Field
from workbench.rules.permissions import refusal
from workbench.rules.request import Asked
from workbench.words import N_, Said

if TYPE_CHECKING:
    from workbench.domain.commitments import Commitment


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
            N_("A promise is due in the future; {due} has passed."), due=until_echo(due_at, asked.rules.zone)
        )
    return {"id": len(asked.case.promises) + 1, **said, "due_at": stamp(due_at)}


def unregistered(desk: Desk, case: Case, done: Action) -> tuple["Commitment", ...]:
    """Return what ``done``, newest of the person at ``desk``, commits us to and no open promise is due at.

    Nothing for an act that tells the customer nothing, that is itself the promise, and where no promise
    may be made.
    """
    spoken = [field.name for field in done.fields if field.spoken]
    if not spoken or done is ACTION or refusal(desk, case, ACTION):
        return ()
    timeline = reversed(desk.timeline(case.case_id))
    event = next((each for each in timeline if each.act == done.id and each.by == desk.person), None)
    text = "\n".join(str(event.data[name]) for name in spoken if name in event.data) if event else ""
    if not event or not text:
        return ()
    from workbench.domain import commitments  # its patterns take their time; most acts say nothing

    return commitments.unregistered(text, case, event.at, desk.rules(case.policy).zone)


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
