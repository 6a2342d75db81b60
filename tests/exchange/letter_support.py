"""Messages made by hand."""

from email.message import EmailMessage
from pathlib import Path

WU = "吴一 <wu@example.com>"


def letter(text: str = "厨房漏水", subject: str = "漏水", ident: str = "a@x", **headers: str) -> EmailMessage:
    """Return a message of a person; ``In_Reply_To`` and the like add headers."""
    found = EmailMessage()
    found["From"] = headers.pop("From", WU)
    found["To"] = "service@example.org"
    found["Subject"] = subject
    found["Date"] = headers.pop("Date", "Mon, 02 Nov 2026 09:10:00 +0800")
    if ident:
        found["Message-ID"] = f"<{ident}>"
    for name, value in headers.items():
        found[name.replace("_", "-")] = value
    found.set_content(text)
    return found


def eml(folder: Path, message: EmailMessage | bytes, name: str = "m.eml") -> Path:
    path = folder / name
    path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
    return path


def mbox(folder: Path, *messages: EmailMessage | bytes, name: str = "m.mbox") -> Path:
    content = b""
    for message in messages:
        raw = message if isinstance(message, bytes) else message.as_bytes()
        quoted = b"\n".join(
            b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in raw.split(b"\n")
        )
        content += b"From x@example.com Mon Nov  2 09:10:00 2026\n" + quoted.rstrip(b"\n") + b"\n\n"
    path = folder / name
    path.write_bytes(content)
    return path


def maildir(folder: Path, *messages: EmailMessage) -> Path:
    path = folder / "Mail"
    for name in ("new", "cur", "tmp"):
        (path / name).mkdir(parents=True)
    for at, message in enumerate(messages):
        where = "new" if at % 2 else "cur"
        (path / where / f"17940000{at:02}.x:2,S").write_bytes(message.as_bytes())
    return path
