"""No, with a reason: to a dispatch or a handover, or to what somebody asked to be approved."""

from datetime import datetime
from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.domain.policies import Rules
from workbench.rules import approvals, duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said

KINDS = duties.refused_by(acts.REFUSE)
WHY = N_("Say why not: whoever offered it or asked for it is told.")
OFFERED = tuple(kind for kind in KINDS if kind != duties.APPROVAL.id)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the person at the desk has nothing to refuse, or None."""
    if refusable(desk.rules(case.policy), case, desk.person, desk.now()):
        return None
    if other := next(iter(case.owed(*KINDS)), None):
        return Said(N_("{number} waits for {owner}; it is not yours to refuse."), number=case.number,
                    owner=other.owner)  # fmt: skip
    return duty_rules.done(case) or Said(N_("On {number} there is nothing to refuse."), number=case.number)


def refusable(rules: Rules, case: Case, person: str, at: datetime) -> tuple[Duty, ...]:
    """Return what was offered to ``person``, and the requests that ``person`` may decide."""
    decided = [
        duty
        for duty in case.owed(duties.APPROVAL.id)
        if not approvals.may_decide(rules, person, case, duty, at=at)
    ]
    return (*duty_rules.own(rules, case, person, at, *OFFERED), *decided)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; whoever offered or asked is told."""
    found = refusable(asked.rules, asked.case, asked.desk.person, asked.at)
    duty = duty_rules.chosen(asked, found, KINDS)
    reason = asked.reason(WHY)
    return {"duty": duty.id, "reason": reason, "informed": duty_rules.informed(asked, duty.by)}


ACTION = Action(
    acts.REFUSE,
    plan,
    why_not,
    fields=(
        duty_rules.which(*KINDS),
        Field("reason", N_("Why"), "line", required=True, needed=WHY),
    ),
)
