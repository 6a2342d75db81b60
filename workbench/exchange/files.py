"""Files that appear whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from workbench.domain.errors import UsageError
from workbench.words import N_

PRIVATE = 0o600  # complaints are personal data


@contextmanager
def whole(path: Path, option: str, *, keep_off: Path | None = None) -> Iterator[IO[bytes]]:
    """Lend a file that takes the place of ``path`` when all went well, and is gone otherwise.

    Args:
        path: Where it will be; a file there is replaced.
        option: Named in errors.
        keep_off: The store, which nothing may replace.

    Raises:
        UsageError: the folder is missing or cannot be written, or ``path`` is a folder or the store.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    file = tried(lambda: begun(path, temporary, option, keep_off), path, option)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        tried(lambda: temporary.replace(path), path, option)
        settled(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def begun(path: Path, temporary: Path, option: str, keep_off: Path | None) -> IO[bytes]:
    """Open the temporary file, which nobody else may have made."""
    if not path.parent.is_dir():
        raise UsageError(N_("there is no folder {folder}."), option=option, folder=str(path.parent))
    if path.is_dir():
        raise UsageError(N_("{file} is a folder."), option=option, file=str(path))
    if keep_off and is_part_of(path, keep_off):
        raise UsageError(N_("{file} is the store itself."), option=option, file=str(path))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(temporary, flags, PRIVATE), "wb")


def is_part_of(path: Path, store: Path) -> bool:
    """Tell whether ``path`` is the file of the store or one beside it that belongs to it."""
    target = path.resolve()
    return any(target == Path(f"{store.resolve()}{end}") for end in ("", "-wal", "-shm", "-journal"))


def tried(act: Callable[[], IO[bytes] | Path], path: Path, option: str) -> IO[bytes]:
    """Do ``act`` and say in a sentence why the system refuses, if it does."""
    try:
        return act()  # type: ignore[return-value]
    except (OSError, ValueError) as why:  # ValueError: a NUL in the name
        reason = getattr(why, "strerror", None) or str(why)
        raise UsageError(
            N_("{file} cannot be written: {reason}."), option=option, file=str(path), reason=reason
        ) from why


def settled(folder: Path) -> None:
    """Make the new name durable, where folders can be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
