"""What a typed value will be taken for, said while it is typed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from screens.present.ink import LATE, SOFT
from workbench.actions.base import Field
from workbench.domain import times, values
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.words import _


def echo(field: Field, typed: str, now: datetime, policy: Policy) -> tuple[str, str]:
    """Return a sentence and its style; empty where the value speaks for itself."""
    if not typed.strip():
        return (_hint(field), SOFT) if field.kind in ("time", "number") else ("", SOFT)
    try:
        return _meaning(field, typed, now, policy), SOFT
    except UsageError as why:
        return str(why.said), LATE


def _meaning(field: Field, typed: str, now: datetime, policy: Policy) -> str:
    if field.kind == "time":
        zone = ZoneInfo(policy.zone)
        return "= " + times.echo(times.parse(typed, now=now, zone=zone, date_means="end"), zone)
    if field.kind == "money":
        return _("= {amount} yuan").format(amount=f"{values.money(typed):,}")
    if field.kind == "number":
        values.whole(typed, field.low, field.high)
    return ""


def _hint(field: Field) -> str:
    if field.kind == "time":
        return _("for example +2h, tomorrow 9:00, 11-25 15:00")
    return _("{low} to {high}").format(low=field.low, high=field.high)
