"""What keeps it from happening again: owed by somebody, followed after the case is done. Source: S0, S2."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.times import stamp
from workbench.rules import dues, duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """A prevention may be planned at any time; most are when the case is done."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; without a time it is due when the policy says."""
    text, owner = asked.text("text", required=True), duty_rules.able(asked, asked.person("owner"), "answer")
    due_at = dues.due(asked, duties.PREVENTION.id)
    return {
        "duty": dues.next_duty(asked.case),
        "owner": owner,
        "text": text,
        "due_at": stamp(due_at),
        "informed": duty_rules.informed(asked, owner),
    }


ACTION = Action(
    acts.PREVENT,
    plan,
    why_not,
    fields=(
        Field("text", N_("What is to be done"), "text", required=True),
        Field("owner", N_("Who owes it"), "person", required=True),
        duty_rules.BY_WHEN,
    ),
)
