"""What several effects have in common."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workbench.domain.case_parts import Link
from workbench.domain.cases import Case, Event
from workbench.domain.policies import Rules

Effect = Callable[[Case, Event, datetime, Rules], None]


def told(case: Case, at: datetime) -> None:
    """The customer heard from us at ``at``."""
    case.answered = True
    case.unanswered_since = None
    case.last_told_at = max(at, case.last_told_at or at)


def waiting(case: Case, since: datetime) -> None:
    """The customer has waited for a word from us since then, if not for longer."""
    case.unanswered_since = min(since, case.unanswered_since or since)


def second(case: Case, data: Mapping[str, Any]) -> None:
    """The case is a second complaint, if ``data`` says of which."""
    if "repeat_of" in data:
        case.repeat, case.repeat_of, case.times = True, data["repeat_of"], data["times"]
        case.links = (*case.links, Link(data["case_id"], data["repeat_of"], "same"))


def pass_on(case: Case, to: str, *, counted: bool = True, instead_of: str | None = None) -> None:
    """Make ``to`` the handler; a change of hands counts, the first holder does not.

    Nor does what a substitute gives back to whoever was away.

    Args:
        instead_of: For whom ``to`` stands in.
    """
    if case.handler is not None and case.handler != to:
        if counted and to != case.stands_in_for:
            case.handoffs += 1
            case.given_by = (*case.given_by, case.handler)
        case.handed_on = case.handed_on | {case.handler}
    if case.handler != to or instead_of:
        case.stands_in_for = instead_of
    case.handler = to
