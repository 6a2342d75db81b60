"""``import``: cases in from a table."""

import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import letters, out, watching
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.cli.stopping import stop_on_interrupt
from workbench.domain.errors import UsageError
from workbench.words import N_, _

if TYPE_CHECKING:
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


@verb(
    "import",
    N_("Take in cases: a CSV, XLSX or JSONL file by a mapping, or mail; the same file twice adds nothing."),
)
def import_(
    context: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="FILE", help=N_("The table."))] = None,
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
    accept_order: Annotated[
        bool,
        typer.Option(
            "--accept-order",
            help=N_("Take rows that were closed, answered or due before they were received."),
        ),
    ] = False,
    watch: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            help=N_("Take what others put into that folder, until Ctrl-C; see docs/files.md."),
        ),
    ] = None,
) -> None:
    """Import a table."""
    from workbench.exchange.mailbox import is_mail

    if watch is not None:
        watching.ensure_alone(file=file, suggest=suggest, dry_run=dry_run, rejects=rejects,
                              encoding=encoding, accept_order=accept_order)  # fmt: skip
        watching.watch(context.obj, Path(watch), mapping)
    if file is None:
        raise UsageError(N_("Say which file."), option="FILE")
    if is_mail(Path(file)):
        letters.ensure_alone(mapping=mapping, suggest=suggest, rejects=rejects, encoding=encoding,
                             accept_order=accept_order)  # fmt: skip
        with stop_on_interrupt() as stopped:
            taken = letters.take(context.obj, Path(file), lambda: bool(stopped), dry_run=dry_run)
        _ended(taken, file, written=True)
        return
    from workbench.exchange.guesses import ranked
    from workbench.exchange.mapping_file import whereabouts
    from workbench.exchange.sniff import described, sniff

    session = context.obj
    sniffed = sniff(Path(file), encoding, *(whereabouts(Path(mapping)) if mapping and not suggest else ()))
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
    counts = _imported(session, sniffed, loaded, mapping, rejects, dry_run=dry_run, accept_order=accept_order)
    for line in counts.told():
        out.tell(line)
    session.answer(counts.json(), [counts.line()])
    _ended(counts, file, written=rejects is not None)


def _ended(counts: "Counts", file: str, *, written: bool) -> None:
    """Say what stopped it, or what was not taken."""
    if counts.stopped:
        out.tell(_("Stopped; what was written stays, and importing again goes on from there."))
        raise KeyboardInterrupt
    if error := counts.error(file, written=written):
        raise error


def _guess(session: Session, sniffed: "Sniffed") -> str:
    from workbench.exchange.suggest import suggest
    from workbench.exchange.vocabulary import of_policy

    rules = session.desk.rules()
    return suggest(sniffed, sniffed.path.stem, rules.policy.zone, of_policy(rules.policy))


def _mapping(session: Session, sniffed: "Sniffed", file: str | None) -> "Mapping":
    """Return the mapping of a file, or the one guessed from the headlines, which is said."""
    from workbench.exchange.one_file import mapping_of

    if file is None:
        guessed = N_(
            "No --mapping was given; the columns are guessed from the headlines (--suggest shows how)."
        )
        ours = N_("An export of ours; a case that stands here under its number is left as it is.")
        out.tell(_(ours if sniffed.own else guessed))
    return mapping_of(session.desk.rules().policy, sniffed, Path(file) if file is not None else None)


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
    accept_order: bool,
) -> "Counts":
    from workbench.exchange.importing import Job, run

    with set_aside(session, rejects, sniffed, mapping) as aside, stop_on_interrupt() as stopped:
        job = Job(session.desk, sniffed, loaded, rejects=aside, dry_run=dry_run, accept_order=accept_order)
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


def _progress(at: "Progress") -> None:
    """Draw how far the import is; a log gets no bars."""
    if not sys.stderr.isatty():
        return
    done = round(at.part * BAR)
    step = _("checking") if at.step == "check" else _("writing")
    sys.stderr.write(f"\r{step} [{'#' * done}{'.' * (BAR - done)}] {at.rows}  ")
    sys.stderr.flush()
