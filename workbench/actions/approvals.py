"""What is above somebody's authority becomes a request to the right role, with a clock of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workbench.actions.dues import due_of, next_duty
from workbench.domain.cases import Case
from workbench.domain.policies import Rules
from workbench.domain.regime import Role
from workbench.domain.times import stamp


def request(
    case: Case, act: str, asked: Mapping[str, Any], role: Role, at: datetime, rules: Rules
) -> dict[str, Any]:
    """Return the data of a request that ``role`` decides on ``act``; ``asked`` is what would be done."""
    people = list(rules.organisation.with_role(role.id, case.site, at))
    return {
        "duty": next_duty(case),
        "act": act,
        "asked": dict(asked),
        "role": role.id,
        "owner": people[0] if people else role.id,
        "people": people,
        "due_at": stamp(due_of("approval", at, rules)),
        "text": str(asked.get("outcome") or asked.get("text") or ""),
    }
