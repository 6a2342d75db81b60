"""Times as files write them, read fast: each format is compiled once into a parser.

``datetime.strptime`` takes 6 us a value and accepts more than it says; a million rows hold three
million times.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from workbench.exchange.readers import RowFaultError
from workbench.words import N_, Said

ISO = "iso"
FIRST_YEAR = 1900
EXCEL_FIRST_YEAR = 2000
EXCEL_EPOCH = datetime(1899, 12, 30)
FALSE_LEAP_DAY = 60
DAY_END = timedelta(days=1)

_SERIAL = re.compile(r"[0-9]{1,6}(\.[0-9]+)?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)? ?(.*)")
_ZONED = re.compile(r"Z|[+-][0-9]{2}(:?[0-9]{2})?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "Y": r"(?P<Y>[0-9]{4})", "y": r"(?P<y>[0-9]{2})", "m": r"(?P<m>[0-9]{1,2})", "d": r"(?P<d>[0-9]{1,2})",
    "H": r"(?P<H>[0-9]{1,2})", "I": r"(?P<I>[0-9]{1,2})", "M": r"(?P<M>[0-9]{1,2})",
    "S": r"(?P<S>[0-9]{1,2})",
    "f": r"(?P<f>[0-9]{1,9})", "b": r"(?P<b>[A-Za-z]{3})[a-z]*\.?", "B": r"(?P<b>[A-Za-z]{3})[a-z]*",
    "p": r"(?P<p>[AaPp]\.?[Mm]\.?|上午|下午)", "z": r"(?P<z>Z|[+-][0-9]{2}(?::?[0-9]{2})?)", "%": "%",
    "a": "[A-Za-z]{3}", "A": "[A-Za-z]+",
}  # fmt: skip
_LIKE_ISO = "%Y-%m-%d %H:%M:%S"
_PLAIN_ORDER = ("Y", "m", "d", "H", "M", "S")
_NEEDED = ({"d"}, {"m", "b"}, {"Y", "y"})

Parser = Callable[[str], datetime | None]


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a time. ``bare``: a date without a time of day."""

    written: str
    parse: Parser
    bare: bool


def compiled(written: str) -> Format:
    """Return the parser of ``written``: ``iso``, or a pattern in the letters of ``strptime``.

    Numbers need no leading zero. ``%p`` knows 上午 and 下午 too.

    Raises:
        ValueError: a letter is unknown or used twice, or the date is incomplete.
    """
    if written == ISO:
        return Format(written, _iso, bare=False)
    pattern, letters = _pattern_of(written)
    if len(set(letters)) != len(letters) or any(not need & set(letters) for need in _NEEDED):
        raise ValueError(written)
    if ("I" in letters) != ("p" in letters) or {"H", "I"} <= set(letters):
        raise ValueError(written)
    matching = re.compile(pattern).fullmatch
    plain = tuple(letters) == _PLAIN_ORDER
    parse = _by_place(matching) if plain else _by_letter(matching)
    if written == _LIKE_ISO:
        parse = _whole_or(parse)
    return Format(written, parse, not {"H", "I"} & set(letters))


def _whole_or(parse: Parser) -> Parser:
    """Return ``parse`` of ``_LIKE_ISO``, but for what has all its zeros: that the library reads at once."""

    def at_once(text: str) -> datetime | None:
        return (_whole(text) if text[10:11] == " " else None) or parse(text)

    return at_once


def _whole(text: str) -> datetime | None:
    """Read ``2025-08-01 06:35:06``, with any sign before the hour."""
    if len(text) != 19 or not text[4] == text[7] == "-" or not text[13] == text[16] == ":":
        return None
    try:
        return datetime.fromisoformat(text) if text[11:13] != "24" else None
    except ValueError:
        return None


def _pattern_of(written: str) -> tuple[str, list[str]]:
    """Return ``written`` as a regular expression, and the letters of its parts that carry a value."""
    pattern, letters = "", list[str]()
    for literal, letter in re.findall(r"([^%]+)|%(.?)", written):
        if literal:
            pattern += re.sub(r"(\\ )+|\s+", " +", re.escape(literal))
            continue
        if letter not in _PARTS:
            raise ValueError(written)
        pattern += _PARTS[letter]
        if letter not in "%aA":
            letters.append("b" if letter == "B" else letter)
    return pattern, letters


def _iso(text: str) -> datetime | None:
    """Read ``2025-08-01 06:35:06.539+00``: blank or T, fraction and offset as they come."""
    if at := _whole(text):
        return at
    found = _ISO.fullmatch(text)
    if not found or (found[3] and not _ZONED.fullmatch(found[3])):
        return None
    try:
        return datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return None


def _by_place(matching: Callable[[str], re.Match[str] | None]) -> Parser:
    """Return the fast parser of a pattern that is year, month, day, hour, minute, second."""

    def parse(text: str) -> datetime | None:
        found = matching(text)
        if not found:
            return None
        year, month, day, hour, minute, second = found.groups()
        try:
            return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))
        except ValueError:
            return None

    return parse


def _by_letter(matching: Callable[[str], re.Match[str] | None]) -> Parser:
    """Return the parser of any other pattern."""

    def parse(text: str) -> datetime | None:
        found = matching(text)
        try:
            return _moment(found.groupdict()) if found else None
        except ValueError:
            return None

    return parse


def _moment(part: dict[str, str]) -> datetime:
    """Return the moment that named parts give.

    Raises:
        ValueError: there is no such moment.
    """
    year = int(part["Y"]) if "Y" in part else _century(int(part["y"]))
    month = int(part["m"]) if "m" in part else _MONTHS.index(part["b"].lower()) + 1
    hour = _twelve_hours(int(part["I"]), part["p"]) if "I" in part else int(part.get("H", 0))
    micro = int(part.get("f", "0").ljust(6, "0")[:6])
    zone = _offset(part["z"]) if "z" in part else None
    minute, second = int(part.get("M", 0)), int(part.get("S", 0))
    return datetime(year, month, int(part["d"]), hour, minute, second, micro, zone)


def _century(year: int) -> int:
    """Return the year that two digits mean: 69 to 99 is the last century, as POSIX has it."""
    return year + (1900 if year >= 69 else 2000)


def _twelve_hours(hour: int, half: str) -> int:
    """Return the hour of the day; 12 AM is midnight.

    Raises:
        ValueError: there is no such hour.
    """
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    afternoon = half[0] in "Pp下"
    return hour % 12 + (12 if afternoon else 0)


def _offset(text: str) -> tzinfo:
    """Return the zone that ``Z``, ``+08``, ``+0800`` or ``+08:00`` names."""
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    seconds = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return timezone(timedelta(seconds=-seconds if text[0] == "-" else seconds))


@dataclass(frozen=True, slots=True)
class Times:
    """How the times of one file are read.

    Attributes:
        formats: Tried in order.
        zones: What a time without an offset is local to. Usually one; a second one takes the offset
            off again, for sources that took it off twice when they wrote the file.
        excel_dates: Whether a bare number is a day count of a spreadsheet.
    """

    formats: Sequence[Format]
    zones: Sequence[tzinfo]
    excel_dates: bool
    now: datetime

    def read(self, text: str, *, end: bool = False) -> datetime:
        """Return ``text`` in UTC; with ``end``, a date without a time means the end of its day.

        Raises:
            RowFaultError: no format fits, or the moment is not to be believed.
        """
        text = text.strip()
        for form in self.formats:
            moment = form.parse(text)
            if moment is not None:
                return self.placed(moment + DAY_END if end and form.bare else moment)
        if _SERIAL.fullmatch(text):
            return self.placed(self.from_serial(text))
        raise RowFaultError(
            Said(
                N_("{value} is no time; expected {formats}"),
                value=text[:40],
                formats=" / ".join(form.written for form in self.formats),
            )
        )

    def placed(self, moment: datetime) -> datetime:
        """Return ``moment`` in UTC.

        Raises:
            RowFaultError: it lies before 1900.
        """
        if moment.year < FIRST_YEAR or moment.year > 9990:
            raise RowFaultError(Said(N_("the year {year} is not to be believed"), year=moment.year))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        for zone in self.zones:
            moment = moment.replace(tzinfo=zone).astimezone(UTC)
        return moment

    def from_serial(self, text: str) -> datetime:
        """Return the local time of a spreadsheet's day count (1900 calendar).

        Raises:
            RowFaultError: day counts are not allowed, or this one cannot be meant.
        """
        if not self.excel_dates:
            raise RowFaultError(
                Said(
                    N_("{value} may be a spreadsheet's day count; if so, set excel_dates = true"), value=text
                )
            )
        serial = float(text)
        if int(serial) == FALSE_LEAP_DAY:
            raise RowFaultError(Said(N_("day count 60 is 29 February 1900, which never was")))
        seconds = round((serial % 1) * 86400)
        moment = EXCEL_EPOCH + timedelta(days=int(serial), seconds=seconds)
        if moment.year < EXCEL_FIRST_YEAR or moment > self.now.replace(tzinfo=None) + timedelta(days=1):
            raise RowFaultError(
                Said(N_("day count {value} would be {date}"), value=text, date=f"{moment:%Y-%m-%d}")
            )
        return moment
