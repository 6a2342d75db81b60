"""Who writes on which case right now: a small file for each window, in a folder beside the store.

It is a hint between windows of one machine and nothing else: it takes no lock, wakes nobody (the store itself
is not touched), and whoever cannot write or read it does without. A window writes its file at most once in
``RENEW_SECONDS``, while a form is open; what is not renewed is over after ``EXPIRES_SECONDS``, which is how
the file of a window that was killed ends. Nothing in such a file is trusted: whoever may write to the folder
may have put anything there.
"""

import json
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from storage import private

ENDING = ".writing"
RENEW_SECONDS = 10.0
EXPIRES_SECONDS = 25.0
OLD_SECONDS = 3600.0  # a file that is left over, and that nobody misses
MOST_FILES = 64  # windows that are looked at
MOST_BYTES = 1024
MOST_CASES = 2**63
_NAME = re.compile(r"[0-9]{1,10}-[0-9a-f]{8}")
Seconds = Callable[[], float]


class Writing(NamedTuple):
    """Somebody has a form open on a case, by their own word."""

    person: str
    case_id: int


class Note:
    """The file of one window."""

    def __init__(self, store: Path, person: str, wall: Seconds, clock: Seconds = time.monotonic) -> None:
        self.folder, self.store, self.person = folder_of(store), store, person
        self.wall, self.clock = wall, clock
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._said: int | None = None  # the case that the file names
        self._last: float | None = None  # seconds of the clock: when it was written, or taken away

    def due(self, case_id: int | None) -> Callable[[], None] | None:
        """Return what has to be written by now, for a thread; None for nothing.

        Args:
            case_id: The case of the form that is open; None for none.
        """
        now = self.clock()
        if case_id == self._said is None:
            return None
        if self._last is not None and now - self._last < RENEW_SECONDS:
            return None
        self._said, self._last = case_id, now
        return self.release if case_id is None else lambda: self._write(case_id)

    def release(self) -> None:
        """Take the file away, and the folder with the last one."""
        self._said = None
        with suppress(OSError):
            (self.folder / self.name).unlink()
            self.folder.rmdir()

    def _write(self, case_id: int) -> None:
        text = json.dumps({"person": self.person, "case": case_id}, ensure_ascii=False)
        with suppress(OSError):
            rights = self._make_folder()
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(self.folder / self.name, flags, rights)
            with open(descriptor, "wb") as file:
                file.write(text.encode("utf-8", "replace"))
            now = self.wall()
            os.utime(self.folder / self.name, (now, now))  # by the clock that whoever looks has, too
            _tidy(self.folder, now)

    def _make_folder(self) -> int:
        """Make the folder for whom the store is for; return the rights of the file."""
        shared = stat.S_IMODE(self.store.stat().st_mode) & private.SHARED_FILE == private.SHARED_FILE
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700)
            if shared:
                self.folder.chmod(private.SHARED_FOLDER)
        return private.SHARED_FILE if shared else private.FILE


class _Seen(NamedTuple):
    """A file as it was read: what tells that it was written again, since when it stands so, what it says."""

    signature: tuple[int, int, int]
    since: float
    writing: Writing | None


class Watch:
    """Reads what the windows of others say; each look lists the folder once, and reads what is new in it.

    ``wall`` tells seconds since 1970, as the files do. Whether a file is renewed is judged by this process's
    own seconds, so that a clock which jumps ends nothing and keeps nothing alive.
    """

    def __init__(self, store: Path, own: str, wall: Seconds, clock: Seconds = time.monotonic) -> None:
        self.folder, self.own, self.clock, self.wall = folder_of(store), own, clock, wall
        self._seen: dict[str, _Seen] = {}

    def look(self) -> list[Writing]:
        """Return who writes on what now, in the order of their names."""
        now = self.clock()
        with suppress(OSError):
            self._seen = {name: self._read(name, found, now) for name, found in _files(self.folder)}
            live = (
                each.writing
                for name, each in self._seen.items()
                if name != self.own and now - each.since <= EXPIRES_SECONDS
            )
            return sorted({each for each in live if each is not None})
        self._seen = {}
        return []

    def _read(self, name: str, found: os.stat_result, now: float) -> _Seen:
        signature = (found.st_mtime_ns, found.st_size, found.st_ino)
        known = self._seen.get(name)
        if known is not None and known.signature == signature:
            return known
        # whoever looks for the first time has only the wall clock to tell an old file by
        age = 0.0 if known is not None else self.wall() - found.st_mtime
        since = now - max(age, 0.0) if age >= -EXPIRES_SECONDS else now - 2 * EXPIRES_SECONDS
        return _Seen(signature, since, _content(self.folder / name))


def folder_of(store: Path) -> Path:
    """Return the folder of a store's windows."""
    return store.with_name(store.name + ENDING)


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files that may be those of windows; links, pipes and what is too long are none."""
    if folder.is_symlink():
        return
    with os.scandir(folder) as entries:
        for entry in islice(entries, MOST_FILES):
            found = entry.stat(follow_symlinks=False)
            if _NAME.fullmatch(entry.name) and stat.S_ISREG(found.st_mode) and found.st_size <= MOST_BYTES:
                yield entry.name, found


def _content(path: Path) -> Writing | None:
    """Return what a file says, None where that is nothing of ours."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
        with open(descriptor, "rb") as file:
            said = json.loads(file.read(MOST_BYTES + 1).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    person, case_id = (said.get("person"), said.get("case")) if isinstance(said, dict) else (None, None)
    if not isinstance(person, str) or not person or type(case_id) is not int:
        return None
    return Writing(person, case_id) if 0 < case_id < MOST_CASES else None


def _tidy(folder: Path, now: float) -> None:
    """Take away what windows have left that were killed long ago; ``now`` in seconds since 1970."""
    for name, found in _files(folder):
        if abs(now - found.st_mtime) > OLD_SECONDS:
            with suppress(OSError):
                (folder / name).unlink()
