"""The store: units of work on one file, each with a connection of its own while it lasts."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from typing import TypeVar

from storage import faults, statistics
from storage.engine import Db, Error, connect, in_our_words
from storage.meaning import IS_DAMAGED, not_local
from storage.migrate import ensure_current, migrate
from workbench.domain.errors import StoreDamagedError, StoreReadOnlyError
from workbench.words import N_

Result = TypeVar("Result")
MOST_IDLE = 2  # connections kept: each holds megabytes of pages


class Watch:
    """Tells cheaply whether another connection has committed since the last look."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._seen = db.value("PRAGMA data_version")

    def changed(self) -> bool:
        """Say whether anything was committed since the last call; false alarms are possible."""
        if self._db.still:  # without locks SQLite does not look again
            return self._db.path is not None and faults.state(self._db.path) != self._db.still
        version = self._db.value("PRAGMA data_version")
        changed = bool(version != self._seen)
        self._seen = version
        return changed

    def close(self) -> None:
        """Let the connection go."""
        self._db.connection.close()


class Store:
    """One SQLite file. Connections are pooled, and lent to one unit of work at a time."""

    def __init__(self, path: Path, *, read_only: bool = False, alone: bool = False) -> None:
        """Open the store at ``path`` and bring its schema up to date.

        Args:
            path: Where it is.
            read_only: Nothing may be changed.
            alone: It is a copy of which nobody else knows, so that it may lie on a network file
                system, and no copy of an older one is kept (``kept``).

        Raises:
            StoreError: it is missing, not a store, too new, or cannot be opened.
        """
        self.path = path
        self.read_only = read_only
        self.typed_by: str | None = None  # who writes here in the name of somebody else
        self._idle: list[Db] = []
        if not alone and (refusal := not_local(path)):
            raise refusal
        db = connect(path, read_only=read_only)
        with ExitStack() as failed:
            failed.callback(db.connection.close)
            self.kept = None if read_only else migrate(db, keep_older=not alone)
            if read_only:
                ensure_current(db)
            own: dict[str, str] = dict(
                db.all("SELECT key, value FROM setting WHERE key IN ('site_id', 'code')")
            )
            forgotten = not read_only and statistics.forget(db)
            failed.pop_all()
        if forgotten:
            db.connection.close()
        else:
            self._give_back(db)
        site_id = own.get("site_id")
        if site_id is None:  # killed in the middle of init
            self.close()
            template = N_("The store at {path} was never finished; delete it and run init.")
            raise StoreDamagedError(template, path=path)
        if not site_id.isdecimal():
            self.close()
            raise StoreDamagedError(IS_DAMAGED)
        self.site_id: int = int(site_id)
        self.code: str = own.get("code", "")  # begins every case number

    def close(self) -> None:
        """Close every idle connection."""
        while self._idle:
            self._idle.pop().connection.close()

    @contextmanager
    def _lent(self) -> Iterator[Db]:
        try:
            db = self._idle.pop()  # threads share them: none may be left a moment after one was
        except IndexError:
            db = connect(self.path, read_only=self.read_only)
        try:
            yield db
        finally:
            db.ended()
            if db.connection.in_transaction:
                db.connection.rollback()
            self._give_back(db)
        db.ensure_still()

    def _give_back(self, db: Db) -> None:
        """Keep a connection for the next unit of work; one that reads without locks is opened anew."""
        if len(self._idle) < MOST_IDLE and not db.still:
            self._idle.append(db)
        else:
            db.connection.close()

    @contextmanager
    def reading(self) -> Iterator[Db]:
        """Lend a connection whose statements all see the same moment."""
        with self._lent() as db:
            db.run("BEGIN")
            db.begun()
            yield db

    def write(self, work: Callable[[Db], Result]) -> Result:
        """Run ``work`` in one durable transaction; what it returns is on disk when this returns.

        Raises:
            StoreBusyError: others held the store for longer than the wait; nothing was changed.
            StoreFullError: nothing was changed.
            StoreReadOnlyError: opened for reading, or the file cannot be written.
        """
        if self.read_only:
            raise StoreReadOnlyError(N_("The store is open for reading only (--read-only)."))
        with self._lent() as db:
            db.run("BEGIN IMMEDIATE")
            db.begun()
            db.timing, db.typed_by = None, self.typed_by
            result = work(db)
            try:
                db.connection.execute("COMMIT")
            except Error as error:
                raise in_our_words(error, self.path) from error
            return result

    def write_together(self, work: Callable[["Store"], None]) -> None:
        """Let ``work`` write as often as it likes to the store it is given: one transaction in all."""
        self.write(lambda db: work(_Joined(self, db)))

    def watch(self) -> Watch:
        """Return a watch on other people's commits."""
        return Watch(connect(self.path, read_only=True))

    def give_way(self, seconds: float) -> None:
        """Let others have the store between two transactions."""
        Event().wait(seconds)


class _Joined(Store):
    """A store in the middle of a transaction: what it reads and writes belongs to that."""

    def __init__(self, outer: Store, db: Db) -> None:
        self.path, self.read_only, self.site_id = outer.path, outer.read_only, outer.site_id
        self.code, self.typed_by = outer.code, outer.typed_by
        self._db = db

    @contextmanager
    def reading(self) -> Iterator[Db]:
        yield self._db

    def write(self, work: Callable[[Db], Result]) -> Result:
        return work(self._db)

    def give_way(self, seconds: float) -> None:
        """Go on: nobody else gets a turn before the transaction ends."""
