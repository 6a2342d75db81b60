"""What an error of SQLite means for a person: which cause it has here, and what mends it.

One number of SQLite serves many causes, so the files are looked at: see ``faults``.
"""

import errno
from pathlib import Path

from storage import faults, holders
from workbench.domain.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
)
from workbench.words import N_, Said

BUSY, LOCKED, CORRUPT = 5, 6, 11
DISK, FULL = 10, 13
FULL_AS_WELL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

IS_BUSY = N_("The store is busy: another program holds it. Try again.")
IS_DAMAGED = N_("The store is damaged. Restore a backup: workbench restore FILE")
IS_NO_STORE = N_("{path} is not a Workbench store.")
IS_FULL = N_("The disk is full; this was not written. Free some space and try again.")
IS_FAULTY = N_("The disk refused to read or write the store; this was not done.")
CANNOT_BE_WRITTEN = N_("The store cannot be written: {why}")
CANNOT_BE_OPENED = N_("The store cannot be opened: {why}")

_BY_WORDS = {
    "database is locked": BUSY,
    "attempt to write a readonly database": 8,
    "disk I/O error": DISK,
    "database disk image is malformed": CORRUPT,
    "database or disk is full": FULL,
    "unable to open database file": 14,
    "file is not a database": 26,
}
_OF_DAMAGE = "Could not decode to UTF-8"
_LACKING = ("no such table: ", "no such column: ", "no such index: ")
_LACKS = N_(
    "The store lacks {what}: it is damaged, or another Workbench made it. Restore a backup that this one"
    " made: workbench restore FILE; or begin a new store: workbench init"
)
_UNKNOWN = N_("the system does not say why. What could be at fault: workbench doctor")
_KINDS: dict[int, tuple[type[StoreError], str]] = {
    BUSY: (StoreBusyError, IS_BUSY),
    LOCKED: (StoreBusyError, IS_BUSY),
    FULL: (StoreFullError, IS_FULL),
    8: (StoreReadOnlyError, CANNOT_BE_WRITTEN),
    3: (StoreReadOnlyError, CANNOT_BE_WRITTEN),
    23: (StoreReadOnlyError, CANNOT_BE_OPENED),
    14: (StoreReadOnlyError, CANNOT_BE_OPENED),
    DISK: (StoreError, IS_FAULTY),
    15: (StoreBusyError, N_("The system does not let programs lock the store; see: workbench doctor")),
    22: (StoreFullError, N_("Files may not grow that large on this disk; move the store to another.")),
    CORRUPT: (StoreDamagedError, IS_DAMAGED),
    26: (StoreDamagedError, IS_NO_STORE),
}


def in_our_words(error: Exception, path: Path | None = None) -> Exception:
    """Return what ``error`` means for a person; what is a bug of ours comes back as it is."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # a backup says it in words only
        code = _BY_WORDS.get(str(error))
    if code in (None, 1):
        if str(error).startswith(_LACKING):  # our own statements name what init made
            return StoreDamagedError(_LACKS, what=str(error).partition(": ")[2])
        if str(error).startswith(_OF_DAMAGE):
            code = CORRUPT
    if code is None or code & 0xFF not in _KINDS:
        return error
    return _with_cause(code & 0xFF, path)


def _with_cause(code: int, path: Path | None) -> StoreError:
    """Return the error of a kind, with what the files say about its cause."""
    cls, template = _KINDS[code]
    if "{why}" in template:
        fault = faults.first(path) if path else None
        if not fault and path and (found := faults.of_probe(path.parent)):
            return _refused(*found)
        return cls(template, why=fault.told() if fault else Said(_UNKNOWN))
    if code in (FULL, DISK) and path and (found := faults.of_probe(path.parent)):
        return _refused(*found)
    error = cls(template, path=path or "")
    if code in (BUSY, LOCKED) and path and (names := holders.who(path)):
        error.add(N_("It is held by: {holders}"), holders=names)
    return error


def _refused(code: int, fault: faults.Fault) -> StoreError:
    """Return what a disk says that takes no more."""
    error = StoreFullError(IS_FULL) if code in FULL_AS_WELL else StoreError(IS_FAULTY)
    if code == errno.EFBIG:
        error = StoreFullError(N_("The store may not grow; this was not written."))
    error.add("{why}", why=fault.told())
    return error


def not_local(path: Path) -> StoreError | None:
    """Return why a store at ``path`` would lose what is written: other machines may write to it."""
    fault = faults.of_network(path)
    return StoreError(CANNOT_BE_OPENED, why=fault.told()) if fault else None
