"""The other side of an act: one bare durable transaction, of an insert and an update of like bytes."""

from collections.abc import Callable
from pathlib import Path

from storage import engine
from storage.engine import Db

CASES = 10_000
CASE_BYTES = 700  # of a case row
FRAME = 190  # bytes of an entry beside its data: id, salt, digest, hash, seal, times and names
TABLES = (
    "CREATE TABLE event (event_no INTEGER PRIMARY KEY, case_id INTEGER, at TEXT, actor TEXT, act TEXT, data TEXT)",
    "CREATE TABLE cases (case_id INTEGER PRIMARY KEY, status TEXT, handler TEXT, text TEXT, version INTEGER)",
)
INSERT = "INSERT INTO event (case_id, at, actor, act, data) VALUES (?, ?, ?, ?, ?)"
UPDATE = "UPDATE cases SET status = 'open', handler = ?, version = version + 1 WHERE case_id = ?"
BYTES_OF_ENTRIES = "SELECT act, cast(avg(length(CAST(data AS BLOB))) AS INTEGER) FROM event GROUP BY act"


class Bare:
    """A plain database beside a store, opened by the same recipe."""

    def __init__(self, path: Path, each: Callable[[Db], Db]) -> None:
        """Make it anew; ``each`` sets its connection up as those of the store are."""
        self.path = path
        self.db = each(engine.connect(path, create=True))
        for statement in TABLES:
            self.db.run(statement)
        self.db.run("BEGIN")
        rows = [(number, "x" * CASE_BYTES) for number in range(1, CASES + 1)]
        self.db.run_many("INSERT INTO cases VALUES (?, 'open', NULL, ?, 1)", rows)
        self.db.run("COMMIT")
        self.db.value("PRAGMA wal_checkpoint(TRUNCATE)")

    def act(self, case: int, size: int) -> None:
        """Do the transaction, with an entry of ``size`` bytes of data."""
        self.db.run("BEGIN IMMEDIATE")
        self.db.run(INSERT, (case, "2026-11-21T04:00:00.000000Z", "h01", "note", "x" * (size + FRAME)))
        self.db.run(UPDATE, ("h01", case))
        self.db.run("COMMIT")

    def close(self) -> None:
        """Let it go."""
        self.db.connection.close()
