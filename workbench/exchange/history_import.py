"""An import of rows of which each is an entry: all are read and put together, then case by case they go in.

A case is written whole or not at all; the rows of a file may come in any order.
"""

from collections.abc import Callable, Iterator
from contextlib import closing

from msgspec import msgpack

from storage.histories import Histories
from workbench.domain.errors import WorkbenchError
from workbench.domain.times import stamp
from workbench.exchange.convert import Incoming
from workbench.exchange.counts import STAYS, Counts
from workbench.exchange.history import Step, StepReader
from workbench.exchange.history_keeper import HistoryKeeper
from workbench.exchange.readers import RowFaultError
from workbench.exchange.rejects import Rejects
from workbench.exchange.table import Record
from workbench.words import N_, Said

MOST_ROWS = 10_000  # of one case in one file: more, and the column is no id
AT_ONCE = 2_000  # rows whose cases are written in one transaction

Batches = Callable[[Counts], Iterator[list[Record]]]
Cases = Iterator[list[tuple[Incoming, list[Step]]]]


class HistoryImport:
    """One import.

    Args:
        read: Makes steps of rows.
        keeper: Puts the cases into the store.
        rejects: Takes the rows that cannot be taken; without it none is written if one cannot.
    """

    def __init__(self, read: StepReader, keeper: HistoryKeeper, rejects: Rejects | None) -> None:
        self.read = read
        self.keeper = keeper
        self.rejects = rejects
        self.refused: set[str] = set()

    def run(self, batches: Batches, stop: Callable[[], bool], told: Callable[[int, float], None]) -> Counts:
        """Return what became of the rows; ``told`` hears how many were written, and which part that is.

        Raises:
            WorkbenchError: it cannot go on; if rows are in the store by then, it says how many.
        """
        with closing(Histories()) as kept:
            checked = self.checked(batches, kept)
            if checked.stopped or (checked.rejected and self.rejects is None):
                return checked
            return self.written(kept, checked, stop, told)

    def checked(self, batches: Batches, kept: Histories) -> Counts:
        """Read every row, and ask for every case whether it can be taken."""
        counts = Counts(notes=self.read.judge.notes)
        for batch in batches(counts):
            rows = []
            for record in batch:
                try:
                    name, step = self.read.step(record, keep=self.rejects is not None)
                except RowFaultError as why:
                    self.put_aside(counts, record, why.said)
                    continue
                self.read.judge.look(record.line, record.cells)
                rows.append((name, stamp(step.at), record.line, msgpack.encode(step)))
            kept.note(rows)
            counts.read += len(batch)
        self.read.judge.done()
        counts.cases = kept.settle()
        for cases in self.cases(kept, counts):
            reasons = self.keeper.refused([case for case, _ in cases])
            for case, steps in cases:
                if reason := reasons.get(case.line):
                    self.refuse(counts, case.external_id, steps, reason)
        return counts

    def cases(self, kept: Histories, counts: Counts | None = None) -> Cases:
        """Yield the cases that can be taken, some at a time; with ``counts``, what is too long is a fault."""
        unpack = msgpack.Decoder(Step).decode
        some, held = [], 0
        for name, many in kept.cases():
            if name in self.refused:
                continue
            steps = [unpack(packed) for packed in kept.steps(name)]
            if many > MOST_ROWS:
                self.refuse(counts, name, steps, Said(N_("{id} has {n} rows; a case has {limit} at most"),
                                                      id=name, n=many, limit=MOST_ROWS))  # fmt: skip
                continue
            some.append((self.read.case(name, steps), steps))
            held += many
            if held >= AT_ONCE:
                yield some
                some, held = [], 0
        yield some

    def refuse(self, counts: Counts | None, name: str, steps: list[Step], said: Said) -> None:
        """Put all rows of a case aside."""
        self.refused.add(name)
        for step in steps if counts else ():
            self.put_aside(counts, Record(step.line, step.cells or []), said)

    def put_aside(self, counts: Counts | None, record: Record, said: Said) -> None:
        """Count a row that cannot be taken."""
        if counts:
            counts.fault(record.line, said)
        if self.rejects is not None:
            self.rejects.add(record, said)

    def written(
        self, kept: Histories, checked: Counts, stop: Callable[[], bool], told: Callable[[int, float], None]
    ) -> Counts:
        """Write every case that can be taken."""
        counts = checked
        total = checked.read - checked.rejected
        try:
            for cases in self.cases(kept):
                rows = sum(len(steps) for _, steps in cases)
                added, updated = self.keeper.put([case for case, _ in cases]) if cases else (0, 0)
                counts.added += added
                counts.updated += updated
                counts.unchanged += rows - added - updated
                told(counts.stored, counts.stored / max(total, 1))
                if counts.stored < total and stop():
                    counts.stopped = True
                    return counts
        except WorkbenchError as why:
            if counts.stored and not self.keeper.dry_run:
                why.add(STAYS, n=counts.stored)
            raise
        return counts
