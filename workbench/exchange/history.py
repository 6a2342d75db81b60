"""Rows of which each is one entry of a case: read strictly, and put together case by case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from workbench.domain.acts import CLOSE, NOTE
from workbench.domain.errors import UsageError
from workbench.exchange.convert import Act, Converter, Incoming
from workbench.exchange.mapping import History, Mapping, key_of
from workbench.exchange.mapping_doc import Vocabulary
from workbench.exchange.readers import RowFaultError
from workbench.exchange.table import Record
from workbench.exchange.whens import Times
from workbench.words import N_, Said

BETWEEN = " / "  # state and who did it


class Step(Struct, array_like=True):
    """A row that was read: what happened when. ``facts`` are of the case; ``cells`` as they came, if kept."""

    line: int
    at: datetime
    text: str
    act: str
    facts: dict[str, Any]
    cells: list[str] | None = None


class StepReader(Converter):
    """Reads the rows of one file by a mapping with ``rows = "history"``; see ``Converter``."""

    def __init__(
        self, mapping: Mapping, headers: Sequence[str], times: Times, vocabulary: Vocabulary
    ) -> None:
        super().__init__(mapping, headers, times, vocabulary)
        history = mapping.history
        assert history
        self.history: History = history
        self.state = self.cell(history.state) if history.state else _nothing
        self.who = self.cell(history.who) if history.who else _nothing
        self.words = self.texts(history.words)
        mapped = {name: value for name, value in mapping.defaults.items() if name in mapping.columns}
        self.defaults = self.fixed(mapped, vocabulary)

    def step(self, record: Record, *, keep: bool = False) -> tuple[str, Step]:
        """Return the case that a row belongs to, and what it tells; with ``keep``, its cells too.

        Raises:
            RowFaultError: with the column and the reason.
        """
        if record.fault is not None:
            raise RowFaultError(record.fault)
        cells = record.cells
        at = self.moment(self.received(cells), "received_at")
        facts = self.facts_of(cells)
        name = facts.pop("external_id", "")
        if not name:
            raise self.fault("external_id", Said(N_("is empty")))
        state = self.state(cells)
        first = BETWEEN.join(filter(None, (state, self.who(cells))))
        text = "\n".join(filter(None, (first, self.words(cells))))
        if not text:
            raise RowFaultError(Said(N_("tells nothing: neither a state nor words")))
        return name, Step(record.line, at, text, self.act(state), facts, cells if keep else None)

    def act(self, state: str) -> str:
        """Return the id of the act that a state is; a note, unless the mapping says otherwise."""
        key = key_of(state)
        return CLOSE.id if key in self.history.closed else self.history.acts.get(key, NOTE.id)

    def facts_of(self, cells: Sequence[str]) -> dict[str, Any]:
        """Return what a row says of its case.

        Raises:
            RowFaultError: a value does not fit its fact.
        """
        facts: dict[str, Any] = {}
        for name, get, read in self.readers:
            if (text := get(cells)) and not text.isspace():
                try:
                    facts[name] = read(text)
                except (RowFaultError, UsageError) as why:
                    raise self.fault(name, why.said) from why
        return facts

    def case(self, name: str, steps: Sequence[Step]) -> Incoming:
        """Return the case of some rows, which are in the order of time: each is an act, the first as well.

        What a case is about it has from the first row that says it. Only the last row may close it: after
        any other its source has gone on.
        """
        facts: dict[str, Any] = {}
        for step in steps:
            for fact, value in step.facts.items():
                facts.setdefault(fact, value)
        facts = {**self.constants, **self.defaults, **facts}
        found = Incoming(steps[0].line, self.mapping.source, name, steps[0].at, facts)
        found.handler = facts.pop("handler", "")
        for step in steps:
            closes = step.act == CLOSE.id and step is steps[-1]
            act = NOTE.id if step.act == CLOSE.id and not closes else step.act
            data = {"outcome": step.text, "accepted": "unknown"} if closes else {"text": step.text}
            found.acts.append(Act(step.at, act, data))
        return found


def _nothing(cells: Sequence[str]) -> str:
    return ""
