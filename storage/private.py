"""Whose the files are that we make: their owner's, or those of the group that shares a store."""

import os
import stat
from pathlib import Path

from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.system import private_folder
from workbench.words import N_

FILE = 0o600  # complaints are personal data
SHARED_FILE, SHARED_FOLDER = 0o660, 0o2770  # what is made in such a folder goes to its group


def rights_in(folder: Path) -> int:
    """Return the rights of a store that is put back into ``folder``: for its group if made for one."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    return SHARED_FILE if mode & SHARED_FOLDER == SHARED_FOLDER and not mode & 0o007 else FILE


def kept(copy: Path, before: os.stat_result) -> int:
    """Give ``copy`` the group of the file that it replaces; return that file's rights, or less."""
    rights = stat.S_IMODE(before.st_mode) & 0o666
    if copy.stat().st_gid != before.st_gid:
        try:
            os.chown(copy, -1, before.st_gid)
        except OSError:  # a group that this user is not in: nothing for the group that he is in
            rights &= FILE
    return rights


def folder_for(folder: Path, group: str | None) -> int:
    """Make the folder of a new store where it is missing; return the rights of the store.

    Args:
        folder: Where it will be.
        group: Which group shares it; None for its owner only.

    Raises:
        UsageError: there is no such group.
        RefusedError: the folder is there and is not made for the group, or this user is not in it.
        OSError: it cannot be made.
    """
    if group is None:
        private_folder(folder)
        return FILE
    number = _number(group)
    if not os.path.isdir(folder):
        private_folder(folder.parent, 0o755)
        folder.mkdir(mode=0o700)
        _hand_over(folder, number, group)
    found = folder.stat()
    if found.st_gid != number or stat.S_IMODE(found.st_mode) & SHARED_FOLDER != SHARED_FOLDER:
        raise RefusedError(
            N_(
                "The folder {path} is not made for the group {group}. To make it so:"
                " chgrp {group} {path} && chmod 2770 {path}"
            ),
            path=folder, group=group,
        )  # fmt: skip
    return SHARED_FILE


def _hand_over(folder: Path, number: int, group: str) -> None:
    """Give a folder that was just made to a group."""
    try:
        os.chown(folder, -1, number)
        folder.chmod(SHARED_FOLDER)
    except PermissionError as error:
        folder.rmdir()
        raise RefusedError(N_("You are not in the group {group}."), group=group) from error


def _number(group: str) -> int:
    try:
        import grp

        return grp.getgrnam(group).gr_gid
    except (ImportError, KeyError, ValueError) as error:
        raise UsageError(
            N_("There is no group {group} on this machine."), option="--group", group=group
        ) from error
