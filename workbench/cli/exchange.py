"""``import`` and ``export``: cases in from a table, cases out to one."""

import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace

from workbench.cli import out
from workbench.cli.looking import Columns, Where
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain.errors import UsageError
from workbench.domain.times import day_bounds, parse_date, stamp
from workbench.words import N_, _

if TYPE_CHECKING:
    from storage.engine import Db
    from workbench.domain.cases import Case
    from workbench.exchange.counts import Counts
    from workbench.exchange.importing import Progress
    from workbench.exchange.mapping import Mapping
    from workbench.exchange.rejects import Rejects
    from workbench.exchange.sniff import Sniffed

BAR = 30  # cells
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would happen."))]
RejectsFile = Annotated[
    str | None, typer.Option(metavar="FILE.csv", help=N_("Take the good rows, write the others there."))
]
Encoding = Annotated[str, typer.Option(metavar="NAME", help=N_("UTF-8, GB18030, ...; default: found out."))]
Unmask = Annotated[bool, typer.Option("--unmask", help=N_("Phones and identity numbers in full."))]
Reason = Annotated[str, typer.Option(metavar="TEXT", help=N_("Why phones are needed; for the house log."))]
Raw = Annotated[
    bool,
    typer.Option(
        "--raw", help=N_("Cells as they are, for programs: a spreadsheet may take some for formulas.")
    ),
]


@verb(
    "import",
    N_("Take in the cases of a CSV, TSV or XLSX file by a mapping; the same file twice adds nothing."),
)
def import_(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The table."))],
    mapping: Annotated[
        str | None, typer.Option(metavar="FILE.toml", help=N_("Which column is what; see: help import."))
    ] = None,
    suggest: Annotated[
        bool,
        typer.Option(
            "--suggest", help=N_("Print a first mapping, guessed from the headlines; import nothing.")
        ),
    ] = False,
    dry_run: DryRun = False,
    rejects: RejectsFile = None,
    encoding: Encoding = "",
) -> None:
    """Import a table."""
    from workbench.exchange.guesses import ranked
    from workbench.exchange.sniff import described, sniff

    session = context.obj
    sniffed = sniff(Path(file), encoding)
    ids: Collection[str] = ranked("external_id", sniffed.headers)[:1]
    try:
        loaded = None if suggest else _mapping(session, sniffed, mapping)
        ids = loaded.columns["external_id"] if loaded else ids
    finally:
        for line in described(sniffed, ids):
            out.tell(line)
    if loaded is None:
        _suggest(session, sniffed)
        return
    counts = _imported(session, sniffed, loaded, mapping, rejects, dry_run=dry_run)
    session.answer(counts.json(), [counts_line(counts)])
    if counts.stopped:
        out.tell(_("Stopped; what was written stays, and importing again goes on from there."))
        raise KeyboardInterrupt
    if error := counts.error(file, written=rejects is not None):
        raise error


def counts_line(counts: "Counts") -> str:
    """Return what became of the rows of a file."""
    said = _("{read} rows: {added} added, {updated} updated, {unchanged} unchanged, {rejected} rejected.")
    return said.format(**counts.json())


def _guess(session: Session, sniffed: "Sniffed") -> str:
    from workbench.exchange.suggest import suggest
    from workbench.exchange.vocabulary import of_policy

    rules = session.desk.rules()
    return suggest(sniffed, sniffed.path.stem, rules.policy.zone, of_policy(rules.policy))


def _mapping(session: Session, sniffed: "Sniffed", file: str | None) -> "Mapping":
    """Return the mapping of a file, or the one guessed from the headlines, which is said."""
    from workbench.exchange.mapping_file import load, parse
    from workbench.exchange.vocabulary import of_policy

    vocabulary = of_policy(session.desk.rules().policy)
    if file is not None:
        return load(Path(file), sniffed.headers, vocabulary)
    out.tell(_("No --mapping was given; the columns are guessed from the headlines (--suggest shows how)."))
    return parse(_guess(session, sniffed), "--suggest", sniffed.headers, vocabulary)


def _suggest(session: Session, sniffed: "Sniffed") -> None:
    from workbench.exchange.suggest import PHONES_AS_IDS

    text = _guess(session, sniffed)
    if _(PHONES_AS_IDS) in text:
        out.tell(_(PHONES_AS_IDS))
    session.answer({"mapping": text}, [text.rstrip("\n")])


def _imported(
    session: Session,
    sniffed: "Sniffed",
    loaded: "Mapping",
    mapping: str | None,
    rejects: str | None,
    *,
    dry_run: bool,
) -> "Counts":
    from workbench.exchange.importing import Job, run

    with set_aside(session, rejects, sniffed, mapping) as aside, _stop_on_interrupt() as stopped:
        job = Job(session.desk, sniffed, loaded, rejects=aside, dry_run=dry_run)
        job.progress, job.stop = _progress, lambda: bool(stopped)
        counts = run(job)
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    return counts


@contextmanager
def set_aside(
    session: Session, rejects: str | None, sniffed: "Sniffed", *inputs: str | None
) -> Iterator["Rejects | None"]:
    """Lend a place for the rows of a file that cannot be taken; none where ``--rejects`` was not given.

    Raises:
        UsageError: the file is one of those that are read, or cannot be written.
    """
    from workbench.exchange.files import whole
    from workbench.exchange.rejects import Rejects

    if rejects is None:
        yield None
        return
    _keep_inputs(rejects, sniffed.path, *inputs)
    with whole(Path(rejects), "--rejects", keep_off=session.options.db) as opened:
        aside = Rejects(opened, sniffed.headers)
        try:
            yield aside
        finally:
            aside.done()


def _keep_inputs(rejects: str, *inputs: Path | str | None) -> None:
    """Refuse to put the rejects in the place of what they come from."""
    if any(os.path.realpath(rejects) == os.path.realpath(file) for file in inputs if file):
        raise UsageError(N_("{file} is being read; name another file."), option="--rejects", file=rejects)


@contextmanager
def _stop_on_interrupt() -> Iterator[list[int]]:
    """Lend a list that the first Ctrl-C fills: the batch is finished. A second one breaks off at once."""
    stopped: list[int] = []

    def note(number: int, frame: object) -> None:
        if stopped:
            raise KeyboardInterrupt
        stopped.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def _progress(at: "Progress") -> None:
    """Draw how far the import is; a log gets no bars."""
    if not sys.stderr.isatty():
        return
    done = round(at.part * BAR)
    step = _("checking") if at.step == "check" else _("writing")
    sys.stderr.write(f"\r{step} [{'#' * done}{'.' * (BAR - done)}] {at.rows}  ")
    sys.stderr.flush()


@verb("export", N_("Write cases to FILE.csv, .jsonl or .xlsx; phones are masked."))
def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("Where to; the ending says the form."))],
    queue: Annotated[str, typer.Option(metavar="QUEUE", help=N_("Which queue; default all."))] = "all",
    where: Where = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=N_("Received on this day or later."))
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("Received on this day or earlier."))
    ] = None,
    columns: Columns = None,
    unmask: Unmask = False,
    reason: Reason = "",
    raw: Raw = False,
) -> None:
    """Export cases."""
    from storage.filters import Condition
    from workbench.cli import listing
    from workbench.cli import where as reading
    from workbench.exchange.export import Wish
    from workbench.exchange.export import export as written
    from workbench.reports import queue_now
    from workbench.rules import in_sight

    session = context.obj
    desk, rules = session.desk, session.desk.rules()
    asked = listing.view(session, queue, option="--queue")
    conditions = reading.conditions(where or (), rules, asked.now, desk)
    for typed, option, edge, op in ((from_, "--from", 0, ">="), (to, "--to", 1, "<")):
        if typed is not None:
            day = parse_date(typed, now=asked.now, zone=rules.zone, option=option)
            conditions += (Condition("received_at", op, stamp(day_bounds(day, rules.zone)[edge])),)
    with desk.store.reading() as db:
        asked = replace(asked, where=conditions, reach=in_sight.reach(desk, db))
        keys = queue_now.ids(desk, db, asked)
    names = tuple(name.strip() for text in columns or () for name in text.split(","))
    count = written(desk, Path(file), Wish(keys, names, unmask, raw, _shape(session, unmask=unmask), reason))
    session.answer(
        {"file": file, "cases": count}, [_("{n} cases written to {file}.").format(n=count, file=file)]
    )


def _shape(session: Session, *, unmask: bool) -> "Callable[[Db, Case], dict[str, Any]]":
    """Return what makes JSON of a case, masked unless asked otherwise."""
    from workbench.reports.case_json import as_json

    now = session.desk.now()
    return lambda db, case: as_json(case, None, now, session.desk.rules_in(db, case.policy), unmask=unmask)
