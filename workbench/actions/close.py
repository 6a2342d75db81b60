"""The work is done and the customer has been told."""

from dataclasses import replace
from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, flow
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.rules import impartial, other_cases, permissions
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said

RESOLUTIONS = (("full", N_("In full")), ("limited", N_("In part")), ("none", N_("Not solved")))
ACCEPTED = (("yes", N_("Yes")), ("no", N_("No")), ("unknown", N_("Not known")))


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be closed, or None."""
    return None if case.unsolved else Said(N_("{number} is closed already."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; leads to closed while a callback is owed, else to done.

    Raises:
        RefusedError: something stands before it on a case that was merged into this one.
    """
    said = asked.worded("outcome", required=True) | {
        "resolution": asked.choice("resolution", [value for value, _ in RESOLUTIONS], "full"),
        "accepted": asked.choice("accepted", [value for value, _ in ACCEPTED], "unknown"),
    }
    return said | weight(asked)


def weight(asked: Asked) -> dict[str, int]:
    """Return as what level the closing is decided on, where that is graver than the level of the case.

    What is merged into it is closed with it; and a level made milder by somebody who might not close the
    case is no way around the limit (S3: above it, the case is passed up).

    Raises:
        RefusedError: a task force, or a gate of the flow, stands before closing one of the merged cases.
    """
    case, level = asked.case, asked.case.severity
    for by, was in reversed(case.lowered):
        role = permissions.role_of(asked.rules, by)
        if role is None or role.closes <= was:
            break
        level = min(level, was)
    for part in other_cases.merged(asked.desk, asked.db, case):
        if reason := _before(asked, part):
            raise RefusedError.because(reason)
        level = min(level, part.severity)
    return {"as_level": level} if level < case.severity else {}


def _before(asked: Asked, part: Case) -> Said | None:
    """Say what stands before closing ``part`` together with the case into which it is merged, or None.

    The work went on there, so that the gates of the part look at what is on record there.
    """
    rules, person = asked.desk.rules_in(asked.db, part.policy), asked.desk.person
    role = permissions.role_of(rules, person)
    worked_on = replace(asked.case, category=part.category, kind=part.kind)
    return (
        impartial.why_not(part, person, acts.CLOSE.id)
        or permissions.by_force(rules, person, part, asked.at)
        or permissions.by_confirmations(part, acts.CLOSE.id)
        or flow.why_not(worked_on, acts.CLOSE.id, role.id if role else None, rules.policy)
    )


ACTION = Action(
    acts.CLOSE,
    plan,
    why_not,
    spread=other_cases.close_parts,
    fields=(
        Field("outcome", N_("What the customer was told"), "text", required=True, spoken=True),
        Field("resolution", N_("Solved"), "choice", choices=RESOLUTIONS, default="full",
              help=N_("Solved: full (default), limited, none."), metavar="HOW"),
        Field("accepted", N_("Customer accepts"), "choice", choices=ACCEPTED, default="unknown",
              help=N_("Whether the customer accepts: yes, no, unknown (default)."), metavar="YES|NO"),
    ),
)  # fmt: skip
