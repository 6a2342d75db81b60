"""Limits as a policy writes them: hours of a calendar, or days at the same clock time.

``3h``, ``90m``, ``1h30m``: time of the calendar. ``5d`` on a calendar with opening hours: five working days;
around the clock, 24 hours each. ``5wd`` working days and ``5cd`` days of the plain calendar wherever they
stand. After days a cut-off may stand: ``5d after 17:00 from 08:30``.
"""

import re
from collections.abc import Mapping
from datetime import time

from workbench.domain.days import HOURS_ONLY, Cutoff, Days, Kind, Limit
from workbench.domain.errors import UsageError
from workbench.domain.hours import DAY, WEEKDAYS, interval
from workbench.domain.plans import Plan
from workbench.policy.terms import Known
from workbench.toml.checks import LONGEST_SPAN, Checker, Path
from workbench.toml.faults import shorten
from workbench.words import N_

_DAYS = re.compile(
    r"(\d{1,4})(d|wd|cd)(?:(\d{1,6})h)?(?:(\d{1,7})m)?"
    r"(?: after (\d{2}:\d{2}) from (\d{2}:\d{2}))?",
    re.ASCII,
)
_EVERY_HOUR = ("00:00-24:00",)
_DAY_SECONDS = DAY * 60


def read_limit(check: Checker, path: Path, value: object, calendar: str, known: Known) -> Limit:
    """Return a limit that is counted in ``calendar``."""
    found = _DAYS.fullmatch(value) if isinstance(value, str) and known.grammar != HOURS_ONLY else None
    of_hours = known.day_seconds.get(calendar)
    if not found or not (of_hours or found[2] != "d" or found[5]):
        return check.span(path, value)
    count, letter, hours, minutes, after, counts_from = found.groups()
    kind: Kind = "calendar" if letter == "cd" else "working"
    day = _DAY_SECONDS if kind == "calendar" else of_hours or _DAY_SECONDS
    rest = int(hours or 0) * 3600 + int(minutes or 0) * 60
    if not 0 < int(count) <= LONGEST_SPAN // _DAY_SECONDS or rest > LONGEST_SPAN:
        check.fault(path, N_("must be from 1 to {n} days, not {value}."), n=3660, value=shorten(value))
        return check.span(path, "1m")
    return Days(int(count), kind, day, rest, _cutoff(check, path, after, counts_from), str(value))


def _cutoff(check: Checker, path: Path, after: str | None, counts_from: str | None) -> Cutoff | None:
    if after is None or counts_from is None:
        return None
    try:
        return Cutoff(time.fromisoformat(after), time.fromisoformat(counts_from))
    except ValueError:
        check.fault(path, N_("has a time of day that does not exist."))
        return None


def day_seconds(plans: Mapping[str, Plan]) -> dict[str, int]:
    """Return how long the longest day is of each calendar that has opening hours; around the clock: none."""
    return {name: longest for name, plan in plans.items() if (longest := _longest(plan))}


def _longest(plan: Plan) -> int:
    dated = plan.holidays or plan.shifts or plan.breaks or plan.days
    if not dated and all(tuple(plan.week.get(day, ())) == _EVERY_HOUR for day in WEEKDAYS):
        return 0
    try:
        found = [[interval(text) for text in texts] for texts in (*plan.week.values(), *plan.shifts.values())]
    except UsageError:
        return 0  # that is told where the hours are read
    return 60 * max((sum(end - start for start, end in day) for day in found), default=0)
