"""Cases in: every row is read, compared with what the store has, and written in batches.

All of a file is checked before anything is written, because only the whole of it tells whether an id comes
again. What was read is held till then; where rows are put aside (``rejects``) the file is read twice, since
those leave as they stand there. Each batch is one transaction, so that what was written before a stop stays.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import msgpack

from storage.repeats import LINES_SHOWN, Repeats
from workbench.desk import Desk
from workbench.domain.errors import RefusedError, UsageError, WorkbenchError
from workbench.domain.policies import Rules
from workbench.domain.rights import IMPORT
from workbench.domain.text import safe_text
from workbench.exchange import limits, time_formats, vocabulary, whens
from workbench.exchange.collecting import few_collections
from workbench.exchange.convert import Converter, Incoming
from workbench.exchange.counts import FAULTS_KEPT, STAYS, Counts
from workbench.exchange.headlines import is_total
from workbench.exchange.history import StepReader
from workbench.exchange.history_import import HistoryImport
from workbench.exchange.history_keeper import HistoryKeeper
from workbench.exchange.keeper import Keeper
from workbench.exchange.mapping import Mapping
from workbench.exchange.notes import Note, Notes
from workbench.exchange.parked import Parked
from workbench.exchange.readers import RowFaultError
from workbench.exchange.rejects import Rejects
from workbench.exchange.sniff import Sniffed
from workbench.exchange.table import Meter, Record
from workbench.rules import permissions, rights
from workbench.words import N_, Said

BATCH = 4_000  # rows of one transaction: others wait for it, half a second
BATCH_LETTERS = 1_000_000  # or as many characters: long texts need memory


@dataclass(slots=True)
class Progress:
    """How far an import is. ``step`` is ``check`` or ``write``; ``part`` goes from 0 to 1."""

    step: str
    rows: int
    part: float


@dataclass(slots=True)
class Job:
    """One import: what is read, by which mapping, and who is told how far it is.

    Attributes:
        progress: Called after every batch.
        stop: Asked after every batch; what was written by then stays.
        rejects: Takes the rows that cannot be taken; without it none is written if one cannot.
        accept_order: Rows that were closed, answered or due before they were received can be taken.
    """

    desk: Desk
    file: Sniffed
    mapping: Mapping
    progress: Callable[[Progress], None] = lambda progress: None
    stop: Callable[[], bool] = lambda: False
    rejects: Rejects | None = None
    dry_run: bool = False
    accept_order: bool = False


def run(job: Job) -> Counts:
    """Import the rows of a file.

    Raises:
        UsageError: the file cannot be read as a table.
        RefusedError: the person's role does not allow an import, or an act that the mapping brings.
        StoreError: the store cannot serve; finished batches stay.
    """
    now = job.desk.now()
    with job.desk.store.reading() as db:
        permissions.ensure_may_act(job.desk, db)
        rules = job.desk.rules_in(db)
        for act in job.mapping.brings:
            if reason := permissions.by_role(rules, job.desk.person, act):
                raise RefusedError.because(reason)
        rights.ensure(job.desk, db, IMPORT)
    if job.mapping.history:
        return _history(job, rules, now)
    convert = _converter(job, rules, now)
    keeper = Keeper(job.desk, job.mapping, rules, now, dry_run=job.dry_run)
    with few_collections(), closing(Repeats()) as repeats, closing(Parked()) as parked:
        checked = _check(job, keeper, convert, repeats, parked)
        if checked.stopped or (checked.rejected and job.rejects is None):
            return checked
        convert.judge.notes, counts = Notes(), Counts()
        held = job.rejects is None
        rows = (
            _parked(job, keeper, parked, counts, checked.read)
            if held
            else _read_again(job, keeper, convert, counts, repeats)
        )
        _write(job, keeper, rows, counts)
        counts.notes = checked.notes  # what is odd was noted at the first reading
        return counts


def _converter(job: Job, rules: Rules, now: datetime) -> Converter:
    """Return the reader of the file's rows."""
    known = vocabulary.of_policy(rules.policy)
    times = _times(job, rules, now)
    return Converter(job.mapping, job.file.headers, times, known, accept_order=job.accept_order)


def _times(job: Job, rules: Rules, now: datetime) -> whens.Times:
    """Return the reader of the file's times."""
    zones = [ZoneInfo(name) for name in job.mapping.zones] or [rules.zone]
    formats = [time_formats.compiled(written) for written in job.mapping.formats]
    return whens.Times(formats, zones, job.mapping.excel_dates, now)


def _history(job: Job, rules: Rules, now: datetime) -> Counts:
    """Import rows of which each is an entry of a case."""
    known = vocabulary.of_policy(rules.policy)
    read = StepReader(job.mapping, job.file.headers, _times(job, rules, now), known)
    keeper = HistoryKeeper(job.desk, job.mapping, rules, now, dry_run=job.dry_run)
    with few_collections():
        return HistoryImport(read, keeper, job.rejects).run(
            lambda counts: _batches(job, "check", counts),
            job.stop,
            lambda rows, part: job.progress(Progress("write", rows, part)),
        )


def _batches(job: Job, step: str, counts: Counts) -> Iterator[list[Record]]:
    """Yield the rows in batches; tells how far it is, and ends early when it is asked to stop."""
    meter = Meter()
    batch: list[Record] = []
    letters = 0
    for record in job.file.records(meter):
        if is_total(record.cells) and record.fault is None:
            counts.notes.add(Note.TOTALS, record.line)
            continue
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


def _check(job: Job, keeper: Keeper, convert: Converter, repeats: Repeats, parked: Parked) -> Counts:
    """Read every row: is there a fault? As long as there is none, all are held."""
    counts = Counts(notes=convert.judge.notes)
    for batch in _batches(job, "check", counts):
        rows, ids = [], []
        for record in batch:
            try:
                rows.append(convert.incoming(record))
                convert.judge.look(record.line, record.cells)
            except RowFaultError as why:
                counts.fault(record.line, why.said)
                ids.append((convert.named(record), record.line, False))
        refused = keeper.refused(rows)
        for line, said in refused.items():
            counts.fault(line, said)
        ids += [(row.external_id, row.line, row.line not in refused) for row in rows]
        repeats.note([row for row in ids if row[0]])
        counts.read += len(batch)
        if job.rejects is None and not counts.rejected:
            parked.put(msgpack.encode(rows))
    convert.judge.done()
    if many := repeats.settle():
        first = repeats.first(FAULTS_KEPT)
        told = repeats.among([name for _, name in first])
        counts.also(many, [(line, _repeat_said(convert, repeats, name, told[name])) for line, name in first])
    return counts


def _repeat_said(convert: Converter, repeats: Repeats, name: str, many: int) -> Said:
    """Say that an id stands in ``many`` rows of the file, and in which: nobody can tell which one holds."""
    lines = [str(line) for line in repeats.lines(name)]
    shown = ", ".join([*lines[:LINES_SHOWN], *(["..."] if len(lines) > LINES_SHOWN else [])])
    return convert.fault(
        "external_id",
        Said(N_("{id} stands in {n} rows of the file, lines {lines}; one row a case"),
             id=safe_text(name), n=many, lines=shown),
    ).said  # fmt: skip


def _write(job: Job, keeper: Keeper, batches: Iterator[list[Incoming]], counts: Counts) -> None:
    """Write every row that can be taken.

    Raises:
        WorkbenchError: it cannot go on; if rows are in the store by then, it says how many.
    """
    try:
        for rows in batches:
            if rows:
                added, updated = keeper.put(rows)
                counts.added += added
                counts.updated += updated
                counts.unchanged += len(rows) - added - updated
    except WorkbenchError as why:
        if counts.stored and not job.dry_run:
            why.add(STAYS, n=counts.stored)
        raise


def _parked(job: Job, keeper: Keeper, parked: Parked, counts: Counts, total: int) -> Iterator[list[Incoming]]:
    """Yield the rows that were held; what somebody decided meanwhile may stand before some of them."""
    unpack = msgpack.Decoder(list[Incoming]).decode
    for packed in parked.batches():
        rows = unpack(packed)
        counts.read += len(rows)
        refused = keeper.refused(rows)
        for line, said in refused.items():
            counts.fault(line, said)
        yield [row for row in rows if row.line not in refused]
        job.progress(Progress("write", counts.read, counts.read / max(total, 1)))
        if counts.read < total and job.stop():
            counts.stopped = True
            return


def _read_again(
    job: Job, keeper: Keeper, convert: Converter, counts: Counts, repeats: Repeats
) -> Iterator[list[Incoming]]:
    """Yield the rows of the file that can be taken."""
    for batch in _batches(job, "write", counts):
        yield _acceptable(job, keeper, convert, batch, counts, repeats)


def _acceptable(
    job: Job, keeper: Keeper, convert: Converter, batch: list[Record], counts: Counts, repeats: Repeats
) -> list[Incoming]:
    """Return the rows of a batch that can be taken; the others are counted and put aside."""
    rows: list[tuple[Record, Incoming]] = []

    def put_aside(record: Record, said: Said) -> None:
        counts.fault(record.line, said)
        if job.rejects is not None:
            job.rejects.add(record, said)

    for record in batch:
        try:
            rows.append((record, convert.incoming(record)))
        except RowFaultError as why:
            put_aside(record, why.said)
    again = repeats.among([row.external_id for _, row in rows])
    for record, row in rows if again else ():
        if row.external_id in again:
            put_aside(record, _repeat_said(convert, repeats, row.external_id, again[row.external_id]))
    counts.read += len(batch)
    kept = [row for _, row in rows if row.external_id not in again]
    refused = keeper.refused(kept)
    for record, row in rows if refused else ():
        if row.line in refused:
            put_aside(record, refused[row.line])
    kept = [row for row in kept if row.line not in refused]
    if len({row.external_id for row in kept}) < len(kept):  # there were none when it was checked
        raise UsageError(N_("{file} was changed while it was read; import it again."),
                         option=limits.FILE, file=str(job.file.path))  # fmt: skip
    return kept
