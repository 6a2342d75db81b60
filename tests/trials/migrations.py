"""Upgrades killed in the middle: at each write that a migration makes, and the store is old or new, never between."""

import gzip
import os
import signal
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

from processes import Child, apart
from sqlite_utils import Database

from storage import migrate, migrate_2, migrate_3, migrate_4, migrate_5
from storage.engine import Db, connect
from storage.store import Store
from trials.disk import Op, watched
from trials.frame import Counts, content, problems, warm

TITLE = "upgrades killed at each write (row 14)"
FULL, SMALL = 200, 12  # a schema
DRAWN = {
    "event": ('"op_id"', '"salt"', '"digest"', '"hash"', '"seal"')
}  # by lot, in entries that an upgrade makes
State = tuple[object, ...]
FIXTURES = Path(__file__).parents[1] / "storage"


class Deadly:
    """Lets so many operations on the disk happen; the next kills this process."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.seen = 0

    def __call__(self, op: Op) -> int:
        self.seen += 1
        if self.left == self.seen:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


def run(n: int, room: Path, upgrade: Callable[[Path, Deadly], None] | None = None) -> Counts:
    """Kill ``n`` upgrades of each older schema whose store is kept."""
    warm(room)
    counts = Counts()
    for kept in sorted(FIXTURES.glob("schema_*.db.gz")):
        _one_schema(counts, n, room, gzip.decompress(kept.read_bytes()), upgrade or _upgrade)
        counts.figures[kept.name.partition(".")[0]] = f"{counts.figures.pop('writes')} writes"
    return counts


def _upgrade(path: Path, deadly: Deadly) -> None:
    with watched(deadly):
        Store(path).close()


def _one_schema(
    counts: Counts, n: int, room: Path, content: bytes, upgrade: Callable[[Path, Deadly], None]
) -> None:
    path = room / "old.db"

    def writes() -> int:
        deadly = Deadly(0)
        _upgrade(path, deadly)
        return deadly.seen

    path.write_bytes(content)
    whole = apart(lambda: _wholes(path))
    _clean(room)
    path.write_bytes(content)
    all_of_them: int = apart(writes)
    counts.expect(apart(lambda: _state(path)) == whole[-1], "step by step is not what an opening does")
    counts.figures["writes"] = all_of_them
    finished: set[str] = set()
    for at in range(n):
        _clean(room)
        path.write_bytes(content)
        child = Child(lambda say, at=at: upgrade(path, Deadly(1 + at * all_of_them // n)))
        child.end()
        counts.tries += 1
        counts.expect(child.code == -signal.SIGKILL, f"was not killed: {child.code}")
        _look(counts, path, whole, finished)
    _clean(room)


def _wholes(path: Path) -> list[State]:
    """Return the states that a store passes through: each migration is a transaction."""
    found = [_state(path)]
    db = connect(path)
    database = Database(db.connection, execute_plugins=False)
    names = [each.name for each in migrate.migrations().pending(database)]
    for after in (*names[1:], None):
        migrate.migrations().apply(database, **({"stop_before": after} if after else {}))
        found.append(_state(path))
    db.connection.close()
    return found


def _look(counts: Counts, path: Path, whole: list[State], finished: set[str]) -> None:
    """Compare what a kill has left with ``whole``; let the next opening go on, once for the very same bytes."""
    found, left = apart(lambda: (_state(path), content(path)))
    if found not in whole:
        counts.fault(f"between: schema {found[0]}")
        return
    counts.acks += found == whole[-1]
    if left in finished:
        return
    finished.add(left)

    def goes_on() -> tuple[list[str], State]:
        Store(path).close()
        return problems(path), _state(path)

    wrong, then = apart(goes_on)
    counts.expect(not wrong, wrong[:1])
    counts.expect(then == whole[-1], "the next opening does not finish the upgrade")


def _state(path: Path) -> State:
    """Return the schema's number, its statements, and a digest of what every table holds."""
    db = connect(path)
    try:
        tables = sorted(name for (name,) in db.all("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        digest = sha256()
        for name in tables:
            if name != "_sqlite_migrations":  # holds the time of the upgrade
                columns = ", ".join(each for each in _columns(db, name) if each not in DRAWN.get(name, ()))
                digest.update(repr(sorted(map(repr, db.all(f'SELECT {columns} FROM "{name}"')))).encode())
        statements = frozenset(db.all("SELECT name, sql FROM sqlite_schema"))
        return db.value("PRAGMA user_version"), statements, digest.hexdigest()
    finally:
        db.connection.close()


def _columns(db: Db, table: str) -> list[str]:
    return [f'"{row[1]}"' for row in db.all(f'PRAGMA table_info("{table}")')]


def _clean(room: Path) -> None:
    for left in room.glob("old.db*"):
        left.unlink()


class _Committing:
    """A database on which every statement is a transaction of its own."""

    def __init__(self, database: object) -> None:
        self._database = database

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)

    def execute(self, *given: object) -> object:
        done = self._database.execute(*given)  # type: ignore[attr-defined]
        self._database.conn.commit()  # type: ignore[attr-defined]
        return done


def controls(room: Path) -> dict[str, Counts]:
    """Upgrade by statements that are each a transaction of their own."""

    def piecemeal(path: Path, deadly: Deadly) -> None:
        second, third, fourth = migrate_2.upgrade, migrate_3.upgrade, migrate_4.upgrade
        fifth = migrate_5.upgrade
        with (
            patch.object(migrate_2, "upgrade", lambda database: second(_Committing(database))),
            patch.object(migrate_3, "upgrade", lambda database: third(_Committing(database))),
            patch.object(migrate_4, "upgrade", lambda database: fourth(_Committing(database))),
            patch.object(migrate_5, "upgrade", lambda database: fifth(_Committing(database))),
        ):
            _upgrade(path, deadly)

    return {"each statement a transaction": run(SMALL, room, piecemeal)}
