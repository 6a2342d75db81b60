"""Rows of a file into cases to be: every value read strictly, every refusal with its column and reason.

The mapping is compiled once into a list of readers, because a million rows pass through here.
"""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

from workbench.domain import facts
from workbench.domain.acts import CLOSE
from workbench.domain.errors import UsageError
from workbench.domain.fact import Kind
from workbench.exchange import readers
from workbench.exchange.judging import Judge, later_reading
from workbench.exchange.mapping import FIELDS, LISTED, Mapping, Target, key_of
from workbench.exchange.mapping_doc import Vocabulary
from workbench.exchange.notes import Note
from workbench.exchange.readers import Reader, RowFaultError, chooser, identity, line, several_of
from workbench.exchange.table import Record
from workbench.exchange.vocabulary import outcomes
from workbench.exchange.whens import Times
from workbench.words import N_, Said

Cells = Sequence[str]
TIMES_KEPT = 4_000
Getter = Callable[[Cells], str]


@dataclass(slots=True)
class Act:
    """Something that happened to the case at its source."""

    at: datetime
    act: str
    data: dict[str, Any]


@dataclass(slots=True)
class Incoming:
    """A row that was read: what a case will be. Times are UTC; ``facts`` and ``data`` are JSON."""

    line: int
    source: str
    external_id: str
    received_at: datetime
    facts: dict[str, Any]
    handler: str = ""
    due_at: datetime | None = None
    acts: list[Act] = field(default_factory=list)


class Converter:
    """Reads the rows of one file by one mapping.

    Args:
        mapping: Checked against ``headers`` and ``vocabulary`` before.
        headers: The file's columns.
        times: How its times are read.
        vocabulary: The ids that the policy knows, by fact.
        accept_order: What was closed, answered or due before it was received is taken.
    """

    def __init__(
        self,
        mapping: Mapping,
        headers: Sequence[str],
        times: Times,
        vocabulary: Vocabulary,
        *,
        accept_order: bool = False,
    ) -> None:
        self.mapping = mapping
        self.accept_order = accept_order
        self.times = times
        self.places = {f"#{place + 1}": place for place in range(len(headers))}
        self.places |= {name: place for place, name in enumerate(headers)}
        self.judge = Judge(mapping, self.places, times)
        self.constants = self.fixed(mapping.constants, vocabulary)
        self.readers = [
            (name, self.getter(mapping.columns[name], name), self.reader(name, vocabulary))
            for name in FIELDS
            if name in mapping.columns and name != "received_at"
        ]
        self.entries = [(entry, self.cell(entry.at), self.texts(entry.text)) for entry in mapping.entries]
        self.due = self.cell(mapping.target.column) if mapping.target else None
        self.closed_at = self.cell(mapping.closing.at) if mapping.closing else None
        self.outcome = self.texts(mapping.closing.outcome) if mapping.closing else None
        by_row = (
            {"resolution": mapping.closing.resolution_column, "accepted": mapping.closing.accepted_column}
            if mapping.closing
            else {}
        )
        self.said = [(name, self.cell(column), chooser({}, outcomes(name), ""))
                     for name, column in by_row.items() if column]  # fmt: skip
        # many rows of one file have the same day
        self.read_at = lru_cache(TIMES_KEPT)(times.read)
        self.read_end = lru_cache(TIMES_KEPT)(partial(times.read, end=True))
        self.received = self.getter(mapping.columns["received_at"], "received_at")
        self.name = self.getter(mapping.columns["external_id"], "external_id")

    # ------------------------------------------------------------ compiling

    def fixed(self, given: Table[str, str], vocabulary: Vocabulary) -> dict[str, Any]:
        """Return facts that hold for many rows.

        Raises:
            UsageError: one of them does not fit its fact.
        """
        try:
            return {name: self.reader(name, vocabulary)(text) for name, text in given.items()}
        except RowFaultError as why:
            raise UsageError(why.said.template, option="--mapping", **why.said.values) from why

    def getter(self, columns: Sequence[str], name: str) -> Getter:
        """Return a function that takes the text of a fact out of a row."""
        if len(columns) == 1:
            return itemgetter(self.places[columns[0]])
        glue = "\n" if facts.BY_NAME[name].kind is Kind.TEXT else " "
        several = itemgetter(*(self.places[column] for column in columns))

        def joined(cells: Cells) -> str:
            return glue.join(dict.fromkeys(cell for cell in several(cells) if cell and not cell.isspace()))

        return joined

    def cell(self, column: str) -> Getter:
        """Return a function that takes a cell out of a row, without its outer blanks."""
        place = self.places[column]
        return lambda cells: cells[place].strip()

    def texts(self, columns: Sequence[str]) -> Getter:
        """Return a function that takes the texts of several columns out of a row, one below the other."""
        places = [self.places[column] for column in columns]

        def joined(cells: Cells) -> str:
            texts = [cells[place] for place in places]
            return "\n".join([text for text in texts if text and not text.isspace()])

        return joined

    def reader(self, name: str, vocabulary: Vocabulary) -> Reader:
        """Return the function that reads the text of the fact ``name``."""
        fact = facts.BY_NAME[name]
        if fact.kind in LISTED:
            default = self.mapping.defaults.get(name, "")
            choose = chooser(self.mapping.values.get(name, {}), vocabulary.get(name, {}), default)
            return choose if fact.kind is Kind.CHOICE else lambda text: several_of(text, choose)
        if name in self.mapping.values:
            table = self.mapping.values[name]
            return lambda text: table.get(key_of(text)) or line(text)
        return readers.reader(fact)

    # ------------------------------------------------------------ reading

    def incoming(self, record: Record) -> Incoming:
        """Return what a row holds.

        Raises:
            RowFaultError: with the column and the reason.
        """
        if record.fault is not None:
            raise RowFaultError(record.fault)
        cells = record.cells
        received_at = self.moment(self.received(cells), "received_at")
        facts = self.constants.copy()
        for name, get, read in self.readers:
            text = get(cells)
            if text and not text.isspace():
                try:
                    facts[name] = read(text)
                except (RowFaultError, UsageError) as why:
                    raise self.fault(name, why.said) from why
            elif name in self.mapping.defaults:
                facts[name] = read(self.mapping.defaults[name])
        for name in ("external_id", "text"):
            if not facts.get(name):
                raise self.fault(name, Said(N_("is empty")))
        found = Incoming(record.line, self.mapping.source, facts.pop("external_id"), received_at, facts)
        found.handler = facts.pop("handler", "")
        self.add_times(found, cells)
        return found

    def named(self, record: Record) -> str:
        """Return the id of a row that is faulty elsewhere; empty if it has none that can be read."""
        if record.fault is not None:
            return ""
        try:
            return identity(self.name(record.cells))
        except RowFaultError:
            return ""

    def add_times(self, found: Incoming, cells: Cells) -> None:
        """Read the due time, the entries and the closing of a row."""
        mapping = self.mapping
        target = mapping.target
        if target and self.due and (text := self.due(cells)) and self.counts(cells, target):
            due_at = self.moment(text, target.column, end=True, past=False)
            found.due_at = self.in_order(found, text, due_at, target.column)
        for entry, get_at, get_text in self.entries:
            if (text := get_text(cells)) and (at := get_at(cells)):
                moment = self.in_order(found, at, self.moment(at, entry.at), entry.at)
                found.acts.append(Act(moment, entry.act, {"text": text}))
        if mapping.closing and self.closed_at and self.is_closed(cells):
            act = self.closing(cells)
            act.at = self.in_order(found, self.closed_at(cells), act.at, mapping.closing.at)
            found.acts.append(act)
        if len(found.acts) > 1:
            found.acts.sort(key=_act_order)

    def in_order(self, found: Incoming, text: str, at: datetime, column: str) -> datetime:
        """Return a time that does not lie before the receipt of its row.

        Raises:
            RowFaultError: it does, and that was not accepted.
        """
        if at >= found.received_at:
            return at
        if later := later_reading(self.times, text, found.received_at):
            return later
        if not self.accept_order:
            raise self.fault(column, Said(N_("{value} lies before the receipt; --accept-order takes such rows"
                                             " as they stand"), value=text))  # fmt: skip
        self.judge.notes.add(Note.ORDER, found.line)
        return at

    def counts(self, cells: Cells, target: Target) -> bool:
        """Tell whether the source judges the row by its target."""
        return not target.status or key_of(cells[self.places[target.status]]) in target.counts

    def is_closed(self, cells: Cells) -> bool:
        """Tell whether the source says that the row was closed."""
        closing = self.mapping.closing
        if closing is None:
            return False
        if closing.status:
            return key_of(cells[self.places[closing.status]]) in closing.closed
        return bool(self.closed_at and self.closed_at(cells))

    def closing(self, cells: Cells) -> Act:
        """Return the closing of a row.

        Raises:
            RowFaultError: it is closed, but says no time.
        """
        closing = self.mapping.closing
        assert closing
        assert self.closed_at
        assert self.outcome
        at = self.moment(self.closed_at(cells), closing.at)
        data: dict[str, Any] = {"accepted": closing.accepted}
        if closing.resolution:
            data["resolution"] = closing.resolution
        for name, get, read in self.said:
            if text := get(cells):
                try:
                    data[name] = read(text)
                except RowFaultError as why:
                    raise self.fault(name, why.said) from why
        if outcome := self.outcome(cells):
            data["outcome"] = outcome
            if not closing.resolves(outcome):
                data.pop("resolution", None)
        return Act(at, "close", data)

    def moment(self, text: str, name: str, *, end: bool = False, past: bool = True) -> datetime:
        """Return a time in UTC.

        Raises:
            RowFaultError: it is empty, no time, or lies in the future where only the past can be meant.
        """
        if not text or text.isspace():
            raise self.fault(name, Said(N_("is empty")))
        try:
            at = self.read_end(text) if end else self.read_at(text)
        except RowFaultError as why:
            raise self.fault(name, why.said) from why
        if past and at > self.times.now:
            raise self.fault(name, Said(N_("{value} lies in the future"), value=text.strip()))
        return at

    def fault(self, name: str, said: Said) -> RowFaultError:
        """Return the fault with the column that it is about."""
        columns = self.mapping.columns.get(name, (name,))
        return RowFaultError(Said(N_("{column}: {reason}"), column=" + ".join(columns), reason=said))


def _act_order(act: Act) -> tuple[datetime, bool]:
    """Sort by time; what is said in the moment of closing comes before it."""
    return act.at, act.act == CLOSE.id
