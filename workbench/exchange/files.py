"""Files that appear whole or not at all."""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

from storage import copies
from workbench.domain.errors import StoreFullError, UsageError, WorkbenchError
from workbench.domain.system import reason
from workbench.words import N_

PRIVATE = 0o600  # complaints are personal data
BUFFER = 1 << 16  # bytes
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
UNWRITTEN = N_("{file} cannot be written: {reason}.")
Result = TypeVar("Result")


@contextmanager
def whole(path: Path, option: str, *, keep_off: Path | None = None) -> Iterator[IO[bytes]]:
    """Lend a file that takes the place of ``path`` when all went well, and is gone otherwise.

    Args:
        path: Where it will be; a file there is replaced.
        option: Named in errors.
        keep_off: The store, which nothing may replace.

    Raises:
        UsageError: the folder is missing or cannot be written, or ``path`` is no file, or the store.
        StoreFullError: the disk takes no more; what was there is as it was.
    """
    _explaining(lambda: _ensure_free(path, option, keep_off), path, option)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    file = _explaining(lambda: _open_temporary(temporary, path, option), path, option)
    try:
        with file:
            yield file
            _explaining(lambda: _sync(file), path, option)
        _explaining(lambda: temporary.replace(path), path, option)
        _explaining(lambda: copies.sync(path.parent), path, option)
    finally:
        temporary.unlink(missing_ok=True)


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


class Sink(io.FileIO):
    """A file that says in a sentence why it cannot be written, whoever writes to it.

    Raises:
        StoreFullError, UsageError: by ``write``.
    """

    def __init__(self, descriptor: int, path: Path, option: str) -> None:
        super().__init__(descriptor, "wb")
        self.path, self.option = path, option
        self.refused = False

    def write(self, data: Any) -> int:
        """Write ``data``; return how many bytes went out."""
        if self.refused:  # whoever closes it would hear the same again
            return memoryview(data).nbytes
        self.refused = True
        written = _explaining(lambda: super(Sink, self).write(data), self.path, self.option)
        self.refused = False
        return written


def _ensure_free(path: Path, option: str, keep_off: Path | None) -> None:
    """Refuse what can be no file, or must not be one of ours."""
    if not str(path).strip():
        raise UsageError(N_("the value is empty."), option=option)
    if not path.parent.is_dir():
        raise UsageError(N_("there is no folder {folder}."), option=option, folder=str(path.parent))
    if path.is_dir():
        raise UsageError(N_("{file} is a folder."), option=option, file=str(path))
    if path.exists() and not path.is_file():  # a device would be replaced by a file, for everybody
        raise UsageError(N_("{file} is a pipe or a device, no file."), option=option, file=str(path))
    if keep_off and _is_part_of(path, keep_off):
        raise UsageError(N_("{file} is the store itself."), option=option, file=str(path))


def _open_temporary(temporary: Path, path: Path, option: str) -> IO[bytes]:
    """Open the temporary file, which nobody else may have made."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return io.BufferedWriter(Sink(os.open(temporary, flags, PRIVATE), path, option), BUFFER)


def _is_part_of(path: Path, store: Path) -> bool:
    """Tell whether ``path`` is the file of the store or one beside it that belongs to it."""
    target, whole_store = os.path.realpath(path), os.path.realpath(store)
    return any(target == f"{whole_store}{end}" for end in ("", "-wal", "-shm", "-journal"))


def _explaining(act: Callable[[], Result], path: Path, option: str) -> Result:
    """Do ``act`` and say in a sentence why the system refuses, if it does."""
    try:
        return act()
    except (OSError, ValueError) as why:  # ValueError: a NUL in the name
        raise unwritten(why, path, option) from why


def unwritten(why: OSError | ValueError, path: Path, option: str) -> WorkbenchError:
    """Return why ``path`` cannot be written: the disk, or what was typed."""
    if isinstance(why, OSError) and why.errno in FULL:
        return StoreFullError(UNWRITTEN, file=str(path), reason=reason(why))
    return UsageError(UNWRITTEN, option=option, file=str(path), reason=reason(why))
