"""What the operating system says when it refuses, in the user's language."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from workbench.words import N_, Said

_REASONS: dict[int, str] = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EFBIG: N_("files may not grow that large here"),
    errno.EACCES: N_("you lack the right"),
    errno.EPERM: N_("you lack the right"),
    errno.EROFS: N_("the disk may only be read"),
    errno.ENOENT: N_("it is not there"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it is there already"),
    errno.ELOOP: N_("its links go round in a circle"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENODEV: N_("it is a pipe or a device"),
    errno.EIO: N_("the disk is faulty"),
}


def open_file(path: Path) -> BinaryIO:
    """Open a file to be read.

    Raises:
        OSError: it cannot be opened, or is a pipe or a device, which may never end.
        ValueError: its name has a NUL.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.ENODEV, "")
    return path.open("rb")


def private_folder(folder: Path, rights: int = 0o700) -> None:
    """Make ``folder``, and those above it that are missing, its owner's only (``rights``); one there stays.

    Raises:
        OSError: one of them cannot be made.
    """
    missing = [each for each in (folder, *folder.parents) if not os.path.isdir(each)]
    for each in reversed(missing):
        with suppress(FileExistsError):  # another process was faster
            each.mkdir(mode=rights)


def owned_by_user(path: Path) -> bool:
    """Say whether the user of this process owns ``path``; a system without owners says yes."""
    if not hasattr(os, "getuid"):
        return True
    try:
        return os.getuid() in (0, path.stat().st_uid)  # the superuser owns everything
    except OSError:
        return False


def login() -> str:
    """Return the name of the system's user, by number and not by what the environment says; else the number.

    Source: an environment is whatever its user likes; the number is what the kernel vouches for.
    """
    if not hasattr(os, "getuid"):
        import getpass

        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container without a password entry
        return str(os.getuid())


def reason(why: Exception) -> Said | str:
    """Return why the system refused, as the end of a sentence; a rare reason stays as the system says it."""
    code = why.errno if isinstance(why, OSError) else None
    if code in _REASONS:
        return Said(_REASONS[code])
    return (why.strerror if isinstance(why, OSError) else "") or str(why) or type(why).__name__


def has_rights(file: BinaryIO) -> int:
    """Return the rights of an open file; nobody else's where the system has none (Windows)."""
    return os.fstat(file.fileno()).st_mode if hasattr(os, "getuid") else 0o600
