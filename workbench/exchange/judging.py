"""A row judged as a row: its times against each other, and against the words beside them.

What a column says alone may be read well and yet be odd beside another: closed before it was received, a
closing time where the status closes nothing, a due time without a verdict, a day that may be the month.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from workbench.exchange.mapping import Mapping, key_of
from workbench.exchange.notes import Note, Notes
from workbench.exchange.time_formats import Format, compiled
from workbench.exchange.whens import Times

KEPT = 4_000  # texts of times whose reading is remembered

Cells = Sequence[str]


class Judge:
    """Looks at the cells of each row that was read.

    Args:
        mapping: Whose columns are looked at.
        places: Where each column stands in a row.
        times: How they are read.
    """

    def __init__(self, mapping: Mapping, places: dict[str, int], times: Times) -> None:
        self.notes = Notes()
        closing, target = mapping.closing, mapping.target
        self.said = [
            (note, places[at], places[status], words)
            for note, at, status, words in (
                (Note.OPEN, closing.at, closing.status, closing.closed) if closing else _NOTHING,
                (Note.UNJUDGED, target.column, target.status, target.counts) if target else _NOTHING,
            )
            if status
        ]
        self.turning = _Turning(times.formats)
        columns = _timed(mapping) if self.turning.any else ()
        self.timed = [places[column] for column in columns]

    def look(self, line: int, cells: Cells) -> None:
        """Note what is odd about a row."""
        for note, at, status, words in self.said:
            if (text := cells[at]) and not text.isspace() and key_of(cells[status]) not in words:
                self.notes.add(note, line)
        days = [self.turning.open(cells[place]) for place in self.timed]  # each of them may tell
        if any(days):
            self.notes.add(Note.BOTH_WAYS, line)

    def done(self) -> Notes:
        """Return what was noted, after the last row: one day of 13 or more tells of all of its form."""
        self.notes.form = self.turning.form
        if self.turning.settled:
            self.notes.drop(Note.BOTH_WAYS)
        return self.notes


_NOTHING: tuple[Note, str, str, frozenset[str]] = (Note.OPEN, "", "", frozenset())


class _Turning:
    """Knows which days may be months."""

    def __init__(self, formats: Sequence[Format]) -> None:
        written = {form.written for form in formats}
        self.formats = [(form, compiled(form.turned) if form.turned else None) for form in formats]
        self.both = any(form.turned in written for form in formats)  # the mapping allows either
        self.any = any(turned for _, turned in self.formats)
        self.seen = False
        self.form = ""
        self.open = lru_cache(KEPT)(self._open)

    @property
    def settled(self) -> bool:
        """Whether a day of 13 or more has told which is which."""
        return self.seen and not self.both

    def _open(self, text: str) -> bool:
        """Tell whether a time may be another day as well."""
        text = text.strip()
        for form, turned in self.formats:
            at = form.parse(text)
            if at is None:
                continue
            if turned is None:
                return False
            other = turned.parse(text)
            self.seen = self.seen or other is None
            self.form = self.form or form.written
            return other is not None and other != at
        return False


def _timed(mapping: Mapping) -> Iterable[str]:
    yield from mapping.columns["received_at"]
    if mapping.target:
        yield mapping.target.column
    if mapping.closing:
        yield mapping.closing.at
    yield from (entry.at for entry in mapping.entries)


def later_reading(times: Times, text: str, floor: datetime) -> datetime | None:
    """Return ``text`` read so that it does not lie before ``floor`` (UTC); None if it cannot be meant.

    An hour that a clock strikes twice may be the second one. A date without a time of day means some
    moment of its day: where that is the day of ``floor``, ``floor`` itself is the earliest.
    """
    again = times.read(text, fold=1)
    if again >= floor:
        return again
    return floor if times.read(text, end=True) > floor else None
