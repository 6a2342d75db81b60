"""The clocks stand still, for a named reason and until a named time."""

from datetime import datetime, timedelta
from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.text import mask_numbers
from workbench.domain.times import stamp, until_echo
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

WAITS_FOR = (
    ("customer", N_("Customer")),
    ("third-party", N_("Third party")),
    ("parts", N_("Parts")),
    ("other", N_("Other")),
)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the clocks cannot stand still, or None."""
    if not case.unsolved:
        return Said(N_("{number} is closed; its clocks do not run."), number=case.number)
    if case.pause:
        reason = mask_numbers(case.pause.reason)
        return Said(N_("{number} is paused already: {reason}"), number=case.number, reason=reason)
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; the pause ends by itself at ``until``.

    ``over_limit`` marks one that a supervisor decides on. Source: ours; a pause without an end is silence.
    """
    reason = asked.text("reason", required=True)
    waits_for = asked.choice("for", [value for value, _ in WAITS_FOR])
    if not waits_for:
        raise UsageError(
            N_("Say what is waited for: customer, third-party, parts or other."), option=option("for")
        )
    until = asked.time("until", required=True, date_means="end")
    assert until is not None
    ensure_ahead(asked, until)
    found: dict[str, Any] = {"reason": reason, "for": waits_for, "until": stamp(until)}
    return found | ({"over_limit": True} if over_limit(asked, until) else {})


def ensure_ahead(asked: Asked, until: datetime) -> None:
    """Refuse a pause that would be over already.

    Raises:
        RefusedError: names its end.
    """
    if until <= asked.at:
        raise RefusedError(
            N_("A pause ends in the future; {until} has passed."), until=until_echo(until, asked.rules.zone)
        )


def over_limit(asked: Asked, until: datetime) -> bool:
    """Say whether the pauses of this cycle, and one from now to ``until``, pass the limit of the policy."""
    case, limit = asked.case, timedelta(seconds=asked.rules.policy.pause_limit_seconds)
    since = case.reopened_at or case.received_at
    before = (
        each.ended_at - each.since for each in case.past_pauses if each.ended_at and each.since >= since
    )
    return sum(before, until - asked.at) > limit


ACTION = Action(
    acts.PAUSE,
    plan,
    why_not,
    fields=(
        Field("reason", N_("Why"), "line", required=True),
        Field("for", N_("Waiting for"), "choice", required=True, choices=WAITS_FOR,
              help=N_("What is waited for: customer, third-party, parts, other."), metavar="WHOM"),
        Field("until", N_("Until"), "time", required=True, help=N_("Until when; a date is its end.")),
    ),
)  # fmt: skip
