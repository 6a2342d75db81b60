"""The one SQLite of the process: which library, how a connection is opened, what its errors mean.

Other databases get a file like this one; the rest of the package stays as it is.
"""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from workbench.domain.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreMissingError,
    StoreReadOnlyError,
)
from workbench.words import N_

if TYPE_CHECKING:
    import sqlite3 as sqlite
else:
    # The same choice as sqlite-utils makes, so that one process has one library: two copies drop each
    # other's file locks.
    try:
        import pysqlite3.dbapi2 as sqlite
    except ImportError:
        import sqlite3 as sqlite

Row = tuple[Any, ...]
Params = Mapping[str, Any] | Sequence[Any]

APPLICATION_ID = 0x57424348  # "WBCH": tells a store from any other SQLite file
WAIT_SECONDS = 10
SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CORRUPT = 5, 6, 11
KEYS_PAGE = 10_000  # rows held as Python objects at a time


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Say whether this SQLite may lose commits in WAL mode.

    The race was fixed in 3.51.3 and ported back to 3.44.6 and 3.50.7. Source: sqlite.org/wal.html.
    """
    if version >= (3, 51, 3):
        return False
    fixed_lines = {(3, 44): 6, (3, 50): 7}
    patch = fixed_lines.get((version[0], version[1]))
    return patch is None or version[2] < patch


Error = sqlite.Error
WAL_IS_SAFE = not has_wal_reset_bug(sqlite.sqlite_version_info)


class Db:
    """A connection lent for one unit of work; statements are fetched at once."""

    def __init__(self, connection: "sqlite.Connection", path: Path | None = None) -> None:
        self.connection = connection
        self.path = path
        self.timing: Any = None  # a ``Timing``, while a transaction of a desk lasts
        self.typed_by: str | None = None  # who writes in the name of somebody else

    def run(self, sql: str, params: Params = ()) -> int:
        """Run a statement that returns nothing; give the number of rows it touched."""
        try:
            return self.connection.execute(sql, params).rowcount
        except sqlite.Error as error:
            raise in_our_words(error, self.path) from error

    def run_many(self, sql: str, rows: Sequence[Params]) -> None:
        """Run a statement for every row of parameters."""
        if not rows:  # else it would be prepared all the same, for every act
            return
        try:
            self.connection.executemany(sql, rows)
        except sqlite.Error as error:
            raise in_our_words(error, self.path) from error

    def all(self, sql: str, params: Params = ()) -> list[Row]:
        """Return every row."""
        try:
            return self.connection.execute(sql, params).fetchall()
        except sqlite.Error as error:
            raise in_our_words(error, self.path) from error

    def stream(self, sql: str, params: Params = (), page: int = 1000) -> Iterator[Row]:
        """Yield rows in pages, for reports in a read transaction that outlives them; else use ``all``."""
        try:
            cursor = self.connection.execute(sql, params)
            while rows := cursor.fetchmany(page):
                yield from rows
        except sqlite.Error as error:
            raise in_our_words(error, self.path) from error

    def keys(self, sql: str, params: Params = ()) -> "array[int]":
        """Return the one integer column of every row, eight bytes each."""
        found: array[int] = array("q")
        try:
            cursor = self.connection.execute(sql, params)
            while rows := cursor.fetchmany(KEYS_PAGE):
                found.extend([row[0] for row in rows])
        except sqlite.Error as error:
            raise in_our_words(error, self.path) from error
        return found

    def one(self, sql: str, params: Params = ()) -> Row | None:
        """Return the first row, or None."""
        rows = self.all(sql, params)
        return rows[0] if rows else None

    def value(self, sql: str, params: Params = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self.one(sql, params)
        return row[0] if row else None


def connect(path: Path, *, read_only: bool = False, create: bool = False) -> Db:
    """Open ``path`` by the recipe: durable, foreign keys on, short waits.

    Raises:
        StoreMissingError: there is no file, and ``create`` was not asked.
        StoreDamagedError: the file is not a database.
        StoreReadOnlyError: the file, its folder or a side file cannot be written.
    """
    if not create and not _is_there(path):
        raise StoreMissingError(
            N_("There is no store at {path}; make one with: workbench --db {path} init"), path=path
        )
    mode = "ro" if read_only else "rwc" if create else "rw"
    try:
        connection = sqlite.connect(
            f"{uri(path)}?mode={mode}",
            uri=True,
            timeout=WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        db = Db(connection, path)
        _set_up(db, read_only=read_only, create=create)
    except sqlite.Error as error:
        raise in_our_words(error, path) from error
    return db


def scratch(*, large: bool = False) -> Db:
    """Return a database for rows that are asked with SQL and never stored: in memory, or a ``large`` one.

    A large one moves to a nameless file of the system, gone when it is closed, once its cache is full.
    """
    return Db(sqlite.connect("" if large else ":memory:", isolation_level=None))


def _is_there(path: Path) -> bool:
    try:
        there = path.exists()
    except OSError as error:
        template = N_("The store cannot be opened: check the rights of its file and folder.")
        raise StoreReadOnlyError(template) from error
    if there and not path.is_file():  # SQLite would wait for ever for what a pipe brings
        raise StoreDamagedError(_KINDS[26][1], path=path)
    return there


def copy_pages(source: Db, target: Db) -> None:
    """Make ``target`` what ``source`` is, in one go: others see all of it or nothing.

    Raises:
        StoreBusyError: others held one of the two for too long; nothing was changed.
        StoreFullError, StoreDamagedError: likewise.
    """
    until = monotonic() + WAIT_SECONDS

    def patience(status: int, remaining: int, total: int) -> None:
        if status in (SQLITE_BUSY, SQLITE_LOCKED) and monotonic() > until:
            raise StoreBusyError(_KINDS[5][1])

    try:
        # In steps it would begin anew at every write of others, and never end.
        source.connection.backup(target.connection, pages=-1, progress=patience, sleep=0.05)
    except sqlite.Error as error:
        raise in_our_words(error) from error


def at_risk(db: Db) -> bool:
    """Say whether this library may lose commits of the open store: in WAL mode, by the WAL-reset bug."""
    return not WAL_IS_SAFE and bool(db.value("PRAGMA journal_mode") == "wal")


def alone(db: Db) -> bool:
    """Say whether nobody else has the file open, and keep it so until the connection is closed.

    Outside WAL mode nobody can know: others hold no lock while they do nothing.
    """
    if db.value("PRAGMA journal_mode") != "wal":
        return False
    db.run("PRAGMA busy_timeout = 0")
    db.value("PRAGMA locking_mode = EXCLUSIVE")
    try:
        db.run("BEGIN EXCLUSIVE")
        db.run("COMMIT")
    except StoreBusyError:
        return False
    return True


def uri(path: Path) -> str:
    """Return ``path`` as SQLite takes it, whatever its name is made of, bytes that are no UTF-8 included."""
    return "file:" + re.sub("[%?#\udc80-\udcff]", _percent, str(path.absolute()))


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]) & 0xFF:02x}"  # Python keeps the byte FF of a name as U+DCFF


def _set_up(db: Db, *, read_only: bool, create: bool) -> None:
    if create:
        if WAL_IS_SAFE:  # elsewhere TRUNCATE is slower and safe
            db.value("PRAGMA journal_mode = WAL")
        db.run(f"PRAGMA application_id = {APPLICATION_ID}")
    in_wal = db.value("PRAGMA journal_mode") == "wal"
    if not in_wal and not read_only:  # unlike WAL, this is not kept in the file
        db.value("PRAGMA journal_mode = TRUNCATE")
    # NORMAL in WAL mode loses acknowledged commits at a power cut; EXTRA syncs the folder as well.
    db.run(f"PRAGMA synchronous = {'FULL' if in_wal else 'EXTRA'}")
    db.run("PRAGMA foreign_keys = ON")
    db.run("PRAGMA trusted_schema = OFF")
    db.run(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    db.run("PRAGMA journal_size_limit = 67108864")
    db.run("PRAGMA cache_size = -8000")  # a connection; the pages are in the system's cache too
    if in_wal and not WAL_IS_SAFE:
        db.run("PRAGMA wal_autocheckpoint = 0")
    if read_only:
        db.run("PRAGMA query_only = ON")


_BY_WORDS = {
    "database is locked": SQLITE_BUSY,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": SQLITE_CORRUPT,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}
_OF_DAMAGE = "Could not decode to UTF-8"
_LACKING = ("no such table: ", "no such column: ")
_LACKS = N_(
    "The store lacks {what}: it is damaged, or another Workbench made it. Restore a backup that this one"
    " made: workbench restore FILE; or begin a new store: workbench init"
)
_KINDS: dict[int, tuple[type[StoreError], str]] = {
    5: (StoreBusyError, N_("The store is busy: another program holds it. Try again.")),
    6: (StoreBusyError, N_("The store is busy: another program holds it. Try again.")),
    13: (StoreFullError, N_("The disk is full; this was not written. Free some space and try again.")),
    8: (StoreReadOnlyError, N_("The store cannot be written: check the rights of its file and folder.")),
    3: (StoreReadOnlyError, N_("The store cannot be written: check the rights of its file and folder.")),
    23: (StoreReadOnlyError, N_("The store cannot be opened: check the rights of its file and folder.")),
    14: (StoreReadOnlyError, N_("The store cannot be opened: check the rights of its file and folder.")),
    10: (StoreError, N_("The disk refused to read or write the store; this was not done.")),
    11: (StoreDamagedError, N_("The store is damaged. Restore a backup: workbench restore FILE")),
    26: (StoreDamagedError, N_("{path} is not a Workbench store.")),
}


def in_our_words(error: "sqlite.Error", path: Path | None = None) -> Exception:
    """Return what ``error`` means for a person; what is a bug of ours comes back as it is."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # a backup says it in words only
        code = _BY_WORDS.get(str(error))
    if code in (None, 1):
        if str(error).startswith(_LACKING):  # our own statements name what init made
            return StoreDamagedError(_LACKS, what=str(error).partition(": ")[2])
        if str(error).startswith(_OF_DAMAGE):
            code = SQLITE_CORRUPT
    kind = _KINDS.get(code & 0xFF) if code is not None else None
    if kind is None:
        return error
    cls, template = kind
    return cls(template, path=path or "")
