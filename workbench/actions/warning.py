"""An early warning about a case is accepted, and seen to by a time, or dismissed with the reason."""

from collections.abc import Mapping
from typing import Any

from storage import warning_rows
from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.times import stamp
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.dues import due, next_duty
from workbench.rules.request import Asked, option, text
from workbench.words import N_, Said

MOST = 10**9
DECISIONS = ((warning_rows.ACCEPTED, N_("taken up")), (warning_rows.DISMISSED, N_("dismissed")))


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nothing can be decided, or None."""
    return None if case.warned else _none(case)


def _none(case: Case) -> Said:
    return Said(N_("{number} gives no early warning."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; the only open warning need not be named. The row follows from the event."""
    found = warning_rows.of_case(asked.db, asked.case.site_id, asked.case.case_id)
    if not found:  # somebody was told, but of nothing that is decided
        raise RefusedError.because(_none(asked.case))
    still_open = [each.number for each in found if each.state == warning_rows.OPEN]
    number = asked.whole("warning", 1, MOST)
    if number is None and len(still_open) > 1:
        raise UsageError(N_("Several warnings are open; say which."), option=option("warning"))
    if number is None:
        number = still_open[0] if still_open else found[0].number
    warned = next((each for each in found if each.number == number), None)
    if warned is None:
        raise UsageError(
            N_("There is no warning {warning} about this case."), option=option("warning"), warning=number
        )
    refuse_decided(warned)
    decision = asked.choice("decision", [value for value, _ in DECISIONS], warning_rows.ACCEPTED)
    reason = asked.text("reason", required=decision == warning_rows.DISMISSED)
    decided = {"warning": number, "decision": decision} | ({"reason": reason} if reason else {})
    return decided | follow_up(asked, decision)


def follow_up(asked: Asked, decision: str) -> dict[str, Any]:
    """Return the duty to see to what is accepted: whoever was named owes it, else who accepts.

    Nothing on a case that is done: there the cause is gone.

    Raises:
        UsageError: a warning that is dismissed would have an owner or a due time.
        RefusedError: the role of whoever was named does not allow to answer.
    """
    if decision == warning_rows.DISMISSED:
        refuse_owner(asked.given)
        return {}
    if not asked.case.live:
        return {}
    named = asked.text("owner").strip()
    owner = duty_rules.able(asked, asked.person("owner"), acts.ANSWER.id) if named else asked.desk.person
    return {
        "duty": next_duty(asked.case), "owner": owner, "due_at": stamp(due(asked, duties.FOLLOW_UP.id)),
        "informed": duty_rules.informed(asked, owner),
    }  # fmt: skip


def refuse_owner(given: Mapping[str, Any]) -> None:
    """Refuse an owner or a due time of what nobody sees to.

    Raises:
        UsageError: one of them was typed.
    """
    for name in ("owner", "due"):
        if text(given, name).strip():
            raise UsageError(
                N_("Only a warning that is accepted has an owner and a due time."), option=option(name)
            )


def refuse_decided(warned: warning_rows.Warned) -> None:
    """Refuse to decide twice.

    Raises:
        RefusedError: somebody has decided already.
    """
    if warned.state != warning_rows.OPEN:
        said = dict(DECISIONS)[warned.state]
        raise RefusedError(
            N_("Warning {warning} is decided already: {decision} by {by}."),
            warning=warned.number, decision=Said(said), by=warned.decided_by,
        )  # fmt: skip


ACTION = Action(
    acts.WARNING,
    plan,
    why_not,
    fields=(
        Field("warning", N_("Warning number"), "number", low=1, high=MOST),
        Field("decision", N_("Decision"), "choice", choices=DECISIONS, default=warning_rows.ACCEPTED),
        Field("reason", N_("Reason, needed to dismiss"), "line"),
        Field("owner", N_("Who sees to it"), "person", help=N_("Who sees to it; default you.")),
        duty_rules.BY_WHEN,
    ),
)
