"""How mail goes out: a TOML file of the user's, the password in a file that nobody else can read."""

import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.system import has_rights, reason
from workbench.toml.checks import Checker
from workbench.toml.faults import Fault, fault_lines
from workbench.toml.reading import refusing, tables_of, text_of, with_lines
from workbench.words import N_, Show, as_it_is

TLS = {"starttls": 587, "tls": 465, "none": 25}  # with the port of each where none is named
KEYS = ("host", "port", "tls", "user", "password_file", "from", "ca_file", "timeout")
LONGEST, LONGEST_PATH = 254, 1000  # characters of a host, an address; of a path
LONGEST_KEY = 2  # parts of a dotted key
SECONDS = 30  # of silence until a server is given up
LONGEST_PASSWORD = 1000  # bytes
HOME = ("localhost", "127.0.0.1", "::1")  # nobody listens in between


class MailSettings(NamedTuple):
    """Which server takes our mail, and how; ``seconds`` of silence and it is given up."""

    host: str
    port: int
    tls: str
    sender: str
    user: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None
    seconds: int = SECONDS


class MailFaults(UsageError):  # noqa: N818 (it holds many errors)
    """The file cannot be used; every reason with its line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(N_("No mail goes out like this."))

    def shown(self, show: Show = as_it_is) -> str:
        """Return the faults, a line each, and what that means."""
        return f"{fault_lines(self.faults, show)}\n{super().shown(show)}"


def read(path: Path) -> MailSettings:
    """Return what the file at ``path`` says.

    Raises:
        MailFaults: it cannot be read, or something in it is wrong; with every fault and its line.
    """
    with refusing(MailFaults):
        text = text_of(path, str(path))
        data = tables_of(text, str(path), LONGEST_KEY)
    check = Checker()
    found = _settings(check, data, path.parent)
    if check.found:
        raise MailFaults(with_lines(check.found, text, str(path)))
    return found


def _settings(check: Checker, data: dict[str, object], folder: Path) -> MailSettings:
    """Return the settings; a path is meant from the file's own folder."""
    check.table((), data, KEYS, ("host", "from"))
    texts = {key: check.text((key,), data[key], LONGEST) for key in ("host", "from", "user") if key in data}
    paths = {
        key: folder / check.text((key,), data[key], LONGEST_PATH)
        for key in ("password_file", "ca_file")
        if key in data
    }
    tls = check.one_of(("tls",), data.get("tls", "starttls"), TLS)
    host, user = texts.get("host", ""), texts.get("user", "")
    if bool(user) != ("password_file" in paths):
        check.fault(("user",), N_("user and password_file belong together."))
    if user and tls == "none" and host not in HOME:
        check.fault(("tls",), N_("a password is not sent without encryption."))
    if "from" in data and not is_address(texts["from"]):
        check.fault(("from",), N_("is not a mail address."))
    return MailSettings(
        host, check.whole(("port",), data.get("port", TLS.get(tls, 0)), 1, 65535), tls, texts.get("from", ""),
        user, paths.get("password_file"), paths.get("ca_file"),
        check.whole(("timeout",), data.get("timeout", SECONDS), 1, 600),
    )  # fmt: skip


def is_address(text: str) -> bool:
    """Say whether ``text`` is one plain address, such as a mail program shows between ``<`` and ``>``."""
    local, at, domain = text.rpartition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(' ,;:<>()[]"\\')
    return bool(at and local and domain) and plain and "@" not in local and len(text) <= LONGEST


def password(settings: MailSettings) -> str:
    """Return the password, which nobody but its owner may be able to read.

    Raises:
        RefusedError: others may read the file.
        UsageError: it cannot be read, or is empty.
    """
    path = settings.password_file
    if path is None:
        return ""
    try:
        with path.open("rb") as file:
            if others := stat.S_IMODE(has_rights(file)) & 0o077:
                raise RefusedError(
                    N_("Others may read the password in {file} (rights {rights}); do: chmod 600 {file}"),
                    file=path, rights=f"{others:o}",
                )  # fmt: skip
            found = file.read(LONGEST_PASSWORD).decode("utf-8").strip("\r\n")
    except (OSError, ValueError) as why:
        raise UsageError(
            N_("the password cannot be read from {file}: {reason}."),
            option="password_file", file=path, reason=reason(why),
        ) from why  # fmt: skip
    if not found:
        raise UsageError(N_("{file} is empty."), option="password_file", file=path)
    return found
