"""What figures are asked of, as typed, for every verb with figures: the days, and the part of the house.

Days are ``--date``, ``--week``, ``--month``, or ``--from`` and ``--to``; the part is ``--unit`` or
``--site``, and ``--handler``.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

import typer

from storage import part as parts
from storage.part import Part
from workbench.cli.session import Session
from workbench.domain import times
from workbench.domain.errors import UsageError
from workbench.domain.organisation import Organisation
from workbench.domain.regexes import later
from workbench.domain.text import door, gist, narrow
from workbench.domain.values import nearest
from workbench.reports.scope import Scope
from workbench.words import N_

Text = str | None
Date = Annotated[Text, typer.Option("--date", metavar="DATE", help=N_("One day, in the policy's zone."))]
Week = Annotated[
    Text, typer.Option("--week", metavar="WEEK", help=N_("A week, from Monday: 2026-W48, or a day of it."))
]
Month = Annotated[
    Text, typer.Option("--month", metavar="MONTH", help=N_("A month: 2026-11, or a day of it."))
]
From = Annotated[Text, typer.Option("--from", metavar="DATE", help=N_("The first day of a span."))]
To = Annotated[Text, typer.Option("--to", metavar="DATE", help=N_("The last day of it; default today."))]
Unit = Annotated[
    Text, typer.Option("--unit", metavar="UNIT", help=N_("Only a unit of the house, with all below it."))
]
Site = Annotated[Text, typer.Option("--site", metavar="SITE", help=N_("Only a place."))]
Handler = Annotated[Text, typer.Option("--handler", metavar="STAFF", help=N_("Only what somebody handles."))]

DAYS = 30  # of a span whose first day is not said
SHORT = 40  # characters of what was typed in an error
WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
_WEEK = later(r"(\d{4})-?[wW](\d{2})")
_MONTH = later(r"(\d{4})-(\d{2})")
_NO_WEEK = N_('"{value}" is no week; write it like 2026-W48, or a day of it.')
_NO_MONTH = N_('"{value}" is no month; write it like 2026-11, or a day of it.')
_ONCE = N_("Say the days once: --date, --week, --month, or --from and --to.")
_TWO_PARTS = N_("A place stands in one unit: say --unit or --site.")
_NONE = N_("a value must follow.")


class Asked(NamedTuple):
    """What was typed; None for what was not."""

    date: Text = None
    week: Text = None
    month: Text = None
    first: Text = None
    last: Text = None
    unit: Text = None
    site: Text = None
    handler: Text = None


def scope_of(session: Session, asked: Asked, *, span: bool = False) -> Scope:
    """Return what is asked of: without any days today, with ``span`` the 30 days up to today.

    Raises:
        UsageError: days or a part that are not there, or that are said twice.
    """
    zone, now = session.zone, session.desk.now()
    first, last = _days(asked, now, zone, span=span)
    part, unit = _part(session, asked)
    return Scope(first, last, part, unit)


def _days(asked: Asked, now: datetime, zone: ZoneInfo, *, span: bool) -> tuple[date, date]:
    """Return the first and the last day."""
    bounds = _days_said_once(asked)
    if asked.date is not None:
        day = times.parse_date(asked.date, now=now, zone=zone, option="--date")
        return day, day
    if asked.week is not None:
        return _week(asked.week, now, zone)
    if asked.month is not None:
        return _month(asked.month, now, zone)
    if not bounds and not span:
        today = now.astimezone(zone).date()
        return today, today
    return days_between(asked.first, asked.last, now, zone)


def _days_said_once(asked: Asked) -> bool:
    """Say whether a bound of a span was typed, and refuse days that are said twice."""
    ways = {"--date": asked.date, "--week": asked.week, "--month": asked.month}
    said = [option for option, value in ways.items() if value is not None]
    ends = {"--from": asked.first, "--to": asked.last}
    bounds = [option for option, value in ends.items() if value is not None]
    if len(said) > 1 or (said and bounds):
        raise UsageError(_ONCE, option=(said + bounds)[1])
    return bool(bounds)


def days_between(first: Text, last: Text, now: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """Return the days from ``first`` to ``last``: by default today, and as many before it as ``DAYS`` says.

    Raises:
        UsageError: one of them is no date, or they are in the wrong order.
    """
    until = times.parse_date("today" if last is None else last, now=now, zone=zone, option="--to")
    if first is None:
        return until - timedelta(days=DAYS - 1), until
    since = times.parse_date(first, now=now, zone=zone, option="--from")
    if until < since:
        said = N_("The span ends on {last}, before it begins.")
        raise UsageError(said, option="--to", last=until.isoformat())
    return since, until


def _week(typed: str, now: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """Return the Monday and the Sunday of a week."""
    try:
        found = _WEEK.fullmatch(narrow(typed).strip())
        day = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else _day_of(typed, now, zone)
        monday = day - timedelta(days=day.weekday())
        return _within(monday), monday + WEEK - A_DAY
    except (UsageError, ValueError, OverflowError):
        raise UsageError(_NO_WEEK, option="--week", value=gist(typed, SHORT)) from None


def _month(typed: str, now: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    try:
        found = _MONTH.fullmatch(narrow(typed).strip())
        day = date(int(found[1]), int(found[2]), 1) if found else _day_of(typed, now, zone)
        first = _within(day.replace(day=1))
        return first, (first + timedelta(days=31)).replace(day=1) - A_DAY
    except (UsageError, ValueError, OverflowError):
        raise UsageError(_NO_MONTH, option="--month", value=gist(typed, SHORT)) from None


def _day_of(typed: str, now: datetime, zone: ZoneInfo) -> date:
    return times.parse_date(typed, now=now, zone=zone)


def _within(day: date) -> date:
    """Return ``day``, which lies in the years that this program knows."""
    if not times.FIRST_YEAR <= day.year <= times.LAST_YEAR:
        raise ValueError(day)
    return day


def _part(session: Session, asked: Asked) -> tuple[Part, Text]:
    """Return the part of the house, and the unit by which it was named."""
    if asked.unit is not None and asked.site is not None:
        raise UsageError(_TWO_PARTS, option="--site")
    house, sites = session.desk.rules().organisation, None
    if asked.unit is not None:
        unit = _known(asked.unit, "--unit", house.units)
        sites = tuple(sorted(name for name in house.sites if unit in house.up_from(name)))
        return Part(sites, _handler(session, house, asked.handler)), unit
    if asked.site is not None:
        sites = (_site(session, house, asked.site),)
    return Part(sites, _handler(session, house, asked.handler)), None


def _site(session: Session, house: Organisation, typed: str) -> str:
    """Return a place that is registered, or that a case names."""
    with session.desk.store.reading() as db:
        named = parts.has_site(db, session.desk.store.site_id, _name(typed, "--site"))
    return _name(typed, "--site") if named else _known(typed, "--site", house.sites)


def _handler(session: Session, house: Organisation, typed: Text) -> Text:
    """Return somebody who is on the staff list, or was, or handles a case."""
    if typed is None:
        return None
    name = _name(typed, "--handler")
    if name in house.members:
        return name
    with session.desk.store.reading() as db:
        named = parts.has_handler(db, session.desk.store.site_id, name)
    return name if named else _known(typed, "--handler", house.members)


def _known(typed: str, option: str, known: Collection[str]) -> str:
    """Return the one of ``known`` that was typed.

    Raises:
        UsageError: it is none of them; names the nearest.
    """
    name = _name(typed, option)
    if name in known:
        return name
    near = nearest(name, known)
    said = N_('there is no "{value}"; did you mean {nearest}?') if near else N_('there is no "{value}".')
    raise UsageError(said, option=option, value=gist(name, SHORT), nearest=gist(near, SHORT))


def _name(typed: str, option: str) -> str:
    """Return a name as it is stored."""
    name = door(typed).strip()
    if not name:
        raise UsageError(_NONE, option=option)
    return name
