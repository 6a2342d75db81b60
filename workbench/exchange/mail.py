"""A page as a mail: plain text for every reader, the page for those that show it; sent by SMTP."""

import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from workbench.domain.errors import WorkbenchError
from workbench.domain.system import reason
from workbench.domain.text import gist, safe_text
from workbench.exchange.mail_settings import MailSettings, password
from workbench.words import N_

LONGEST_SUBJECT = 120  # characters


class MailError(WorkbenchError):
    """The mail server cannot be reached, or did not take the mail."""

    exit_code = 7


class Letter(NamedTuple):
    """What a mail says, whom it is for, and when it is written (UTC)."""

    subject: str
    text: str
    html: str
    to: Sequence[str]
    at: datetime


def message(letter: Letter, sender: str) -> EmailMessage:
    """Return the mail; without a ``sender`` it is a draft, which a mail program sends as its user's own."""
    found = EmailMessage(policy=SMTP)
    found["Subject"] = safe_text(gist(letter.subject, LONGEST_SUBJECT))
    if sender:
        found["From"] = sender
    else:
        found["X-Unsent"] = "1"
    if letter.to:
        found["To"] = ", ".join(letter.to)
    found["Date"] = format_datetime(letter.at)
    found["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence answers it
    found.set_content(letter.text, cte="base64")
    found.add_alternative(letter.html, subtype="html", cte="base64")
    return found


def send(settings: MailSettings, letter: Letter) -> None:
    """Hand the mail to the server.

    Raises:
        RefusedError, UsageError: the password may not, or cannot, be read.
        MailError: the server cannot be reached, is not who it should be, or does not take the mail.
    """
    secret = password(settings)
    try:
        with _connected(settings) as server:
            if secret:
                server.login(settings.user, secret)
            refused = server.send_message(message(letter, settings.sender))
    except (smtplib.SMTPException, OSError, ValueError) as why:  # ValueError: a host that is no name
        raise MailError(
            N_("The mail was not sent by {host}:{port}: {reason}."),
            host=settings.host, port=settings.port, reason=_why(why),
        ) from why  # fmt: skip
    if refused:
        raise MailError(N_("The mail was not taken for {who}."), who=", ".join(refused))


def _connected(settings: MailSettings) -> smtplib.SMTP:
    """Return the connection, encrypted unless the settings say otherwise; a certificate must be valid."""
    place = (settings.host, settings.port)
    if settings.tls == "none":
        return smtplib.SMTP(*place, timeout=settings.seconds)
    context = ssl.create_default_context(cafile=settings.ca_file)
    if settings.tls == "tls":
        return smtplib.SMTP_SSL(*place, timeout=settings.seconds, context=context)
    server = smtplib.SMTP(*place, timeout=settings.seconds)
    try:
        server.starttls(context=context)
    except (smtplib.SMTPException, OSError):
        server.close()
        raise
    return server


def _why(why: Exception) -> object:
    """Return in words why a server did not take a mail."""
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        return ", ".join(f"{who}: {code} {_said(said)}" for who, (code, said) in why.recipients.items())
    if isinstance(why, smtplib.SMTPResponseException):
        return f"{why.smtp_code} {_said(why.smtp_error)}"
    return reason(why)


def _said(text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return gist(said, LONGEST_SUBJECT)
