"""The public days of China: holidays, and make-up days on which a weekend is worked (调休)."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from msgspec import Struct

NATIONAL_DAY_MONTH = 10


class PublicDays(Struct, frozen=True):
    """Days that differ from the plain week, with their names, and the last date that they speak for."""

    holidays: Mapping[date, str]
    make_up: Mapping[date, str]
    known_until: date


@cache
def _known() -> PublicDays:
    from chinese_calendar import constants

    names = {each.value: each.chinese for each in constants.Holiday}
    # A year whose paper is out has a National Day; the first days of January alone say nothing about it.
    last = max(day.year for day in constants.holidays if day.month == NATIONAL_DAY_MONTH)
    return PublicDays(
        {day: names[name] for day, name in sorted(constants.holidays.items())},
        {day: names[name] for day, name in sorted(constants.workdays.items())},
        date(last, 12, 31),
    )


def china(years: Iterable[int] | None = None) -> PublicDays:
    """Return the public days of ``years``, or of every year that is known. Names are Chinese.

    ``known_until`` does not depend on ``years``: it is the end of the last year that the State Council's
    paper is out for.

    Source: the ``chinesecalendar`` package, which follows the yearly paper of the State Council.
    """
    known = _known()
    if years is None:
        return known
    wanted = set(years)
    return PublicDays(
        {day: name for day, name in known.holidays.items() if day.year in wanted},
        {day: name for day, name in known.make_up.items() if day.year in wanted},
        known.known_until,
    )
