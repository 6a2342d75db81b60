"""``export`` and ``exports list``: tables out to a file; who took what."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli import out
from workbench.cli.looking import SavedView, Where
from workbench.cli.registry import verb
from workbench.cli.scoping import Handler, Site, Unit
from workbench.cli.session import Session
from workbench.cli.which import Which
from workbench.cli.which import keys as keys_of
from workbench.domain.times import local, unstamp
from workbench.words import N_, _

if TYPE_CHECKING:
    from storage.engine import Db
    from workbench.domain.cases import Case

Unmask = Annotated[bool, typer.Option("--unmask", help=N_("Phones and identity numbers in full."))]
Reason = Annotated[str, typer.Option(metavar="TEXT", help=N_("Why phones are needed; for the house log."))]
Raw = Annotated[
    bool,
    typer.Option(
        "--raw", help=N_("Cells as they are, for programs: a spreadsheet may take some for formulas.")
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEYS",
        help=N_(
            "Only these JSON keys, by commas; of cases also: short, times, opinions, money, passing, all."
        ),
    ),
]
What = Annotated[
    str,
    typer.Option(
        metavar="WHAT", help=N_("cases (default), events, clocks, duties, callbacks, promises, money.")
    ),
]


@verb("export", N_("Write cases, or what belongs to them, to FILE.csv, .xlsx or .jsonl; phones are masked."))
def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("Where to; the ending says the form."))],
    what: What = "cases",
    queue: Annotated[str | None, typer.Option(metavar="QUEUE", help=N_("Which queue; default all."))] = None,
    where: Where = None,
    view: SavedView = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=N_("Received on this day or later."))
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("Received on this day or earlier."))
    ] = None,
    month: Annotated[
        str | None, typer.Option(metavar="MONTH", help=N_("Received in this month: 2026-11, or a day of it."))
    ] = None,
    unit: Unit = None,
    site: Site = None,
    handler: Handler = None,
    columns: Columns = None,
    unmask: Unmask = False,
    reason: Reason = "",
    raw: Raw = False,
) -> None:
    """Export a table."""
    from workbench.exchange.export import Wish
    from workbench.exchange.export import export as written

    session = context.obj
    which = Which(queue, tuple(where or ()), from_, to, month, unit, site, handler, view)
    keys, own = keys_of(session, which)
    names = tuple(name.strip() for text in columns or () for name in text.split(",")) or own
    shape = _shape(session, unmask=unmask)
    wish = Wish(keys, names, unmask, raw, shape, reason, which.said, what, _progress(len(keys)))
    count = written(session.desk, Path(file), wish)
    said = _("{n} cases written to {file}.") if what == "cases" else _("{n} rows written to {file}.")
    session.answer(
        {"file": file, "what": what, "cases": len(keys), "rows": count}, [said.format(n=count, file=file)]
    )


def _progress(total: int) -> Callable[[int], None]:
    """Return what says on a terminal how far it is; a log gets nothing."""
    if not sys.stderr.isatty():
        return lambda done: None

    def said(done: int) -> None:
        text = _("{done} of {total} cases").format(done=done, total=total)
        sys.stderr.write(f"\r{text}" + "\n" * (done >= total))
        sys.stderr.flush()

    return said


def _shape(session: Session, *, unmask: bool) -> "Callable[[Db, Case], dict[str, Any]]":
    """Return what makes JSON of a case, masked unless asked otherwise."""
    from workbench.reports.case_json import as_json

    now = session.desk.now()
    return lambda db, case: as_json(case, None, now, session.desk.rules_in(db, case.policy), unmask=unmask)


@verb("exports list", N_("Print who took cases or phones out of the house: when, what, how many, why."))
def exports_list(context: typer.Context) -> None:
    """Print the exports that stand in the house log."""
    from workbench.reports.exports import as_json, taken

    session = context.obj
    with session.desk.store.reading() as db:
        found = [as_json(each) for each in taken(db, session.desk.store.site_id)]
    if session.json:
        out.array(found)
        return
    rows = [
        [local(unstamp(each["at"]), session.zone), each["by"], each["what"], each["filter"],
         str(each["rows"]), _("yes") if each["unmasked"] else _("no"), each["file"], each["reason"]]
        for each in found
    ]  # fmt: skip
    heads = [_("When"), _("Who"), _("What"), _("Which"), _("Rows"), _("Phones in full"), _("File"), _("Why")]
    out.table(heads, rows, wordy=(3, 6, 7))
