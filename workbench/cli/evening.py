"""The evening on the command line: figures made, pages written, mails sent, nights that were missed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from workbench.cli import out
from workbench.domain.errors import UsageError, WorkbenchError
from workbench.words import N_, _, language

if TYPE_CHECKING:
    from workbench.cli.session import Session
    from workbench.reports.evening.model import Paper
    from workbench.reports.scope import Scope

DAY = "{date}"  # in the name of a file: the day of its page
ENDINGS = {"--markdown": ".md", "--html": ".html", "--eml": ".eml"}
File = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help=N_("Write it to a file as well; in a folder, or with {date} in it, named by its day."),
    ),
]


MailTo = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ADDRESS", help=N_("Send it by mail as well; how: see docs/evening.md. Repeatable.")
    ),
]
CatchUp = Annotated[
    bool, typer.Option("--catch-up", help=N_("Make the pages of the nights since the last one first."))
]


class Wishes(NamedTuple):
    """What shall become of the figures besides being printed."""

    markdown: str | None = None
    html: str | None = None
    eml: str | None = None
    mail_to: tuple[str, ...] = ()
    catch_up: bool = False

    @property
    def files(self) -> dict[str, str | None]:
        """The files by their options."""
        return {"--markdown": self.markdown, "--html": self.html, "--eml": self.eml}


def answer(session: "Session", scope: "Scope", wishes: Wishes) -> None:
    """Print the figures of ``scope`` and do with them what is wished; of nights that were missed likewise.

    Raises:
        UsageError: a file cannot be written there, an address or the settings of mail are wrong.
        MailError: a mail was not sent; everything else is done.
        StoreError: the store cannot serve, or another run is at it.
    """
    from workbench.cli import mailing

    mailing.check(wishes.mail_to)
    _ensure_apart(wishes)
    with _one_at_a_time(session, wishes):
        missed = _missed(session, scope, wishes)
        failed: WorkbenchError | None = None
        for each in (*missed, scope):
            found = figures(session, each)
            page = paper(session, found)
            write(session, wishes, each, page)
            failed = failed or mailing.tried(session, wishes.mail_to, each, page)
    if wishes.catch_up:
        found["caught_up"] = [each.last.isoformat() for each in missed]
    session.answer(found, lines(page))
    if failed:
        raise failed


def _ensure_apart(wishes: Wishes) -> None:
    """Refuse two pages in one file, of which the first would be lost."""
    taken = dict[str, str]()
    for option, file in wishes.files.items():
        if file and not Path(file).is_dir():
            if file in taken:
                raise UsageError(
                    N_("{other} writes this file; name another."), option=option, other=taken[file]
                )
            taken[file] = option


def _one_at_a_time(session: "Session", wishes: Wishes) -> AbstractContextManager[None]:
    """Return what keeps two runs apart where a second one would make pages, or send mails, twice."""
    from storage.run_lock import alone

    if not (wishes.catch_up or wishes.mail_to):
        return nullcontext()
    session.refuse_if_read_only()
    return alone(session.store.path, "evening")


def _missed(session: "Session", scope: "Scope", wishes: Wishes) -> "list[Scope]":
    """Return the nights before ``scope`` of which there is no page, where they are to be made up for.

    Raises:
        UsageError: not one whole day is asked for, or a page would take the place of another.
    """
    from workbench.reports.missed_nights import nights_missing
    from workbench.reports.scope import one_day

    if not wishes.catch_up:
        return []
    if scope.first != scope.last or not scope.part.is_whole:
        raise UsageError(N_("it makes pages of one day and of the whole house."), option="--catch-up")
    for option, file in wishes.files.items():
        if file and path(file, scope.first, scope.last, "") == Path(file):
            raise UsageError(N_("name a folder, or put {day} into the name."), option=option, day=DAY)
    return [one_day(day) for day in nights_missing(session.desk, scope.first)]


def figures(session: "Session", scope: "Scope") -> dict[str, Any]:
    """Return the figures with everything that the page shows; a night is kept as it was printed."""
    from workbench.cli import kept_night
    from workbench.reports.evening import beside
    from workbench.reports.summary import summary

    found = kept_night.told(session, scope, summary(session.desk, scope))
    return found | beside.figures_of(session.desk, scope)  # of which nothing is kept: it is on the cases


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
    for option, file in wishes.files.items():
        if file is not None:
            content = partial(_content, session, wishes, option, page)
            _file(session, path(file, scope.first, scope.last, ENDINGS[option]), option, content)


def _content(session: "Session", wishes: Wishes, option: str, page: "Paper") -> bytes:
    """Return what the file of an option holds."""
    if option == "--eml":
        from workbench.cli import mailing

        return mailing.draft(session, wishes.mail_to, page)
    if option == "--html":
        from workbench.reports.evening.html import html

        return html(page, language()).encode("utf-8")
    from workbench.reports.evening.markdown import markdown

    return markdown(page).encode("utf-8")


def _file(session: "Session", file: Path, option: str, content: Callable[[], bytes]) -> None:
    from workbench.exchange.files import whole

    with whole(file, option, keep_off=session.options.db) as opened:
        opened.write(content())
    out.tell(_("Written: {file}").format(file=file))


def path(asked: str, first: date, last: date, ending: str) -> Path:
    """Return the file of a page: in a folder, or where the name has ``{date}``, it is named by its day."""
    day = last.isoformat() if first == last else f"{first.isoformat()}_{last.isoformat()}"
    if DAY in asked:
        return Path(asked.replace(DAY, day))
    if asked.strip() and Path(asked).is_dir():
        return Path(asked) / f"summary-{day}{ending}"
    return Path(asked)
