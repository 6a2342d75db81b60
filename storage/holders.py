"""Which processes hold the files of a store, as far as the system tells it."""

import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from workbench.domain.regexes import later

LOCKS = Path("/proc/locks")
PROCESSES = Path("/proc")
MOST = 5  # that a sentence names


class Holder(NamedTuple):
    """A process that has locked a file of a store."""

    pid: int
    login: str
    command: str

    def __str__(self) -> str:
        return f"{self.command} (pid {self.pid}, {self.login})"


def holders(path: Path) -> list[Holder]:
    """Return who else holds locks on the store at ``path``; nobody where the system does not tell.

    In WAL mode whoever has the store open holds one, else only who reads or writes at this moment.
    """
    files = {found for end in ("", "-shm", "-wal") if (found := _name(Path(f"{path}{end}")))}
    try:
        lines = LOCKS.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []
    # see proc(5): "1: POSIX  ADVISORY  READ  5433 08:01:7864448 128 128", with "->" where somebody waits
    fields = [line.split() for line in lines if "->" not in line]
    pids = {int(each[4]) for each in fields if len(each) > 5 and each[4].isdigit() and each[5] in files}
    return [_holder(pid) for pid in sorted(pids - {os.getpid(), 0})]


def who(path: Path) -> str:
    """Return the holders of a store as a list to read; empty where there is nobody to name."""
    return ", ".join(map(str, holders(path)[:MOST]))


def login_of(uid: int) -> str:
    """Return the name of a user of this machine, or his number."""
    try:
        import pwd

        return pwd.getpwuid(uid).pw_name
    except (ImportError, KeyError):
        return str(uid)


def _name(path: Path) -> str:
    """Return a file as the table of locks names it."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"


def _holder(pid: int) -> Holder:
    folder = PROCESSES / str(pid)
    try:
        login = login_of(folder.stat().st_uid)
        command = (folder / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:  # it has gone, or is none of ours to see
        return Holder(pid, "?", "?")
    return Holder(pid, login, command)


# ---------------------------------------------------------------- with which library

_SOURCE = later(rb"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d [0-9a-f]{60,64}")  # what sqlite_source_id() returns
_LIBRARY = later(r"(/\S.*(?:sqlite|/bin/).*?)(?: \(deleted\))?$", re.MULTILINE)


def sources(pid: int) -> frozenset[str] | None:
    """Return which builds of SQLite a process has loaded; None where that may not be seen.

    It may of one's own processes, and by root of all. An empty set: a program that hides its library.
    """
    try:
        maps = (PROCESSES / str(pid) / "maps").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    files = {found.rpartition("  ")[2].strip() for found in _LIBRARY.findall(maps)}
    return frozenset(source for file in sorted(files) if (source := _source(Path(file))))


@cache
def _source(library: Path) -> str:
    try:
        found = _SOURCE.search(library.read_bytes())
    except OSError:
        return ""
    return found[0].decode() if found else ""
