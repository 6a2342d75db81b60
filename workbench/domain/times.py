"""Times: one stored form, one shown form, and a small strict grammar for what a person types.

``dateutil.parser`` guesses ("1" is the first of the month, "10/11/12" is 2012), so it is never used
for what somebody promises. Source of the grammar: the rules for times in docs/verbs.md.
"""

import re
from calendar import isleap
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from msgspec import to_builtins

from workbench.domain.errors import UsageError
from workbench.domain.regexes import later
from workbench.domain.text import gist, narrow
from workbench.words import N_, _

FIRST_YEAR, LAST_YEAR = 1900, 2200
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MIDNIGHT = time(0)
ONE_DAY = timedelta(days=1)
A_MOMENT = timedelta.resolution

DateMeans = Literal["day", "end"]

_ISO = later(
    r"(\d{4}-\d{2}-\d{2})"
    r"(?:[t ](?P<clock>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?(?P<zone>z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_LATER = later(
    r"\+ ?(?=\d)(?:(\d{1,5}) ?(?:d|天))? ?(?:(\d{1,5}) ?(?:h|个?小时))? ?(?:(\d{1,5}) ?(?:m|分钟?))?",
    re.ASCII,
)
_DAY = later(
    r"(?P<near>前天|昨天|今天|明天|后天|yesterday|today|tomorrow)"
    r"|(?P<next>下个?(?=[周星礼])|next )?"
    r"(?:(?:周|星期|礼拜)(?P<zh>[一二三四五六日天])"
    r"|(?P<en>mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\b)"
    r"|(?P<month>\d{2})-(?P<of_month>\d{2})",
    re.ASCII,
)
_CLOCK = later(r"(\d{1,2})(?::(\d{2})|[点时](?:(半)|(\d{1,2})分?)?)", re.ASCII)
_NEAR = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "yesterday": -1, "today": 0, "tomorrow": 1}
_ZH_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_EN_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_LONGEST = 40

_NO_TIME = N_('"{value}" is not a time; write it like 2026-11-21 18:00 or tomorrow 9:00.')
_NO_CLOCK = N_('"{value}" is only a date; add the time of day, like 2026-11-21 18:00 or tomorrow 9:00.')
_NO_SUCH = N_(
    '"{value}" does not exist or is not between 1900 and 2200; write it like 2026-11-21 18:00 or +2h.'
)
_NO_DATE = N_('"{value}" is not a date; write it like 2026-11-21 or today.')


def stamp(at: datetime) -> str:
    """Return ``at`` as it is stored and printed for machines: ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, sortable.

    Raises:
        ValueError: ``at`` has no zone.
    """
    if at.tzinfo is not UTC:
        if at.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {at!r}")
        at = at.astimezone(UTC)
    text: str = to_builtins(at)  # a tenth of what ``isoformat`` takes, and an act stamps thirty times
    return text if at.microsecond else f"{text[:-1]}.000000Z"


def unstamp(text: str) -> datetime:
    """Return the instant that ``stamp`` wrote.

    Raises:
        ValueError: ``text`` has another form.
    """
    if len(text) != 27 or text[-1] != "Z":
        raise ValueError(f"not a stamp: {text!r}")
    return datetime.fromisoformat(text)


def local(at: datetime, zone: tzinfo) -> str:
    """Return ``at`` as people in ``zone`` read it: ``2026-11-21 20:15``."""
    return at.astimezone(zone).isoformat(" ", "minutes")[:16]


def echo(at: datetime, zone: tzinfo) -> str:
    """Return ``at`` with its weekday in the language in use, so that a slip of a week is seen."""
    there = at.astimezone(zone)
    return _("{weekday} {date} {time}").format(
        weekday=_(WEEKDAYS[there.weekday()]), date=there.date().isoformat(), time=f"{there:%H:%M}"
    )


def until_local(at: datetime, zone: tzinfo) -> str:
    """Return ``at`` as ``local`` does where it ends something: the midnight after a day is its 24:00."""
    said = local(at - A_MOMENT if _is_midnight(at, zone) else at, zone)
    return f"{said[:11]}24:00" if _is_midnight(at, zone) else said


def until_echo(at: datetime, zone: tzinfo) -> str:
    """Return ``at`` as ``echo`` does where it ends something: ``Sun 2026-11-29 24:00``."""
    if not _is_midnight(at, zone):
        return echo(at, zone)
    day = (at - A_MOMENT).astimezone(zone)
    return _("{weekday} {date} {time}").format(
        weekday=_(WEEKDAYS[day.weekday()]), date=day.date().isoformat(), time="24:00"
    )


def _is_midnight(at: datetime, zone: tzinfo) -> bool:
    return at.astimezone(zone).time() == MIDNIGHT


def at_local(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return the UTC instant at which clocks in ``zone`` show ``day`` and ``clock``.

    A time that daylight saving leaves out is the first instant after the gap; of a repeated hour the
    first is meant.
    """
    naive = datetime.combine(day, clock)
    first = naive.replace(tzinfo=zone).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None, fold=0) == naive:
        return first
    return _end_of_gap(naive.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)


def _end_of_gap(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    before = before.replace(microsecond=0)
    new = after.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds()) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == new:
            high = middle
        else:
            low = middle
    return before + timedelta(seconds=high)


def day_bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the first instant of ``day`` in ``zone`` and the first one after it, in UTC."""
    return at_local(day, MIDNIGHT, zone), at_local(day + ONE_DAY, MIDNIGHT, zone)


def parse(
    text: str, *, now: datetime, zone: tzinfo, option: str = "", date_means: DateMeans | None = None
) -> datetime:
    """Return the UTC instant that a person typed.

    ``2026-11-21 18:00``, with ``T``, seconds or a zone (``Z``, ``+08:00``); ``+2h``, ``+1h30m``, ``+3d``
    (of 24 hours); ``tomorrow 9:00``, ``明天 9点半``, ``fri 17:00`` and ``11-25 15:00`` (the next one),
    ``next wed 9:00``, ``下周三 9:00`` (of the next week, which starts on Monday). Full-width signs
    are folded.

    Args:
        text: As typed.
        now: What relative times are counted from.
        zone: Where ``text`` names none.
        option: Named in the error.
        date_means: What a date without a time of day stands for: its start, or its end, 24:00.

    Raises:
        UsageError: anything else, days that do not exist, years before 1900 or after 2200.
    """
    typed = _tidy(text)
    try:
        at = _later(typed, now) or _on_a_day(typed, now, zone, date_means)
        if at is not None and not FIRST_YEAR <= at.astimezone(zone).year <= LAST_YEAR:
            raise ValueError(at)
    except _OnlyADateError:
        raise _refusal(_NO_CLOCK, text, option) from None
    except (ValueError, OverflowError):
        raise _refusal(_NO_SUCH, text, option) from None
    if at is None:
        raise _refusal(_NO_TIME, text, option)
    return at


def parse_date(text: str, *, now: datetime, zone: tzinfo, option: str = "") -> date:
    """Return the day that a person typed: ``2026-11-21``, ``today``, ``yesterday``, ``今天``, ``昨天``.

    Raises:
        UsageError: anything else, and days that do not exist or lie outside 1900 to 2200.
    """
    typed = _tidy(text)
    if typed in ("today", "yesterday", "今天", "昨天"):
        return now.astimezone(zone).date() + timedelta(days=_NEAR[typed])
    found = _ISO.fullmatch(typed)
    if found is None or found["clock"]:
        raise _refusal(_NO_DATE, text, option)
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        raise _refusal(_NO_DATE, text, option) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _refusal(_NO_DATE, text, option)
    return day


class _OnlyADateError(Exception):
    """A date stands where a time is needed."""


def _tidy(text: str) -> str:
    typed = re.sub(" +", " ", narrow(text).strip().lower())
    return typed if len(typed) <= _LONGEST else ""


def _refusal(template: str, text: str, option: str) -> UsageError:
    return UsageError(template, option=option, value=gist(text, _LONGEST))


def _later(typed: str, now: datetime) -> datetime | None:
    found = _LATER.fullmatch(typed)
    if found is None:
        return None
    days, hours, minutes = (int(number or 0) for number in found.groups())
    return now.astimezone(UTC) + timedelta(days=days, hours=hours, minutes=minutes)


def _on_a_day(typed: str, now: datetime, zone: tzinfo, date_means: DateMeans | None) -> datetime | None:
    if found := _ISO.fullmatch(typed):
        day = date.fromisoformat(found[1])
        clock = time.fromisoformat(found["clock"]) if found["clock"] else None
        return _instant(day, clock, _offset(found["zone"]) or zone, date_means)
    found = _DAY.match(typed)
    if found is None:
        return None
    rest = typed[found.end() :]
    if rest and rest[0] != " " and found[0].isascii():
        return None
    spoken = _CLOCK.fullmatch(rest.strip())
    if rest and spoken is None:
        return None
    clock = _spoken_clock(spoken) if spoken else None
    return _instant(_day_to_come(found, clock, now, zone), clock, zone, date_means)


def _day_to_come(found: re.Match[str], clock: time | None, now: datetime, zone: tzinfo) -> date:
    """Return the first day that the words can mean and that is not over; today counts without a time."""
    today = now.astimezone(zone).date()
    days = _days(found, today)
    for day in days:
        if day >= today if clock is None else at_local(day, clock, zone) > now:
            return day
    return days[-1]


def _instant(day: date, clock: time | None, zone: tzinfo, date_means: DateMeans | None) -> datetime:
    if clock is not None:
        return at_local(day, clock, zone)
    if date_means is None:
        raise _OnlyADateError
    return day_bounds(day, zone)[date_means == "end"]


def _offset(text: str | None) -> timezone | None:
    if text is None or text == "z":
        return UTC if text else None
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if text[0] == "-" else size)


def _spoken_clock(found: re.Match[str]) -> time:
    hour, minute, half, spoken_minute = found.groups()
    return time(int(hour), 30 if half else int(minute or spoken_minute or 0))


def _days(found: re.Match[str], today: date) -> list[date]:
    """Give the days that the words can mean, nearest first."""
    if found["near"]:
        return [today + timedelta(days=_NEAR[found["near"]])]
    if found["month"]:
        return _days_of_year(int(found["month"]), int(found["of_month"]), today.year)
    weekday = _ZH_DAYS[found["zh"]] if found["zh"] else _EN_DAYS[found["en"][:3]]
    if found["next"]:
        return [today + timedelta(days=7 - today.weekday() + weekday)]
    nearest = today + timedelta(days=(weekday - today.weekday()) % 7)
    return [nearest, nearest + timedelta(days=7)]


def _days_of_year(month: int, day: int, year: int) -> list[date]:
    if (month, day) == (2, 29):  # at most eight years away
        return [date(at, 2, 29) for at in range(year, year + 9) if isleap(at)]
    return [date(year, month, day), date(year + 1, month, day)]
