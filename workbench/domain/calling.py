"""When a customer who was not reached is called again: in the hours in which one may ring (ours)."""

from datetime import datetime, timedelta
from functools import lru_cache

from workbench.domain.calendars import Calendar
from workbench.domain.hours import Interval
from workbench.domain.policies import Policy


def next_try(policy: Policy, at: datetime) -> datetime:
    """Return when to call again after nobody answered at ``at`` (UTC): after the policy's span, not at night.

    What would fall outside ``[calling] hours`` comes when they begin; no clock moves by that.
    """
    return in_hours(policy, at + timedelta(seconds=policy.callback_retry_seconds))


def in_hours(policy: Policy, at: datetime) -> datetime:
    """Return ``at`` (UTC) where one may ring then, else the next moment at which one may."""
    return _calendar(policy.zone, policy.calling_hours).next_open(at)


@lru_cache(maxsize=8)
def _calendar(zone: str, hours: tuple[Interval, ...]) -> Calendar:
    """Return the hours of every day; kept, since a calendar knows the years that it has looked at."""
    return Calendar("calling", zone, (hours,) * 7)
