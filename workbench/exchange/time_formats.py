"""Times as files write them, read fast: each format is compiled once into a parser.

``datetime.strptime`` takes 6 us a value and accepts more than it says; a million rows hold three
million times.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import partial

ISO = "iso"
EPOCH, EPOCH_MS = "epoch", "epoch-ms"  # seconds, thousandths of a second since 1970

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)? ?(.*)")
_EPOCH = re.compile(r"([0-9]{9,10})(?:\.[0-9]+)?")
_EPOCH_MS = re.compile(r"([0-9]{9,10})[0-9]{3}")
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
_WHOLE = "mdHIMS"  # letters of one or two digits
_NEEDED = ({"d"}, {"m", "b"}, {"Y", "y"})

Parser = Callable[[str], datetime | None]


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a time.

    Attributes:
        bare: A date without a time of day.
        turned: It with month and day in each other's place, where both are figures and stand before the
            year: nothing but a day of 13 or more tells which of the two is meant. Empty for others.
    """

    written: str
    parse: Parser
    bare: bool
    turned: str = ""


def compiled(written: str) -> Format:
    """Return the parser of ``written``: ``iso``, ``epoch``, or a pattern in the letters of ``strptime``.

    Numbers need no leading zero, but where one follows another at once. ``%p`` knows 上午 and 下午 too.

    Raises:
        ValueError: a letter is unknown or used twice, or the date is incomplete.
    """
    if written == ISO:
        return Format(written, _iso, bare=False)
    if written in (EPOCH, EPOCH_MS):
        return Format(written, partial(_epoch, _EPOCH if written == EPOCH else _EPOCH_MS), bare=False)
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
    return Format(written, parse, not {"H", "I"} & set(letters), _turned(written, letters))


def _turned(written: str, letters: list[str]) -> str:
    """Return ``written`` with the day for the month, where such a time leaves that open; else nothing."""
    if letters[:2] not in (["m", "d"], ["d", "m"]):
        return ""
    return re.sub("%([md])", lambda found: "%d" if found[1] == "m" else "%m", written)


def _epoch(matching: re.Pattern[str], text: str) -> datetime | None:
    """Read ``1565077089``: seconds since 1970, UTC."""
    found = matching.fullmatch(text)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


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
    parts = re.findall(r"([^%]+)|%(.?)", written)
    for place, (literal, letter) in enumerate(parts):
        if literal:
            pattern += re.sub(r"(\\ )+|\s+", " +", re.escape(literal))
            continue
        if letter not in _PARTS:
            raise ValueError(written)
        beside = [*parts[max(0, place - 1) : place], *parts[place + 1 : place + 2]]
        close = letter in _WHOLE and any(other in ("Y", "y", *_WHOLE) for _, other in beside if other)
        pattern += _PARTS[letter].replace("{1,2}", "{2}") if close else _PARTS[letter]
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
