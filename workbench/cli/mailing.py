"""The page as a mail on the command line: whom it goes to, through which server, and what became of it."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import config
from workbench.cli import out
from workbench.domain.errors import RefusedError, UsageError, WorkbenchError
from workbench.words import N_, _, language

if TYPE_CHECKING:
    from workbench.cli.session import Session
    from workbench.exchange.mail import Letter
    from workbench.reports.evening.model import Paper
    from workbench.reports.scope import Scope

OPTION = "--mail-to"
CELLS = 76  # of a line of plain text


def check(addresses: Iterable[str]) -> None:
    """Refuse what is no address before anything is made.

    Raises:
        UsageError: names the address.
    """
    for address in addresses:
        from workbench.exchange.mail_settings import is_address

        if not is_address(address):
            raise UsageError(N_("{address} is not a mail address."), option=OPTION, address=address)


def tried(
    session: "Session", addresses: tuple[str, ...], scope: "Scope", page: "Paper"
) -> WorkbenchError | None:
    """Send the page to ``addresses``; return why that failed, as the rest of the evening goes on."""
    if not addresses:
        return None
    from workbench.exchange import mail, mail_settings

    try:
        mail.send(mail_settings.read(_settings_file(session)), letter(session, addresses, page))
    except (mail.MailError, RefusedError, UsageError) as why:
        why.add(
            N_("To send it again: workbench summary --date {day} --mail-to …"), day=scope.last.isoformat()
        )
        return why
    out.tell(_("Sent to: {addresses}").format(addresses=", ".join(addresses)))
    return None


def draft(session: "Session", addresses: tuple[str, ...], page: "Paper") -> bytes:
    """Return the mail as a file; from whom it is stands in it where the settings of mail say so.

    Raises:
        UsageError: there are settings, and they are wrong.
    """
    from workbench.exchange import mail, mail_settings

    file = _settings_file(session)
    sender = mail_settings.read(file).sender if file.exists() else ""
    return mail.message(letter(session, addresses, page), sender).as_bytes()


def _settings_file(session: "Session") -> Path:
    return config.mail_file(session.options.settings.environment)


def letter(session: "Session", addresses: tuple[str, ...], page: "Paper") -> "Letter":
    """Return what the mail says: the page for people who read it as text, and the page itself."""
    from workbench.exchange.mail import Letter
    from workbench.reports.evening import terminal
    from workbench.reports.evening.html import html

    text = "\n".join(terminal.lines(page, terminal.Paint(CELLS))) + "\n"
    return Letter(page.title, text, html(page, language()), addresses, session.desk.now())
