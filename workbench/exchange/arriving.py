"""A folder into which others put files: each is taken once it lies still, then moved to done or failed.

Shared folders send no events, so the folder is looked at again and again. A file is in the store before it
is moved, the move is a rename, and what is in the store is not taken twice: whoever is killed in between
finds the file where it was and takes it again.
"""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from workbench.domain.errors import RefusedError, StoreError, WorkbenchError
from workbench.domain.system import reason
from workbench.domain.text import door, safe_text
from workbench.exchange.arrived import DONE, FAILED, moved
from workbench.exchange.mailbox import EML, MBOX
from workbench.exchange.sniff import WORKBOOKS
from workbench.words import N_, Said, _

EVERY = 10  # seconds between two looks
KINDS = (".csv", ".tsv", ".gz", ".jsonl", *WORKBOOKS, *EML, *MBOX)
TEMPORARY = (".", "~$")  # how names of files begin that a program is still at
MOST_RESTS = 32  # looks that are left out while the store cannot serve: five minutes

Print = tuple[
    int, int, int
]  # size, time of the last change, file number: by it a file that lies still is known


@dataclass(frozen=True)
class Taken:
    """What became of a file; ``stopped`` where somebody broke it off, ``counts`` as machines read them."""

    good: bool
    lines: list[str]
    counts: dict[str, Any] = field(default_factory=dict)
    stopped: bool = False


class Moved(NamedTuple):
    """Where a file went, and what became of it."""

    name: str
    to: Path
    taken: Taken


class Folder:
    """A folder that is watched.

    Args:
        path: The folder.
        take: Imports a file; must add nothing where it is given the same file again.
        tell: Gets a sentence on what hinders; each once, as long as it lasts.
    """

    def __init__(self, path: Path, take: Callable[[Path], Taken], tell: Callable[[str], None]) -> None:
        self.path, self.take, self.tell = path, take, tell
        self.seen: dict[str, Print] = {}
        self.unmoved: dict[str, tuple[Print, Taken]] = {}
        self.hindered: dict[str, str] = {}  # what was told, by the name of the file; of the folder: ""
        self.rests = self.left_out = 0

    def look(self) -> Iterator[Moved]:
        """Look once, and yield what was taken and moved; nothing that hinders is raised.

        Raises:
            KeyboardInterrupt: a file was broken off; it stays.
        """
        found = self._found()
        if found is None:
            return
        still = [name for name, mark in found.items() if self.seen.get(name) == mark]
        self.seen = found
        self.unmoved = {name: kept for name, kept in self.unmoved.items() if found.get(name) == kept[0]}
        for name in [name for name in self.hindered if name and name not in found]:
            del self.hindered[name]
        if self.left_out < self.rests:
            self.left_out += 1
            return
        self.left_out = 0
        for name in still:
            try:
                if done := self._settled(name, found[name]):
                    yield done
            except (StoreError, RefusedError) as why:  # no fault of the file: it waits, and so do the others
                self._hinder(name, why)
                self.rests = min(2 * self.rests or 1, MOST_RESTS)
                return
        self.rests = 0

    def _found(self) -> dict[str, Print] | None:
        """Return the files that lie there, the oldest first; None where nobody can look."""
        marks: dict[str, Print] = {}
        try:
            with os.scandir(self.path) as entries:
                for entry in entries:
                    mark = _mark(self.path / entry.name) if _is_wanted(entry.name) else None
                    if mark is not None:
                        marks[entry.name] = mark
        except OSError as why:
            self._hinder("", Said(N_("{folder} cannot be looked at: {reason}. It is tried again."),
                                  folder=str(self.path), reason=reason(why)))  # fmt: skip
            return None
        self.hindered.pop("", None)
        return dict(sorted(marks.items(), key=lambda found: (found[1][1], found[0])))

    def _settled(self, name: str, mark: Print) -> Moved | None:
        """Take a file, unless that is done already, and move it; None where it stays for now."""
        path = self.path / name
        kept = self.unmoved.get(name)
        taken = kept[1] if kept else self._taken(path)
        if taken is None:
            return None
        if taken.stopped:
            raise KeyboardInterrupt
        if _mark(path) != mark:  # somebody is still writing, or has taken it away
            return None
        self.unmoved[name] = mark, taken
        try:
            to = moved(path, taken.lines, good=taken.good)
        except OSError as why:
            said = N_("{file} is in the store and cannot be moved to {folder}: {reason}. It is tried again.")
            unread = N_("{file} was not taken and cannot be moved to {folder}: {reason}. It is tried again.")
            self._hinder(name, Said(said if taken.good else unread, file=door(name),
                                    folder=DONE if taken.good else FAILED, reason=reason(why)))  # fmt: skip
            return None
        except WorkbenchError as why:  # the report could not be written
            self._hinder(name, why)
            return None
        del self.unmoved[name]
        self.hindered.pop(name, None)
        return Moved(name, to, taken)

    def _taken(self, path: Path) -> Taken | None:
        """Import a file; None where it cannot be opened yet: its writer may still hold it."""
        try:
            with path.open("rb"):
                pass
        except OSError as why:
            self._hinder(path.name, Said(N_("{file} cannot be opened: {reason}. It is tried again."),
                                         file=door(path.name), reason=reason(why)))  # fmt: skip
            return None
        return self.take(path)

    def _hinder(self, name: str, why: object) -> None:
        said = str(why)
        if self.hindered.get(name) != said:
            self.hindered[name] = said
            self.tell(said)


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(KINDS) and not name.startswith(TEMPORARY)


def _mark(path: Path) -> Print | None:
    """Return by what a file is known that lies still; None for a folder, a link, a pipe, or nothing."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def told(done: Moved) -> str:
    """Return the sentence on a file that was done."""
    words = _("{file} -> {to}: {what}")
    return words.format(file=safe_text(door(done.name)), to=done.to.parent.name, what=done.taken.lines[-1])
