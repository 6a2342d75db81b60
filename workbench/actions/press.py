"""Head office presses a case: whoever handles it, and whoever was first asked, owe an answer (S3)."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.recipients import told
from workbench.domain.times import stamp
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.dues import due, next_duty
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be pressed, or None."""
    return duty_rules.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; where both have left, the answer is owed by the nearest supervisor."""
    text = asked.text("text", required=True)
    case, rules = asked.case, asked.rules
    members = rules.organisation.members
    named = [name for name in (case.handler, case.first_asked) if name and name not in case.accused]
    here = [name for name in named if name not in members or members[name].active]
    owners = here or told(rules, case, duty_rules.SENIOR, asked.at) or [case.first_asked]
    return {
        "duty": next_duty(case), "owner": owners[0], "text": text,
        "due_at": stamp(due(asked, duties.PRESS.id)),
        "informed": duty_rules.informed(asked, *owners),
    }  # fmt: skip


ACTION = Action(
    acts.PRESS,
    plan,
    why_not,
    fields=(
        Field("text", N_("What is pressed for"), "text", required=True),
        duty_rules.BY_WHEN,
    ),
)
