"""``views``: what people saved to look at again, in a file that they may share; ``--view`` of other verbs."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from storage.queues import QUEUES, View
from workbench import config
from workbench.cli import out
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import values
from workbench.domain.errors import StoreMissingError, UsageError
from workbench.domain.regexes import later
from workbench.domain.text import door
from workbench.words import N_, _

if TYPE_CHECKING:
    from workbench.domain.policies import Policy
    from workbench.views.view import SavedView

OPTION = "--view"
_BLANKS = later(r"([\w-]+)\s*(!=|<=|>=|=|<|>|~|:)\s*([^\"]*\s[^\"]*)", re.DOTALL)
Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("What the view is called."))]


def opened(session: Session, name: str) -> "tuple[SavedView, View]":
    """Return the saved view ``name``, and what it asks for as the person of this session now.

    Raises:
        UsageError: there is none, it names what is not there, or the file has faults.
    """
    from workbench.views import keeping
    from workbench.views.reading import read
    from workbench.views.view import asked

    view = keeping.named(read(_path(session)), name, OPTION)
    desk = session.desk
    return view, asked(view, desk.rules().policy, desk.person, desk.now())


@verb("views list", N_("Print the saved views, and the file in which they stand."))
def list_(context: typer.Context) -> None:
    """Print the saved views."""
    from workbench.views.reading import read

    session = context.obj
    path = _path(session)
    found = read(path)
    if session.json:
        out.array(view.as_json() for view in found)
        return
    rows = [
        ["" if view.digit is None else str(view.digit), view.name, view.queue, view.where, view.order,
         ",".join(view.columns)]
        for view in found
    ]  # fmt: skip
    if rows:
        heads = [_("Digit"), _("Name"), _("Queue"), _("Filter"), _("Order"), _("Columns")]
        out.table(heads, rows, wordy=(1, 3, 5))
    out.tell(_("{n} views in {file}").format(n=len(rows), file=path))


@verb(
    "views save", N_("Save a view: a queue, narrowed, in an order, with columns; one of this name changes.")
)
def save(
    context: typer.Context,
    name: Name,
    queue: Annotated[str, typer.Argument(metavar="QUEUE", help=N_("Its queue; default next-due."))] = QUEUES[
        0
    ],
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=VALUE", help=N_("As the filter line has it: conditions, or words.")),
    ] = None,
    order: Annotated[
        str,
        typer.Option(
            metavar="KEY", help=N_("all: received_at, -received_at (newest first); mine: severity too.")
        ),
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(metavar="KEYS", help=N_("These JSON keys as columns, separated by commas.")),
    ] = None,
    digit: Annotated[
        str | None, typer.Option(metavar="0-9", help=N_("Stands on this digit in place of its queue."))
    ] = None,
) -> None:
    """Save a view."""
    from workbench.views import keeping
    from workbench.views.view import SavedView, asked

    session = context.obj
    session.refuse_if_read_only()
    names = (each.strip().replace("-", "_") for text in columns or () for each in text.split(","))
    place = None if digit is None else values.whole(digit, 0, 9, option="--digit")
    line = " ".join(map(_quoted, where or ()))
    view = SavedView(door(name).strip(), queue, door(line), door(order), tuple(dict.fromkeys(names)), place)
    asked(view, _policy(session), session.options.person, session.moment())
    path = _path(session)
    loser = keeping.save(path, view)
    if loser is not None:
        said = _('The view "{name}" stands on that digit no more.')
        out.tell(said.format(name=loser.name))
    said = _('The view "{name}" is saved in {file}.').format(name=view.name, file=path)
    session.answer(view.as_json(), [said])


@verb("views remove", N_("Take a view out of the file."))
def remove(context: typer.Context, name: Name) -> None:
    """Remove a view."""
    from workbench.views import keeping

    context.obj.refuse_if_read_only()
    keeping.remove(_path(context.obj), name)
    said = _('The view "{name}" is gone.').format(name=name)
    context.obj.answer({"name": name}, [said])


@verb("views check", N_("Check a file of views: every fault with its line."))
def check(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help=N_("Which file; default the one in use."))
    ] = None,
) -> None:
    """Check a file of views against the policy of the store, or the default one where there is no store."""
    from workbench.views import reading

    session = context.obj
    path = _path(session) if file is None else Path(file)
    found = reading.check(path, _policy(session), session.moment())
    said = _("{file}: {n} views, no faults.").format(file=path, n=len(found))
    session.answer({"file": str(path), "views": len(found), "faults": []}, [said])


def _path(session: Session) -> Path:
    return config.views_file(session.options.settings.environment)


def _policy(session: Session) -> "Policy":
    try:
        policy: Policy = session.desk.rules().policy
    except StoreMissingError:
        from workbench.policy import loading

        policy, _text = loading.load("default")
    return policy


def _quoted(typed: str) -> str:
    """Return a condition as a part of a filter line: a value with blanks in quotes."""
    found = _BLANKS.fullmatch(typed.strip())
    return f'{found[1]}{found[2]}"{found[3].strip()}"' if found else typed.strip()


def said_once(queue: str | None, view: str | None, option: str) -> None:
    """Refuse a queue beside a view, which has its own.

    Raises:
        UsageError: both were named.
    """
    if queue is not None and view is not None:
        raise UsageError(N_("The view has a queue of its own: say one of both."), option=option)
