"""``import`` of messages: .eml, .mbox, a Maildir."""

from pathlib import Path
from typing import TYPE_CHECKING

from workbench import config
from workbench.cli import out
from workbench.domain.errors import UsageError
from workbench.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.cli.session import Session
    from workbench.exchange.counts import Counts


def take(session: "Session", path: Path, stop: "Callable[[], bool]", *, dry_run: bool) -> "Counts":
    """Import the messages at ``path`` and say what became of them.

    Raises:
        WorkbenchError: see ``mail_import.run``.
    """
    from workbench.exchange import mail_import, mailbox

    job = mail_import.Job(
        session.desk, mailbox.messages(path), ours=ours(session), dry_run=dry_run, stop=stop
    )
    counts = mail_import.run(job)
    for line in counts.told():
        out.tell(line)
    session.answer(counts.json(), [counts.line()])
    return counts


def ensure_alone(**options: object) -> None:
    """Refuse options that speak of tables.

    Raises:
        UsageError: one of them was given.
    """
    for name, value in options.items():
        if value:
            option = f"--{name.replace('_', '-')}"
            raise UsageError(N_("Messages need no such option; leave it out."), option=option)


def ours(session: "Session") -> str:
    """Return the address that our own mail comes from; empty where no mail goes out."""
    from workbench.exchange import mail_settings

    file = config.mail_file(session.options.settings.environment)
    return mail_settings.read(file).sender if file.exists() else ""
