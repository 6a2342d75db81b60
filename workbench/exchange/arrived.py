"""Where a file goes that was taken from a watched folder: ``done`` or ``failed``, its report beside it."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from storage import copies
from workbench.domain.errors import UsageError
from workbench.domain.system import reason
from workbench.domain.text import door, safe_text
from workbench.exchange.files import whole
from workbench.words import N_

DONE, FAILED = "done", "failed"
REPORT = ".report.txt"
LONGEST_NAME = 225  # bytes: what is written beside it is called by a longer one, of 255 at most
OPTION = "--watch"
FOLDER_RIGHTS = 0o770


def ensure_usable(folder: Path) -> None:
    """Make the folders into which files are moved.

    Raises:
        UsageError: there is no such folder, or nothing can be written there.
    """
    if not folder.is_dir():
        raise UsageError(N_("there is no folder {folder}."), option=OPTION, folder=str(folder))
    try:
        for name in (DONE, FAILED):
            (folder / name).mkdir(FOLDER_RIGHTS, exist_ok=True)
            if not os.access(folder / name, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "")
    except OSError as why:
        said = N_("nothing can be moved to {done} and {failed} in {folder}: {reason}.")
        raise UsageError(said, option=OPTION, folder=str(folder), done=DONE, failed=FAILED,
                         reason=reason(why)) from why  # fmt: skip


def moved(path: Path, lines: list[str], *, good: bool) -> Path:
    """Write the report on a file (``lines``), and move the file beside it: to done where it is ``good``.

    Raises:
        OSError, WorkbenchError: it cannot be done; the file is where it was.
    """
    folder = path.parent / (DONE if good else FAILED)
    folder.mkdir(FOLDER_RIGHTS, exist_ok=True)
    to = _free(folder, path.name)
    report = to.with_name(_short(to.name, REPORT))
    before = ""
    with suppress(OSError):  # of a run that was killed before it could move the file
        if stat.S_ISREG(os.lstat(report).st_mode):  # a link would bring in what others may not read
            before = report.read_text("utf-8", "replace")
    with whole(report, OPTION) as file:
        file.write(before.encode())
        file.write("".join(f"{safe_text(door(line), newlines=True)}\n" for line in lines).encode())
    path.rename(to)
    for changed in (folder, path.parent):
        with suppress(OSError):  # some shared folders cannot be synced
            copies.sync(changed)
    return to


def _free(folder: Path, name: str) -> Path:
    """Return where a file goes: under its own name, or with a number where one of that name is there."""
    stem, dot, ending = name.partition(".")
    found, number = folder / name, 1
    while os.path.lexists(found):
        number += 1
        found = folder / _short(stem, f".{number}{dot}{ending}")
    return found


def _short(name: str, ending: str) -> str:
    """Return a name with an ending, cut so that a file can be called so."""
    room = LONGEST_NAME - len(os.fsencode(ending))
    return os.fsdecode(os.fsencode(name)[: max(room, 1)]) + ending
