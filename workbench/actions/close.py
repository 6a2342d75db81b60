"""The work is done and the customer has been told."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from workbench.desk import Desk
from workbench.domain import acts, flow
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.outcomes import is_not_accepted
from workbench.domain.recipients import told
from workbench.rules import authority, duty_rules, impartial, other_cases, permissions
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.rules.role_rights import role_of
from workbench.words import N_, Said

STANDING = ("as_level", "opinion_owed")
RESOLUTIONS = (("full", N_("In full")), ("limited", N_("In part")), ("none", N_("Not solved")))
UNKNOWN = "unknown"
ACCEPTED = (("yes", N_("Yes")), ("no", N_("No")), (UNKNOWN, N_("Not known")))


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be closed, or None."""
    return None if case.unsolved else Said(N_("{number} is closed already."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; leads to closed where the customer owes us an opinion, else to done.

    Raises:
        RefusedError: something stands before it on a case that was merged into this one.
    """
    said = asked.worded("outcome", required=True) | {
        "resolution": asked.choice("resolution", [value for value, _ in RESOLUTIONS], "full"),
        "accepted": _accepted(asked),
    }
    said |= _way_on(asked, said)
    if people := duty_rules.informed(asked, *seniors(asked, said)):
        said["informed"] = people
    return said | standing(asked)


def _accepted(asked: Asked) -> str:
    """Return what the customer says of it; where nobody knows, what was said in a call about progress."""
    typed = asked.choice("accepted", [value for value, _ in ACCEPTED], UNKNOWN)
    return typed if typed != UNKNOWN else asked.case.accepted or UNKNOWN


def _way_on(asked: Asked, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the customer may do next, which nobody leaves out who closes without a solution.

    Raises:
        UsageError: it was left out.
    """
    found = asked.worded("next")
    if not found and is_not_accepted(said["resolution"], said["accepted"]):
        raise UsageError(
            N_("This is not solved for the customer: say what the customer may do next."),
            option=option("next"),
        )
    phrases = [*said.get("phrases", ()), *found.get("phrases", ())]
    return found | ({"phrases": list(dict.fromkeys(phrases))} if phrases else {})


def seniors(asked: Asked, said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return who hears of a closing that leaves the customer without a solution: the supervisor."""
    if not is_not_accepted(said.get("resolution"), said.get("accepted")):
        return ()
    return told(asked.rules, asked.case, duty_rules.SENIOR, asked.at)


def standing(asked: Asked) -> dict[str, Any]:
    """Return what the case makes of its closing as it stands: ``as_level``, and whether an opinion is owed.

    Raises:
        RefusedError: as ``weight``.
    """
    return weight(asked) | asked.rules.policy.opinion_of(asked.case.kind)


def weight(asked: Asked) -> dict[str, int]:
    """Return as what level the closing is decided on, where that is graver than the level of the case.

    What is merged into it is closed with it; and a level made milder is no way around the limit, see
    ``authority.bound`` (S3: above it, the case is passed up).

    Raises:
        RefusedError: a task force, or a gate of the flow, stands before closing one of the merged cases.
    """
    case, level = asked.case, authority.bound(asked.rules, asked.case)
    for part in other_cases.merged(asked.desk, asked.db, case):
        if reason := _before(asked, part):
            raise RefusedError.because(reason)
        level = min(level, authority.bound(asked.desk.rules_in(asked.db, part.policy), part))
    return {"as_level": level} if level < case.severity else {}


def _before(asked: Asked, part: Case) -> Said | None:
    """Say what stands before closing ``part`` together with the case into which it is merged, or None.

    The work went on there, so that the gates of the part look at what is on record there.
    """
    rules, person = asked.desk.rules_in(asked.db, part.policy), asked.desk.person
    role = role_of(rules, person)
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
        Field("accepted", N_("Customer accepts"), "choice", choices=ACCEPTED, default=UNKNOWN,
              help=N_("Whether the customer accepts: yes, no, unknown (default)."), metavar="YES|NO"),
        Field("next", N_("What the customer may do next"), "text", spoken=True,
              help=N_("What the customer may do next; needed where it is not solved, or not accepted.")),
    ),
)  # fmt: skip
