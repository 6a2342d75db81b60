"""The hours of a policy file in which one may ring."""

from itertools import pairwise

from workbench.domain.errors import UsageError
from workbench.domain.hours import DAY, Interval, interval
from workbench.domain.policies import CALLING_HOURS
from workbench.toml.checks import Checker, Path
from workbench.words import N_

PATH: Path = ("calling", "hours")


def read_calling(check: Checker, value: object) -> tuple[Interval, ...]:
    """Return the hours of every day in which a customer may be called; 09:00-20:00 where nothing is said."""
    table = check.table(("calling",), value, ("hours",))
    if "hours" not in table:
        return CALLING_HOURS
    given = table["hours"]
    places = [(PATH, given)] if isinstance(given, str) else check.items(PATH, given)
    found = [hours for place, item in places if (hours := _hours(check, place, check.text(place, item)))]
    if given == []:
        check.fault(PATH, N_("must not be empty."))
    if any(one[1] > other[0] for one, other in pairwise(found)):
        check.fault(PATH, N_("the hours must follow each other."))
    return tuple(found) or CALLING_HOURS


def _hours(check: Checker, place: Path, text: str) -> Interval | None:
    if not text:
        return None
    try:
        found = interval(text)
    except UsageError as why:
        check.fault(place, why.said.template, **why.said.values)
        return None
    if found[1] > DAY:
        check.fault(place, N_("nobody is called past midnight: the hours end with the day."))
        return None
    return found
