"""Cases in: every row is read, compared with what the store has, and written in batches.

Without a place for rejected rows the file is read twice: all of it is checked before anything is
written. Each batch is one transaction, so that what was written before a stop stays.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from workbench.desk import Desk
from workbench.domain.errors import InputFaultsError, Lines, RefusedError
from workbench.domain.policies import Rules
from workbench.exchange import vocabulary, whens
from workbench.exchange.convert import Converter, Incoming
from workbench.exchange.keeper import Keeper
from workbench.exchange.mapping import Mapping
from workbench.exchange.readers import RowFaultError
from workbench.exchange.rejects import Rejects
from workbench.exchange.sniff import Sniffed
from workbench.exchange.table import Meter, Record
from workbench.rules import permissions
from workbench.words import N_, Said

BATCH = 4_000  # rows of one transaction: others wait for it, half a second
BATCH_LETTERS = 1_000_000  # or as many characters: long texts need memory
COLLECT_AFTER = 200_000  # objects
FAULTS_KEPT = 20  # shown; all are counted


@dataclass(slots=True)
class Progress:
    """How far an import is. ``step`` is ``check`` or ``write``; ``part`` goes from 0 to 1."""

    step: str
    rows: int
    part: float


@dataclass(slots=True)
class Counts:
    """What became of the rows; ``faults`` holds the first of them with their lines."""

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    stopped: bool = False
    faults: list[tuple[int, Said]] = field(default_factory=list)

    def json(self) -> dict[str, int]:
        """Return the counts as the command line prints them."""
        return {name: getattr(self, name) for name in ("read", "added", "updated", "unchanged", "rejected")}

    def fault(self, line: int, said: Said) -> None:
        """Count a row that cannot be taken."""
        self.rejected += 1
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append((line, said))

    def error(self, file: str, *, written: bool) -> InputFaultsError | None:
        """Return what is to be said about rejected rows; None if there are none."""
        if not self.rejected:
            return None
        lines = [str(Said(N_("line {line}: {reason}"), line=line, reason=said)) for line, said in self.faults]
        if self.rejected > len(self.faults):
            lines.append(str(Said(N_("and {n} more"), n=self.rejected - len(self.faults))))
        template = (
            N_("{file}: {n} of {read} rows were not taken:\n{lines}")
            if written
            else N_("{file}: {n} of {read} rows cannot be taken; nothing was written. "
                    "With --rejects FILE.csv the others are taken:\n{lines}")
        )  # fmt: skip
        return InputFaultsError(template, file=file, n=self.rejected, read=self.read, lines=Lines(lines))


@dataclass(slots=True)
class Job:
    """One import: what is read, by which mapping, and who is told how far it is.

    Attributes:
        progress: Called after every batch.
        stop: Asked after every batch; what was written by then stays.
        rejects: Takes the rows that cannot be taken; without it none is written if one cannot.
    """

    desk: Desk
    file: Sniffed
    mapping: Mapping
    progress: Callable[[Progress], None] = lambda progress: None
    stop: Callable[[], bool] = lambda: False
    rejects: Rejects | None = None
    dry_run: bool = False


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for garbage in circles less often: a batch makes many objects, and none in circles."""
    enabled, before = gc.isenabled(), gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    gc.enable()  # the command line starts without it, but this may run for minutes
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not enabled:
            gc.disable()


def run(job: Job) -> Counts:
    """Import the rows of a file.

    Raises:
        UsageError: the file cannot be read as a table.
        RefusedError: the person's role does not allow an act that the mapping brings.
        StoreError: the store cannot serve; finished batches stay.
    """
    now = job.desk.now()
    with job.desk.store.reading() as db:
        permissions.ensure_may_act(job.desk, db)
        rules = job.desk.rules_in(db)
    for act in job.mapping.brings:
        if reason := permissions.by_role(rules, job.desk.person, act):
            raise RefusedError.because(reason)
    convert = converter(job, rules, now)
    with few_collections():
        counts = Counts()
        if job.rejects is None:
            check(job, Keeper(job.desk, job.mapping, rules, now, dry_run=True), convert, counts)
            if counts.rejected or counts.stopped:
                return counts
        counts = Counts()
        write(job, Keeper(job.desk, job.mapping, rules, now, dry_run=job.dry_run), convert, counts)
        return counts


def converter(job: Job, rules: Rules, now: datetime) -> Converter:
    """Return the reader of the file's rows."""
    zones = [ZoneInfo(name) for name in job.mapping.zones] or [rules.zone]
    formats = [whens.compiled(written) for written in job.mapping.formats]
    times = whens.Times(formats, zones, job.mapping.excel_dates, now)
    return Converter(job.mapping, job.file.headers, times, vocabulary.of_policy(rules.policy))


def batches(job: Job, step: str, counts: Counts) -> Iterator[list[Record]]:
    """Yield the rows in batches; tells how far it is, and ends early when it is asked to stop."""
    meter = Meter()
    batch: list[Record] = []
    letters = 0
    for record in job.file.records(meter):
        batch.append(record)
        letters += sum(map(len, record.cells))
        if len(batch) == BATCH or letters > BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
            job.progress(Progress(step, counts.read, meter.place / max(meter.size, 1)))
            if job.stop():
                counts.stopped = True
                return
    yield batch
    job.progress(Progress(step, counts.read, 1.0))


def taken(
    job: Job, keeper: Keeper, convert: Converter, batch: list[Record], counts: Counts
) -> list[Incoming]:
    """Return the rows of a batch that can be taken; the others are counted and put aside."""
    rows, faults = [], {}
    for record in batch:
        try:
            rows.append(convert.incoming(record))
        except RowFaultError as why:
            faults[record.line] = why.said
    faults |= keeper.refused(rows)
    for record in batch if faults else ():
        if said := faults.get(record.line):
            counts.fault(record.line, said)
            if job.rejects is not None:
                job.rejects.add(record, said)
    counts.read += len(batch)
    return [row for row in rows if row.line not in faults] if faults else rows


def check(job: Job, keeper: Keeper, convert: Converter, counts: Counts) -> None:
    """Read every row and keep none: is there a fault?"""
    for batch in batches(job, "check", counts):
        taken(job, keeper, convert, batch, counts)


def write(job: Job, keeper: Keeper, convert: Converter, counts: Counts) -> None:
    """Write every row that can be taken."""
    for batch in batches(job, "write", counts):
        if rows := taken(job, keeper, convert, batch, counts):
            added, updated = keeper.put(rows)
            counts.added += added
            counts.updated += updated
            counts.unchanged += len(rows) - added - updated
