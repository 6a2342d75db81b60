"""The one SQLite of the process: which library, how a connection is opened, what its errors mean.

Other databases get a file like this one; the rest of the package stays as it is.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from storage import faults
from storage.meaning import BUSY, CANNOT_BE_OPENED, IS_BUSY, IS_NO_STORE, LOCKED
from storage.meaning import in_our_words as in_our_words
from workbench.domain.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreMissingError,
    StoreReadOnlyError,
)
from workbench.domain.system import reason
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

# Of a value that is no text and no number the library asks each time whether it can turn itself into one, by
# two names that are not there. That took two thirds of an INSERT; said once, it is known.
sqlite.register_adapter(bytes, bytearray)
sqlite.register_adapter(type(None), lambda none: none)

Row = tuple[Any, ...]
Params = Mapping[str, Any] | Sequence[Any]

APPLICATION_ID = 0x57424348  # "WBCH": tells a store from any other SQLite file
WAIT_SECONDS = 10
KEYS_PAGE = 10_000  # rows held as Python objects at a time
# Pages of the log written ahead at which a commit brings them into the file: as long as some acts, and it
# syncs twice. A settled moment does so early, so that an act rarely has to.
LOG_PAGES, LOG_PAGES_SETTLED = 4000, 1000
SPARING_KB = 1_000  # of pages: enough for the way down to a leaf


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
LIBRARY: str = sqlite.sqlite_version
WAL_IS_SAFE = not has_wal_reset_bug(sqlite.sqlite_version_info)


class Db:
    """A connection lent for one unit of work; statements are fetched at once."""

    def __init__(
        self, connection: "sqlite.Connection", path: Path | None = None, still: faults.State | None = None
    ) -> None:
        """Lend ``connection``; ``still`` is how the file was where it is read without any lock."""
        self.connection = connection
        self.path = path
        self.timing: Any = None  # a ``Timing``, while a transaction of a desk lasts
        self.still = still
        self.typed_by: str | None = None  # who writes in the name of somebody else
        self.in_unit = False  # whether all statements see one moment, until ``ended``
        self.settings: dict[tuple[int, str], str] | None = None  # those of the moment, once one was asked
        self.known: dict[Any, Any] = {}  # what was read of the moment, and is asked again; see ``taken_back``
        self._settled = False  # whether its commit may take long

    def begun(self) -> None:
        """Note that a transaction begins in which nobody else changes what is read."""
        self.in_unit, self.settings, self.known = True, None, {}

    def ended(self) -> None:
        """Note that it is over."""
        self.in_unit, self.settings, self.known = False, None, {}
        if self._settled:
            self._settled = False
            _keep_log(self, LOG_PAGES)

    def settle(self) -> None:
        """Let the commit of this transaction shorten the log if it is long: nobody waits for it."""
        self._settled = True
        _keep_log(self, LOG_PAGES_SETTLED)

    def ensure_still(self) -> None:
        """Refuse what was read without a lock, if somebody has written meanwhile.

        Raises:
            StoreBusyError: somebody has.
        """
        if self.still and self.path and faults.state(self.path) != self.still:
            raise StoreBusyError(N_("Somebody wrote to the store while it was read. Try again."))

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

    @contextmanager
    def sparing(self) -> Iterator[None]:
        """Keep few pages meanwhile: an index that is read to its end would fill the cache for nothing."""
        kept = self.value("PRAGMA cache_size")
        self.run(f"PRAGMA cache_size = -{SPARING_KB}")
        try:
            yield
        finally:
            self.run(f"PRAGMA cache_size = {kept}")

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

    Where nothing can be made beside it and nobody has it open, it is read without locks: see ``Db.still``.

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
        return _opened(path, f"mode={mode}", read_only=read_only, create=create)
    except (StoreReadOnlyError, StoreFullError) as why:
        nothing_made = isinstance(why, StoreFullError) or faults.is_stuck(path.parent)
        if not (read_only and nothing_made and faults.lies_still(path)):
            raise
    return _opened(path, "mode=ro&immutable=1", read_only=True, still=faults.state(path))


def _opened(
    path: Path, how: str, *, read_only: bool, create: bool = False, still: faults.State | None = None
) -> Db:
    try:
        connection = sqlite.connect(
            f"{uri(path)}?{how}",
            uri=True,
            timeout=WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
    except sqlite.Error as error:
        raise in_our_words(error, path) from error
    db = Db(connection, path, still)
    with ExitStack() as failed:
        failed.callback(connection.close)
        _set_up(db, read_only=read_only, create=create)
        failed.pop_all()
    return db


def scratch(path: Path | None = None) -> Db:
    """Return a database for rows that are asked with SQL and never stored: in memory, or in a new file."""
    return Db(sqlite.connect(path or ":memory:", isolation_level=None), path)


def _is_there(path: Path) -> bool:
    try:
        there = path.exists()
    except OSError as error:
        fault = faults.first(path)
        raise StoreReadOnlyError(CANNOT_BE_OPENED, why=fault.told() if fault else reason(error)) from error
    if there and not path.is_file():  # SQLite would wait for ever for what a pipe brings
        raise StoreDamagedError(IS_NO_STORE, path=path)
    return there


def copy_pages(source: Db, target: Db) -> None:
    """Make ``target`` what ``source`` is, in one go: others see all of it or nothing.

    Raises:
        StoreBusyError: others held one of the two for too long; nothing was changed.
        StoreFullError, StoreDamagedError: likewise.
    """
    until = monotonic() + WAIT_SECONDS

    def patience(status: int, remaining: int, total: int) -> None:
        if status in (BUSY, LOCKED) and monotonic() > until:
            raise StoreBusyError(IS_BUSY)

    try:
        # In steps it would begin anew at every write of others, and never end.
        source.connection.backup(target.connection, pages=-1, progress=patience, sleep=0.05)
    except sqlite.Error as error:
        raise in_our_words(error, target.path) from error


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
    return "file:" + str(path.absolute()).translate(_PERCENT)


# Python keeps the byte FF of a name as U+DCFF
_PERCENT = {code: f"%{code & 0xFF:02x}" for code in (*map(ord, "%?#"), *range(0xDC80, 0xDD00))}


def _keep_log(db: Db, pages: int) -> None:
    """Let a commit shorten the log beyond so many ``pages``; never by a library that may lose commits so."""
    db.value(f"PRAGMA wal_autocheckpoint = {pages if WAL_IS_SAFE else 0}")


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
    if in_wal:
        _keep_log(db, LOG_PAGES)
    if read_only:
        db.run("PRAGMA query_only = ON")
