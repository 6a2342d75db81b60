"""An answer to what was asked: a request for help, a press, a prevention that was carried out."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.domain.policies import Rules
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

KINDS = duties.ended_by(acts.ANSWER)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the person at the desk has nothing to answer, or None; some answers outlive the case."""
    if answerable(desk.rules(case.policy), case, desk.person, desk.now()):
        return None
    if other := next(iter(case.owed(*KINDS)), None):
        return Said(N_("{owner} owes the answer on {number}."), number=case.number, owner=other.owner)
    return Said(N_("On {number} no answer is owed."), number=case.number)


def answerable(rules: Rules, case: Case, person: str, at: datetime) -> tuple[Duty, ...]:
    """Return what ``person`` may answer; anybody may while no staff are listed."""
    if not rules.organisation.listed:
        return case.owed(*KINDS)
    return duty_rules.own(rules, case, person, at, *KINDS)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; whoever asked is told, and of help whoever handles the case by now.

    Raises:
        UsageError: what was not asked for as help is called somebody else's.
    """
    found = answerable(asked.rules, asked.case, asked.desk.person, asked.at)
    duty = duty_rules.chosen(asked, found, KINDS)
    text = asked.text("text", required=True)
    waiting = [duty.by, asked.case.handler or ""] if duty.kind == duties.REQUEST.id else [duty.by]
    said = {"duty": duty.id, "text": text, "informed": duty_rules.informed(asked, *waiting)}
    if not asked.yes("not_theirs"):
        return said
    if duty.kind != duties.REQUEST.id:
        raise UsageError(N_("Only a request for help can be somebody else's."), option=option("not_theirs"))
    return said | {"not_theirs": True}


ACTION = Action(
    acts.ANSWER,
    plan,
    why_not,
    fields=(
        replace(duty_rules.which(*KINDS), positional=True),
        Field("text", N_("Answer"), "text", required=True),
        Field("not_theirs", N_("Not ours"), "yesno",
              help=N_("The help that was asked for is not ours to give; it counts as passed on.")),
    ),
)  # fmt: skip
