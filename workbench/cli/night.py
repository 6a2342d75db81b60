"""What is done by the day: the sweep, the summary, the analysis of a span."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli import evening, out, scoping
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain.times import local, stamp
from workbench.words import N_, _

if TYPE_CHECKING:
    from workbench.watch.waiting import Waiting

File = Annotated[str | None, typer.Option(metavar="FILE", help=N_("Write it to a file as well."))]
From = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help=N_("The first day; default 30 days back."))
]
To = Annotated[str | None, typer.Option(metavar="DATE", help=N_("The last day; default today."))]
What = Annotated[
    str | None,
    typer.Argument(
        metavar="WHAT",
        help=N_("causes, clusters, customers, sites, people, trends, flow or value; without: an overview."),
    ),
]
Explain = Annotated[
    str | None, typer.Option(metavar="FIGURE", help=N_("What a figure counts, its number and its cases."))
]
SWEPT = {
    "resume": N_("pauses that ended"), "age": N_("levels by age"), "escalate": N_("escalations"),
    "return": N_("dispatches that came back"), "warn": N_("early warnings"), "alert": N_("told at once"),
    "surge": N_("surges"),
}  # fmt: skip


@verb("sweep", N_("Write down what time alone has brought; safe to run twice, made for cron."))
def sweep(
    context: typer.Context,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("Let it act after a long silence: the clock is right."))
    ] = False,
) -> None:
    """Record escalations, levels by age and pauses that ended."""
    from workbench.watch import waiting
    from workbench.watch.sweep import sweep as swept

    session = context.obj
    if held := waiting.waits(session.desk):
        if not yes:
            _say_what_waits(session, held)
            return
        waiting.let_through(session.desk)
    counts = swept(session.desk, _tell_progress if sys.stderr.isatty() else None)
    said = [f"{_(words)}: {counts.get(act, 0)}" for act, words in SWEPT.items()]
    session.answer(
        {act: counts.get(act, 0) for act in (*SWEPT, *(counts.keys() - SWEPT.keys()))},
        [_("Swept. {counts}").format(counts=", ".join(said))],
    )


def _tell_progress(done: int, of: int) -> None:
    text = _("What time has brought is being written down: {done} of {of} cases.")
    sys.stderr.write("\r" + text.format(done=done, of=of) + "\n" * (done == of))
    sys.stderr.flush()


def _say_what_waits(session: Session, held: "Waiting") -> None:
    since = local(held.since, session.zone)
    said = ", ".join(f"{_(SWEPT.get(act, act))}: {n}" for act, n in held.would.items())
    session.answer(
        dict.fromkeys(SWEPT, 0) | {"waits": True, "since": stamp(held.since), "would": held.would},
        [
            _("Nothing was written: nobody has written anything since {since}.").format(since=since),
            _("A sweep would write: {counts}").format(counts=said),
            _("If the clock is right, somebody on the staff list says so: workbench sweep --yes"),
        ],
    )


@verb("summary", N_("The figures of some days, and how things stand now."))
def summary(
    context: typer.Context,
    date: scoping.Date = None,
    week: scoping.Week = None,
    month: scoping.Month = None,
    from_: scoping.From = None,
    to: scoping.To = None,
    unit: scoping.Unit = None,
    site: scoping.Site = None,
    handler: scoping.Handler = None,
    markdown: evening.File = None,
    html: evening.File = None,
    eml: evening.File = None,
    mail_to: evening.MailTo = None,
    catch_up: evening.CatchUp = False,
    explain: Explain = None,
) -> None:
    """Print the summary of some days, by default of today."""
    session = context.obj
    asked = scoping.Asked(date, week, month, from_, to, unit, site, handler)
    wishes = evening.Wishes(markdown, html, eml, tuple(mail_to or ()), catch_up)
    scope = scoping.scope_of(session, asked)
    if explain is not None:
        from workbench.cli import explaining

        explaining.explain(session, scope, explain)
        return
    evening.answer(session, scope, wishes)


@verb("analyze", N_("The main complaints of a span, where they come from, how they were solved."))
def analyze(
    context: typer.Context,
    what: What = None,
    date: scoping.Date = None,
    week: scoping.Week = None,
    month: scoping.Month = None,
    from_: From = None,
    to: To = None,
    unit: scoping.Unit = None,
    site: scoping.Site = None,
    handler: scoping.Handler = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD",
            help=N_(
                "Group by site (default), channel, kind, category, severity, handler; trends by week, month."
            ),
        ),
    ] = None,
    most: Annotated[str | None, typer.Option(metavar="N", help=N_("So many rows; default 50."))] = None,
    markdown: File = None,
    csv: Annotated[str | None, typer.Option(metavar="FILE", help=N_("Write the rows to a CSV file."))] = None,
) -> None:
    """Print the analysis of a span."""
    from workbench.cli import analyzing
    from workbench.reports import analysis

    session = context.obj
    rules = session.desk.rules()
    asked = scoping.Asked(date, week, month, from_, to, unit, site, handler)
    scope = scoping.scope_of(session, asked, span=True)
    if what is not None:
        found = analyzing.found(session, what, scope, by, most)
        _write(session, markdown, "--markdown", lambda: analyzing.as_markdown(found, rules))
        analyzing.write_csv(session, csv, found)
        session.answer(found, analyzing.as_lines(found, rules))
        return
    analyzing.ensure_whole(most, csv)
    found = analysis.analyze(session.desk, scope, by or "site")
    _write(session, markdown, "--markdown", lambda: analysis.as_markdown(found, rules))
    session.answer(found, analysis.as_lines(found, rules))


def days_of(session: Session, from_: str | None, to: str | None) -> tuple[date, date]:
    """Return the first and the last day of a span as typed; without them the 30 days up to today.

    Raises:
        UsageError: one of them is no date, or they are in the wrong order.
    """
    return scoping.days_between(from_, to, session.desk.now(), session.zone)


def _write(session: Session, file: str | None, option: str, text: Any) -> None:
    """Write a report to a file that appears whole or not at all."""
    if file is None:
        return
    from workbench.exchange.files import whole

    with whole(Path(file), option, keep_off=session.options.db) as opened:
        opened.write(text().encode("utf-8"))
    out.tell(_("Written: {file}").format(file=file))
