"""What a check reports, and rows in order."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from storage.engine import Row
from workbench.words import Said


class Problem(NamedTuple):
    """Something wrong: in which case, at which entry (None: of the store as a whole), and what."""

    number: str | None
    seq: int | None
    what: Said


class Tally(Protocol):
    """The counts of a report."""

    cases: int
    events: int
    house: int
    erased: int
    seal: str


def note(what: Said, number: str | None = None, seq: int | None = None) -> Problem:
    """Return a problem, of the store as a whole unless a case is named."""
    return Problem(number, seq, what)


class Ordered:
    """Rows that come in the order of their first column, taken key by key beside other such streams."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._keys = groupby(rows, itemgetter(0))
        self._next = next(self._keys, None)

    def before(self, key: int) -> Iterator[Row]:
        """Yield the rows of smaller keys: nobody has asked for them."""
        while self._next is not None and self._next[0] < key:
            yield from self._taken()

    def at(self, key: int) -> list[Row]:
        """Return the rows of ``key``."""
        return self._taken() if self._next is not None and self._next[0] == key else []

    def _taken(self) -> list[Row]:
        assert self._next is not None
        rows = list(self._next[1])
        self._next = next(self._keys, None)
        return rows


def by_name(columns: Sequence[str], row: Row) -> dict[str, Any]:
    """Return a row by column names."""
    return dict(zip(columns, row, strict=True))
