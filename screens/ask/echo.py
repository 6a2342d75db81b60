"""What a typed value will be taken for, said while it is typed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from screens.ask.choices import strategy
from screens.present.ink import LATE, SOFT
from workbench.domain import times, values
from workbench.domain.calling import in_hours
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.rules.action import Field
from workbench.words import N_, _

RING = "again"  # the field for the time of a call
SCALES = {  # which end of a scale is the good one
    "mood": N_("1 furious, 5 pleased"),
    "csi": N_("1 very dissatisfied, 5 very satisfied"),
    "nps": N_("0 not at all, 10 certainly"),
}


def echo(field: Field, typed: str, now: datetime, policy: Policy) -> tuple[str, str]:
    """Return a sentence and its style; empty where the value speaks for itself."""
    if said := strategy(field, typed, policy):
        return said, SOFT
    if not typed.strip():
        return (_hint(field), SOFT) if field.kind in ("time", "number") else ("", SOFT)
    try:
        return _meaning(field, typed, now, policy), SOFT
    except UsageError as why:
        return str(why.said), LATE


def _meaning(field: Field, typed: str, now: datetime, policy: Policy) -> str:
    if field.kind == "time":
        zone = ZoneInfo(policy.zone)
        at = times.parse(typed, now=now, zone=zone, date_means="end")
        if field.name == RING and (ring := in_hours(policy, at)) != at:
            moved = _("= {at} (moved into the hours in which one may ring)")
            return moved.format(at=times.echo(ring, zone))
        if not _names_a_day_only(typed, now, zone):
            return "= " + times.echo(at, zone)
        last = times.echo(at - timedelta(seconds=1), zone)  # "Wednesday 00:00" would be read as a day more
        return "= " + last.replace("23:59", "24:00")
    if field.kind == "money":
        return _("= {amount} yuan").format(amount=f"{values.money(typed):,}")
    if field.kind == "number":
        values.whole(typed, field.low, field.high)
    return ""


def _names_a_day_only(typed: str, now: datetime, zone: ZoneInfo) -> bool:
    """Say whether ``typed``, which can be understood, leaves the hour out."""
    try:
        times.parse(typed, now=now, zone=zone)
    except UsageError:
        return True
    return False


def _hint(field: Field) -> str:
    if field.kind == "time":
        return _("for example +2h, tomorrow 9:00, 11-25 15:00")
    if field.name in SCALES:
        return _(SCALES[field.name])
    return _("{low} to {high}").format(low=field.low, high=field.high)
