"""The WAL-reset race: several writers, a checkpointer of another program, and every told commit is looked for.

The control is the same on a library that has the fault (``has_wal_reset_bug``): SQLite of the standard library,
where that is an old one. The race is rare; it takes minutes on a file system in memory.
"""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from processes import Child, apart

from storage import engine
from storage.engine import connect, has_wal_reset_bug
from storage.store import Store
from trials.frame import Counts, Listening, a_house, problems, warm

TITLE = "writers beside a checkpointer of another program (row 2)"
FULL, SMALL = 240, 3  # seconds
WRITERS = 4
TABLE = "CREATE TABLE IF NOT EXISTS trial (id TEXT PRIMARY KEY, w INTEGER, body TEXT)"
INDEX = "CREATE INDEX IF NOT EXISTS trial_w ON trial (w, id)"
INSERT = "INSERT INTO trial VALUES (?, ?, ?)"
LONGEST = 6000
AUTO = 100  # pages: small, so that the log is reset often

Say = Callable[[str], None]


def run(n: int, room: Path, *, early: bool = False) -> Counts:
    """Write for ``n`` seconds through the program's own store."""
    warm(room)
    path = room / "s.db"
    apart(lambda: _made(path))
    counts = _many(path, n, lambda w, say: _write(path, w, n, say, early=early), _checkpoint_by_program)
    counts.figures["seconds"] = n
    for line in apart(lambda: [each for each in problems(path) if "trial" not in each]):
        counts.fault(line)
    return counts


def _made(path: Path) -> None:
    a_house(path, cases=1)
    db = connect(path)
    db.run(TABLE)
    db.run(INDEX)
    db.connection.close()


def _write(path: Path, writer: int, seconds: float, say: Say, *, early: bool) -> None:
    store, chance, until = Store(path), Random(writer), perf_counter() + seconds
    n = 0
    while perf_counter() < until:
        n += 1
        row = (f"{writer}-{n}", writer, "x" * chance.randrange(10, LONGEST))
        if early and perf_counter() + 0.001 > until:
            break
        if early:
            say(row[0])
            if chance.random() < 0.01:
                break  # as if it had been killed here
        store.write(lambda db, row=row: db.run(INSERT, row))
        if not early:
            say(row[0])
        if chance.random() < 0.2:
            sleep(chance.random() * 0.004)


def _checkpoint_by_program(path: Path, seconds: float) -> None:
    db, until = connect(path), perf_counter() + seconds
    while perf_counter() < until:
        db.value("PRAGMA wal_checkpoint(PASSIVE)")
        sleep(0.0005)


def _many(
    path: Path, seconds: float, write: Callable[[int, Say], None], checkpoint: Callable[[Path, float], None]
) -> Counts:
    counts = Counts(tries=1)
    other = Child(lambda _say: checkpoint(path, seconds))
    writers = Listening([Child(lambda say, n=n: write(n, say)) for n in range(WRITERS)])
    told = set(writers.lines())
    other.end()
    counts.acks = len(told)
    there = apart(lambda: _there(path))
    if there is None:
        counts.fault("the file cannot be read any more")
        return counts
    for _line in told - there:
        counts.lose("a commit that was told")
    return counts


def _there(path: Path) -> set[str] | None:
    plain = (sqlite3 if "pysqlite" not in engine.sqlite.__name__ else engine.sqlite).connect(path)
    try:
        if plain.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            return None
        return {row[0] for row in plain.execute("SELECT id FROM trial NOT INDEXED")}
    except (sqlite3.DatabaseError, engine.Error):
        return None
    finally:
        plain.close()


# ---------------------------------------------------------------- controls


def controls(room: Path) -> dict[str, Counts]:
    """Say it before it is written; and by hand (--n of 10 or more) on a library that has the fault."""
    found = {"told before it is written": run(2, room, early=True)}
    seconds = _asked()
    if seconds > SMALL and has_wal_reset_bug(sqlite3.sqlite_version_info):
        found[f"SQLite {sqlite3.sqlite_version}, {seconds} s"] = _on_the_affected(room / "old.db", seconds)
    return found


def _asked() -> int:
    if "--small" in sys.argv:
        return SMALL
    return int(sys.argv[sys.argv.index("--n") + 1]) if "--n" in sys.argv else FULL


def _on_the_affected(path: Path, seconds: int) -> Counts:
    plain = _plain(path)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute(TABLE)
    plain.execute(INDEX)
    plain.close()
    return _many(path, seconds, lambda w, say: _write_plainly(path, w, seconds, say), _checkpoint_plainly)


def _plain(path: Path) -> sqlite3.Connection:
    plain = sqlite3.connect(path, timeout=20, isolation_level=None)
    plain.execute("PRAGMA synchronous = OFF")  # no power is cut here
    plain.execute(f"PRAGMA wal_autocheckpoint = {AUTO}")
    return plain


def _write_plainly(path: Path, writer: int, seconds: float, say: Say) -> None:
    plain, chance, until = _plain(path), Random(writer), perf_counter() + seconds
    n = 0
    while perf_counter() < until:
        n += 1
        try:
            plain.execute("BEGIN IMMEDIATE")
            plain.execute(INSERT, (f"{writer}-{n}", writer, "x" * chance.randrange(10, LONGEST)))
            plain.execute("COMMIT")
        except sqlite3.DatabaseError as why:
            if plain.in_transaction:
                plain.execute("ROLLBACK")
            if "locked" not in str(why):
                return  # the file is broken: _there says so
            continue
        say(f"{writer}-{n}")
        if chance.random() < 0.2:
            sleep(chance.random() * 0.004)


def _checkpoint_plainly(path: Path, seconds: float) -> None:
    plain, until = _plain(path), perf_counter() + seconds
    while perf_counter() < until:
        try:
            plain.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except sqlite3.DatabaseError:
            return
        sleep(0.0005)
