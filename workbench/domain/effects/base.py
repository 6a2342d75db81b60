"""What several effects have in common."""

from collections.abc import Callable
from datetime import datetime

from workbench.domain.cases import Case, Event
from workbench.domain.policies import Rules

Effect = Callable[[Case, Event, datetime, Rules], None]


def told(case: Case, at: datetime) -> None:
    """The customer heard from us at ``at``."""
    case.answered = True
    case.last_told_at = max(at, case.last_told_at or at)


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
