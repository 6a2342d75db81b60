"""One at a time: a lock file beside the store, which the system lets go of when its holder ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.private import rights_in
from workbench.domain.errors import StoreBusyError, StoreReadOnlyError
from workbench.domain.system import reason
from workbench.words import N_


@contextmanager
def alone(store: Path, work: str) -> Iterator[None]:
    """Do ``work`` (an id, a part of the file's name) on the store ``store`` while nobody else does.

    Raises:
        StoreBusyError: somebody does.
        StoreReadOnlyError: the lock cannot be made beside the store.
    """
    path = store.with_name(f"{store.name}.{work}.lock")
    try:
        descriptor = _opened(path)
    except OSError as why:
        raise StoreReadOnlyError(
            N_("Nothing can be written to {path}: {why}"), path=path.parent, why=reason(why)
        ) from why
    try:
        if not _locked(descriptor):
            raise StoreBusyError(N_("Another run is at it already ({path}); nothing was done."), path=path)
        yield
    finally:
        os.close(descriptor)  # and with it goes the lock; the file stays, else two could hold two of them


def _opened(path: Path) -> int:
    """Open the lock file, or make it: its owner's only, or for the group that shares the folder."""
    rights = rights_in(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), rights)
    if hasattr(os, "fchmod") and os.fstat(descriptor).st_uid == os.geteuid():
        os.fchmod(descriptor, rights)  # whatever the mask of whoever makes it takes from the group
    return descriptor


def _locked(descriptor: int) -> bool:
    """Take the lock without waiting; say whether it was free."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
