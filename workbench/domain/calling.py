"""When a customer who was not reached is called again: in the hours in which one may ring (ours)."""

from datetime import datetime, timedelta

from workbench.domain.calendars import Calendar
from workbench.domain.policies import Policy


def next_try(policy: Policy, at: datetime) -> datetime:
    """Return when to call again after nobody answered at ``at`` (UTC): after the policy's span, not at night.

    What would fall outside ``[calling] hours`` comes when they begin; no clock moves by that.
    """
    return in_hours(policy, at + timedelta(seconds=policy.callback_retry_seconds))


def in_hours(policy: Policy, at: datetime) -> datetime:
    """Return ``at`` (UTC) where one may ring then, else the next moment at which one may."""
    return Calendar("calling", policy.zone, (policy.calling_hours,) * 7).next_open(at)
