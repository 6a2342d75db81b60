"""An engineer comes to the customer: an appointment is a clock."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.times import stamp
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.dues import due, next_duty
from workbench.rules.request import Asked, option
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why no visit can be agreed, or None."""
    return duty_rules.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; the first engineer who is named stays the engineer of the case."""
    asked.text("at", required=True)
    due_at = stamp(due(asked, duties.VISIT.id, "at"))
    named = _named(asked)
    to = named or asked.case.repair.engineer or asked.case.handler
    if to is None:
        raise UsageError(N_("Say which engineer comes."), option=option("engineer"))
    data = {
        "duty": next_duty(asked.case),
        "to": to,
        "due_at": due_at,
        "informed": duty_rules.informed(asked, to),
    }
    return data | ({"engineer": named} if named else {}) | asked.data("text")


def _named(asked: Asked) -> str:
    if not asked.text("engineer"):
        return ""
    name = duty_rules.able(asked, asked.person("engineer"), "visited")
    known = asked.case.repair.engineer
    if known not in (None, name):
        raise RefusedError(
            N_("The engineer of {number} is {known}; a change needs a reason: engineer."),
            number=asked.case.number, known=known,
        )  # fmt: skip
    return name


ACTION = Action(
    acts.VISIT,
    plan,
    why_not,
    fields=(
        Field("at", N_("When"), "time", required=True, help=N_("When: tomorrow 9:00, 2026-11-25 14:30.")),
        Field("engineer", N_("Engineer"), "person",
              help=N_("Who comes; default the engineer of the case, else its handler.")),
        Field("text", N_("What for"), "text"),
    ),
)  # fmt: skip
