"""What a store is asked for: statements, the pages that it writes, and its seconds of CPU inside the library."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import thread_time
from typing import Any

from storage import engine, store
from storage.engine import Db

PAGE, FRAME_HEAD, LOG_HEAD = 4096, 24, 32


class Tally:
    """Adds up statements, and the seconds of CPU spent inside the library."""

    def __init__(self) -> None:
        self.statements = 0
        self.seconds = 0.0
        self._depth = 0

    def timed(self, work: Callable[..., Any], statements: int = 0) -> Callable[..., Any]:
        """Return ``work`` with its time and its statements added here; what it calls counts once."""

        def run(*given: Any) -> Any:
            self.statements += statements
            self._depth += 1
            began = thread_time()
            try:
                return work(*given)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += thread_time() - began

        return run

    def reset(self) -> None:
        """Begin anew."""
        self.statements, self.seconds = 0, 0.0


class CountedConnection:
    """A connection whose statements are counted."""

    def __init__(self, connection: Any, tally: Tally) -> None:
        self._connection = connection
        self.execute = tally.timed(connection.execute, 1)
        self.executemany = tally.timed(connection.executemany, 1)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class CountedDb(Db):
    """A Db whose reads include the time to fetch; its log keeps every page that is written."""

    def __init__(self, db: Db, tally: Tally) -> None:
        db.run("PRAGMA wal_autocheckpoint = 0")
        super().__init__(CountedConnection(db.connection, tally), db.path)  # type: ignore[arg-type]
        self.all = tally.timed(super().all)  # type: ignore[method-assign]


@contextmanager
def through(each: Callable[[Db], Db]) -> Iterator[None]:
    """Let every connection that a store opens pass through ``each``."""
    setattr(store, "connect", lambda *given, **more: each(engine.connect(*given, **more)))  # noqa: B010
    try:
        yield
    finally:
        setattr(store, "connect", engine.connect)  # noqa: B010


def as_it_is(db: Db) -> Db:
    """Return ``db``."""
    return db


def without_disk(db: Db) -> Db:
    """Return ``db`` where a commit waits for no disk."""
    db.run("PRAGMA synchronous = OFF")
    return db


def pages(path: Path) -> int:
    """Return how many pages stand in the log written ahead, which nothing takes out of it."""
    log = path.with_name(path.name + "-wal")
    return (max(log.stat().st_size, LOG_HEAD) - LOG_HEAD) // (PAGE + FRAME_HEAD) if log.exists() else 0


def size_on_disk(path: Path) -> int:
    """Return the bytes of a store, of what its log holds too."""
    db = engine.connect(path, read_only=True)
    try:
        return int(db.value("PRAGMA page_count") * db.value("PRAGMA page_size"))
    finally:
        db.connection.close()
