"""The evening on the command line: figures made, pages written, mails sent, nights that were missed."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from workbench.cli import out
from workbench.words import N_, _, language

if TYPE_CHECKING:
    from workbench.cli.session import Session
    from workbench.reports.evening.model import Paper
    from workbench.reports.scope import Scope

DAY = "{date}"  # in the name of a file: the day of its page
File = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help=N_("Write it to a file as well; in a folder, or with {date} in it, named by its day."),
    ),
]


class Wishes(NamedTuple):
    """What shall become of the figures besides being printed."""

    markdown: str | None = None
    html: str | None = None


def answer(session: "Session", scope: "Scope", wishes: Wishes) -> None:
    """Print the figures of ``scope`` and do with them what is wished.

    Raises:
        UsageError: a file cannot be written there.
        StoreError: the store cannot serve.
    """
    found = figures(session, scope)
    page = paper(session, found)
    write(session, wishes, scope, page)
    session.answer(found, lines(page))


def figures(session: "Session", scope: "Scope") -> dict[str, Any]:
    """Return the figures with everything that the page shows; a night is kept as it was printed."""
    from workbench.cli import kept_night
    from workbench.reports.evening import beside
    from workbench.reports.summary import summary

    found = summary(session.desk, scope) | beside.figures_of(session.desk, scope)
    return kept_night.told(session, scope, found)


def paper(session: "Session", found: dict[str, Any]) -> "Paper":
    """Return the figures as a page, in the words of the policy."""
    from workbench.reports.evening import contents

    return contents.paper(found, session.desk.rules())


def lines(page: "Paper") -> Iterator[str]:
    """Return the page for standard output: with blocks where one looks on, plain where it goes to a file."""
    from workbench.reports.evening import terminal

    seen = sys.stdout.isatty()
    cells = min(out.cells_across(), terminal.ROOM)
    return terminal.lines(page, terminal.Paint(cells, blocks=seen))


def write(session: "Session", wishes: Wishes, scope: "Scope", page: "Paper") -> None:
    """Write the files that are wished, each whole or not at all."""
    from workbench.reports.evening import html, markdown

    if wishes.markdown is not None:
        _file(session, wishes.markdown, "--markdown", scope, ".md", markdown.markdown(page))
    if wishes.html is not None:
        _file(session, wishes.html, "--html", scope, ".html", html.html(page, language()))


def _file(session: "Session", asked: str, option: str, scope: "Scope", ending: str, text: str) -> None:
    from workbench.exchange.files import whole

    file = path(asked, scope.first, scope.last, ending)
    with whole(file, option, keep_off=session.options.db) as opened:
        opened.write(text.encode("utf-8"))
    out.tell(_("Written: {file}").format(file=file))


def path(asked: str, first: date, last: date, ending: str) -> Path:
    """Return the file of a page: in a folder, or where the name has ``{date}``, it has its day, or both."""
    day = last.isoformat() if first == last else f"{first.isoformat()}_{last.isoformat()}"
    if DAY in asked:
        return Path(asked.replace(DAY, day))
    if asked.strip() and Path(asked).is_dir():
        return Path(asked) / f"summary-{day}{ending}"
    return Path(asked)
