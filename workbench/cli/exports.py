"""``export`` and ``exports list``: tables out to a file; who took what."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace

from workbench.cli import out
from workbench.cli.looking import Where
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain.times import day_bounds, local, parse_date, stamp, unstamp
from workbench.words import N_, _

if TYPE_CHECKING:
    from array import array

    from storage.engine import Db
    from storage.filters import Condition
    from storage.queues import View
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
    """Export a table."""
    from workbench.exchange.export import Wish
    from workbench.exchange.export import export as written

    session = context.obj
    keys = _cases_of(session, queue, where or (), from_, to)
    names = tuple(name.strip() for text in columns or () for name in text.split(","))
    wish = Wish(keys, names, unmask, raw, _shape(session, unmask=unmask), reason,
                _asked(queue, where or (), from_, to), what, _progress(len(keys)))  # fmt: skip
    count = written(session.desk, Path(file), wish)
    said = _("{n} cases written to {file}.") if what == "cases" else _("{n} rows written to {file}.")
    session.answer(
        {"file": file, "what": what, "cases": len(keys), "rows": count}, [said.format(n=count, file=file)]
    )


def _cases_of(
    session: Session, queue: str, where: Sequence[str], from_: str | None, to: str | None
) -> "array[int]":
    """Return the keys of the cases that were asked for, of those that the person may see."""
    from workbench.cli import listing
    from workbench.cli import where as reading
    from workbench.reports import queue_now
    from workbench.rules import in_sight

    desk, rules = session.desk, session.desk.rules()
    asked = listing.view(session, queue, option="--queue")
    conditions = reading.conditions(where, rules, asked.now, desk)
    conditions += tuple(_received(session, asked, ("--from", from_, 0, ">="), ("--to", to, 1, "<")))
    with desk.store.reading() as db:
        asked = replace(asked, where=conditions, reach=in_sight.reach(desk, db))
        return queue_now.ids(desk, db, asked)


def _received(session: Session, asked: "View", *edges: tuple[str, str | None, int, str]) -> "list[Condition]":
    from storage.filters import Condition

    zone, found = session.desk.rules().zone, []
    for option, typed, edge, op in edges:
        if typed is not None:
            day = parse_date(typed, now=asked.now, zone=zone, option=option)
            found.append(Condition("received_at", op, stamp(day_bounds(day, zone)[edge])))
    return found


def _asked(queue: str, where: Sequence[str], from_: str | None, to: str | None) -> str:
    """Return what was asked for as it was typed, for the house log."""
    words = [] if queue == "all" else [f"--queue {queue}"]
    words += [f"--where {each}" for each in where]
    words += [f"{option} {day}" for option, day in (("--from", from_), ("--to", to)) if day]
    return " ".join(words)


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
