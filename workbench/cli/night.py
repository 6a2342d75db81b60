"""What is done by the day: the sweep, the summary, the analysis of a span."""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli import out
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain.times import local, parse_date, stamp
from workbench.reports.scope import Scope
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


@verb("summary", N_("The figures of a day, and how things stand now."))
def summary(
    context: typer.Context,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The day, in the policy's zone; default today."))
    ] = None,
    markdown: File = None,
    html: File = None,
    explain: Explain = None,
) -> None:
    """Print the summary of a day."""
    from workbench.cli import explaining, kept_night
    from workbench.reports import summary_page
    from workbench.reports.scope import one_day
    from workbench.reports.summary import summary as figures

    session = context.obj
    rules, now = session.desk.rules(), session.desk.now()
    day = parse_date(date or "today", now=now, zone=rules.zone, option="--date")
    scope = one_day(day)
    found = figures(session.desk, scope)
    if explain is not None:
        explaining.explain(session, scope, explain, found)
        return
    found = kept_night.told(session, scope, found)
    _write(session, markdown, "--markdown", lambda: summary_page.as_markdown(found, rules))
    _write(session, html, "--html", lambda: summary_page.as_html(found, rules))
    session.answer(found, summary_page.as_lines(found, rules))


@verb("analyze", N_("The main complaints of a span, where they come from, how they were solved."))
def analyze(
    context: typer.Context,
    what: What = None,
    from_: From = None,
    to: To = None,
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
    scope = Scope(*days_of(session, from_ or None, to))
    if what is not None:
        found = analyzing.found(session, what, scope, by, most)
        _write(session, markdown, "--markdown", lambda: analyzing.as_markdown(found, rules))
        analyzing.write_csv(session, csv, found)
        session.answer(found, analyzing.as_lines(found, rules))
        return
    analyzing.ensure_whole(most, csv)
    found = analysis.analyze(session.desk, scope.first, scope.last, by or "site")
    _write(session, markdown, "--markdown", lambda: analysis.as_markdown(found, rules))
    session.answer(found, analysis.as_lines(found, rules))


def days_of(session: Session, from_: str | None, to: str | None) -> tuple[date, date]:
    """Return the first and the last day of a span as typed; without them the 30 days up to today.

    Raises:
        UsageError: one of them is no date.
    """
    rules, now = session.desk.rules(), session.desk.now()
    last = parse_date(to or "today", now=now, zone=rules.zone, option="--to")
    if from_ is None:
        return last - timedelta(days=29), last
    return parse_date(from_, now=now, zone=rules.zone, option="--from"), last


def _write(session: Session, file: str | None, option: str, text: Any) -> None:
    """Write a report to a file that appears whole or not at all."""
    if file is None:
        return
    from workbench.exchange.files import whole

    with whole(Path(file), option, keep_off=session.options.db) as opened:
        opened.write(text().encode("utf-8"))
    out.tell(_("Written: {file}").format(file=file))
