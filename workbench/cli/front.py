"""The program without a verb: the screens on a terminal, the queue as text elsewhere. Loads no typer."""

import gc
import os
import sys

from workbench.cli import out
from workbench.cli.session import Session
from workbench.domain.errors import StoreMissingError
from workbench.words import _

DISTRIBUTION = "complaint-workbench"
SHORT_VERBS = "record list show why take reply propose promise pause close callback search summary"


def on_terminal() -> bool:
    """Say whether somebody sits at a terminal: the screens read from one and draw on the other.

    A terminal that only writes lines gets them on standard output.
    """
    drawn_on = sys.stdout if writes_only_lines() else sys.stderr
    return sys.stdin.isatty() and drawn_on.isatty()


def writes_only_lines() -> bool:
    """Say whether the terminal has neither a cursor that can be placed nor colours."""
    return os.environ.get("TERM") == "dumb"


def run(session: Session) -> int:
    """Print the version or the verbs, or open the store.

    Raises:
        WorkbenchError: what a person can act on.
    """
    if session.options.version:
        return version()
    if session.options.help:
        return overview()
    return open_store(session)


def version() -> int:
    """Print the version."""
    out.line(installed_version())
    return 0


def installed_version() -> str:
    """Return the version; 0 where the program runs from a folder that was never installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed(DISTRIBUTION)
    except PackageNotFoundError:
        return "0"


def overview() -> int:
    """Print the verbs and the options."""
    from workbench.cli import helping

    out.line(helping.overview())
    return 0


def open_store(session: Session) -> int:
    """Open the queue on a terminal, or print it.

    Raises:
        StoreError: the store is missing (names ``init``) or cannot serve.
    """
    try:
        session.store  # noqa: B018 (opens it)
    except StoreMissingError:
        if on_terminal():
            out.tell(_("Nothing here yet. To look around: workbench demo. To begin: workbench init"))
        raise
    return show(session)


def show(session: Session) -> int:
    """Open the screens on a terminal, or print the queue that is due next."""
    gc.enable()
    if (on_terminal() or session.options.plain) and not session.json:
        return session.open_screens(session)
    from workbench.cli import listing

    listing.show(session, listing.view(session, "next-due"))
    if not session.json:
        out.tell(_("Verbs: {verbs}. All: workbench --help").format(verbs=", ".join(SHORT_VERBS.split())))
    return 0
