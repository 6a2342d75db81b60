"""Checks of single values in a policy file. Faults are collected, so that all are told at once.

A check that fails notes the fault and returns a harmless value; whoever asked goes on reading.
"""

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workbench.domain.text import safe_text
from workbench.toml.faults import nearest, shorten
from workbench.words import N_, Said

Path = tuple[str | int, ...]

LONGEST_NAME = 60  # characters; a name stands in a column
LONGEST_TEXT = 2_000
SHORTEST_SPAN, LONGEST_SPAN = 60, 3660 * 86_400  # seconds: one minute to ten years
CENT = Decimal("0.01")  # yuan
GREATEST_CLAIM = Decimal("1000000000000")  # yuan
FIRST_YEAR, LAST_YEAR = 1990, 2199
UNKNOWN = N_("{word} is not known; known are: {known}.")
MISSPELT = N_("{word} is not known; did you mean {near}?")

_ID = re.compile(r"[a-z0-9-]{1,40}")
_SPAN = re.compile(r"(?=\d)(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,7})m)?", re.ASCII)
_MONEY = re.compile(r"\d{1,15}(?:\.\d{1,2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_id(key: str) -> bool:
    """Say whether ``key`` can be the id of an entry."""
    return _ID.fullmatch(key) is not None


def span_seconds(text: str) -> int | None:
    """Return the seconds of ``2d``, ``24h``, ``90m``, ``1h30m``; None if ``text`` is no such thing."""
    found = _SPAN.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return days * 86_400 + hours * 3600 + minutes * 60


class Checker:
    """Reads values and keeps what is wrong with them as (where in the file, what)."""

    def __init__(self) -> None:
        self.found: list[tuple[Path, Said]] = []

    def fault(self, path: Path, template: str, **values: object) -> None:
        """Note that the value at ``path`` is wrong."""
        self.found.append((path, Said(template, **values)))

    def unknown(
        self, path: Path, word: str, known: Collection[str], what: str = UNKNOWN, guess: str = MISSPELT
    ) -> None:
        """Note an unknown word: the sentence ``guess`` if something like it is known, else ``what``."""
        near = nearest(word, known)
        if near is None:
            self.fault(path, what, word=shorten(word), known=" ".join(list(known)[:20]))
        else:
            self.fault(path, guess, word=shorten(word), near=near)

    def table(
        self, path: Path, value: object, known: Collection[str], required: Collection[str] = ()
    ) -> Mapping[str, Any]:
        """Return a table; keys that are not ``known`` and missing ``required`` ones are faults."""
        if not isinstance(value, dict):
            self.fault(path, N_("must be a table, not {value}."), value=shorten(value))
            return {}
        for key in [key for key in value if key not in known]:
            self.unknown(
                (*path, key),
                key,
                known,
                N_("is not known here; known are: {known}."),
                N_("is not known here; did you mean {near}?"),
            )
        for key in required:
            if key not in value:
                self.fault(path, N_("{key} is missing."), key=key)
        return value

    def entries(self, path: Path, value: object) -> list[tuple[str, Any]]:
        """Return the entries of a table that names its own ids."""
        if not isinstance(value, dict):
            self.fault(path, N_("must be a table, not {value}."), value=shorten(value))
            return []
        for key in value:
            if not is_id(key):
                self.fault((*path, key), N_("an id has small letters, digits and -, at most 40 of them."))
        return [(key, entry) for key, entry in value.items() if is_id(key)]

    def items(self, path: Path, value: object) -> list[tuple[Path, Any]]:
        """Return the elements of a list with their places."""
        if not isinstance(value, list):
            self.fault(path, N_("must be a list in [ ], not {value}."), value=shorten(value))
            return []
        return [((*path, at), item) for at, item in enumerate(value)]

    def text(self, path: Path, value: object, longest: int = LONGEST_NAME) -> str:
        """Return a text that may stand on a screen."""
        if not isinstance(value, str):
            self.fault(path, N_('must be text in " ", not {value}.'), value=shorten(value))
        elif not value.strip():
            self.fault(path, N_("must not be empty."))
        elif len(value) > longest:
            self.fault(path, N_("has more than {n} characters."), n=longest)
        elif safe_text(value) != value:
            self.fault(path, N_("has a character that cannot be seen: {value}."), value=shorten(value))
        else:
            return value
        return ""

    def whole(self, path: Path, value: object, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``."""
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.fault(
            path,
            N_("must be a whole number from {low} to {high}, not {value}."),
            low=low,
            high=high,
            value=shorten(value),
        )
        return low

    def share(self, path: Path, value: object, low: float, high: float) -> float:
        """Return a number from ``low`` to ``high``."""
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        template = N_("must be a number from {low} to {high}, not {value}.")
        self.fault(path, template, low=f"{low:f}".rstrip("0"), high=high, value=shorten(value))
        return low

    def yes(self, path: Path, value: object) -> bool:
        """Return true or false."""
        if not isinstance(value, bool):
            self.fault(path, N_("must be true or false, not {value}."), value=shorten(value))
        return value is True

    def one_of(self, path: Path, value: object, known: Collection[str]) -> str:
        """Return a word that is among ``known``."""
        word = self.text(path, value)
        if word and word not in known:
            self.unknown(path, word, known)
        return word

    def some_of(
        self, path: Path, value: object, known: Collection[str], *, empty: bool = False
    ) -> tuple[str, ...]:
        """Return a list of words of ``known``, each once; one or more unless it may be ``empty``."""
        words = [(place, self.one_of(place, item, known)) for place, item in self.items(path, value)]
        if value == [] and not empty:
            self.fault(path, N_("must not be empty."))
        self.each_once((place, word) for place, word in words if word)
        return tuple(word for _place, word in words)

    def each_once(self, placed: Iterable[tuple[Path, Hashable]]) -> None:
        """Note what of ``placed`` (where, what) stands there a second time."""
        seen: set[Hashable] = set()
        for place, what in placed:
            if what in seen:
                self.fault(place, N_("{word} stands here twice."), word=shorten(what))
            seen.add(what)

    def span(self, path: Path, value: object) -> int:
        """Return a length of time in seconds, from one minute to 3660 days."""
        seconds = span_seconds(value) if isinstance(value, str) else None
        if seconds is None:
            self.fault(
                path,
                N_('must be a time like "3h", "2d", "90m" or "1h30m", not {value}.'),
                value=shorten(value),
            )
        elif not SHORTEST_SPAN <= seconds <= LONGEST_SPAN:
            self.fault(path, N_("must be from 1 minute to 3660 days, not {value}."), value=shorten(value))
        else:
            return seconds
        return SHORTEST_SPAN

    def money(self, path: Path, value: object, least: Decimal = CENT) -> Decimal:
        """Return yuan, ``least`` or more. A float is refused: 0.1 is not what it says."""
        text = str(value) if type(value) is int and 0 <= value <= GREATEST_CLAIM else value
        if isinstance(text, str) and text.isascii() and _MONEY.fullmatch(text):
            amount = Decimal(text)
            if least <= amount <= GREATEST_CLAIM:
                return amount
        self.fault(path, N_('must be an amount like "10000.00" in " ", not {value}.'), value=shorten(value))
        return CENT

    def day(self, path: Path, value: object) -> date | None:
        """Return a date, written bare or in quotes."""
        found = _date(value)
        if found is None:
            self.fault(path, N_("must be a date like 2026-05-01, not {value}."), value=shorten(value))
        elif not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.fault(path, N_("must be a date from {first} to {last}."), first=FIRST_YEAR, last=LAST_YEAR)
        else:
            return found
        return None


def _date(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
