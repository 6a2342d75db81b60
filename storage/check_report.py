"""What a check reports, and rows in order."""

from collections.abc import Iterator, Sequence
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
        self._rows = rows
        self._next = next(rows, None)

    def before(self, key: int) -> Iterator[Row]:
        """Yield the rows of smaller keys: nobody has asked for them."""
        while self._next is not None and self._next[0] < key:
            yield self._taken()

    def at(self, key: int) -> list[Row]:
        """Return the rows of ``key``."""
        found = []
        while self._next is not None and self._next[0] == key:
            found.append(self._taken())
        return found

    def _taken(self) -> Row:
        row = self._next
        assert row is not None
        self._next = next(self._rows, None)
        return row


def by_name(columns: Sequence[str], row: Row) -> dict[str, Any]:
    """Return a row by column names."""
    return dict(zip(columns, row, strict=True))
