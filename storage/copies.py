"""Copies beside a store: temporary ones of backup and restore (``*.part``), and those that restore keeps.

Whoever makes a temporary copy holds a lock on its folder meanwhile, so that one that was killed is told
from one at work, on every system and whoever's process it was.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from workbench.words import N_, Said

if TYPE_CHECKING:
    from storage.faults import Fault

PART = re.compile(r"\..+\.[0-9a-f]{8}\.part(?:-journal|-wal|-shm)?", re.DOTALL)
KEPT = ".before-"  # stands behind the name of the store
OLD = timedelta(days=30)
NAMED = 5  # files that a sentence names


def parts(folder: Path) -> list[Path]:
    """Return the temporary copies in ``folder``."""
    return [each for each in _inside(folder) if PART.fullmatch(each.name)]


def beside(path: Path) -> list[Path]:
    """Return the copies of the store at ``path`` that were kept beside it."""
    return [each for each in _inside(path.parent) if each.name.startswith(f"{path.name}{KEPT}")]


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Say that a copy is being made in ``folder``; what was left over by others goes first."""
    descriptor = _folder(folder)
    if descriptor is None:
        yield
        return
    try:
        if _lock(descriptor, alone=True):
            for each in parts(folder):
                with suppress(OSError):  # somebody else's: he, or root, has to
                    each.unlink()
        _lock(descriptor, alone=False)
        yield
    finally:
        os.close(descriptor)


def sync(path: Path) -> None:
    """Let what was written to a file, or the names in a folder, outlast a power cut."""
    if path.is_dir() and os.name == "nt":
        return  # Windows syncs no folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def left_over(folder: Path) -> list[Path]:
    """Return the temporary copies on which nobody works any more."""
    found = parts(folder)
    descriptor = _folder(folder) if found else None
    if descriptor is None:
        return found
    try:
        return found if _lock(descriptor, alone=True) else []
    finally:
        os.close(descriptor)


def wrong(path: Path, now: datetime) -> Iterator["Fault"]:
    """Yield which copies beside the store at ``path`` should go: they hold what the store holds."""
    from storage.faults import Fault

    if gone := left_over(path.parent):
        said = Said(N_("a backup or restore was broken off and left {files}."), files=_listed(gone))
        yield Fault("copies", said, _removal(gone))
    old = [each for each in beside(path) if _age(each, now) > OLD]
    if old:
        said = Said(N_("what a restore kept is more than 30 days old: {files}."), files=_listed(old))
        yield Fault("copies", said, _removal(old))


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _listed(files: list[Path]) -> str:
    return ", ".join(map(str, files[:NAMED]))


def _removal(files: list[Path]) -> str:
    return f"rm -- {' '.join(quote(str(each)) for each in files)}"


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return timedelta(0)


def _folder(folder: Path) -> int | None:
    """Open a folder to be locked; None where that cannot be done."""
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None


def _lock(descriptor: int, *, alone: bool) -> bool:
    """Lock a folder for all copies at once, or ``alone`` if nobody else has it; say whether it was done."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    except (ImportError, OSError):
        return False
    return True
