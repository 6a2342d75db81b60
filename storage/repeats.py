"""Which names stand more than once in a list that may be too long for memory.

The list is kept in the order of its names, in a file: the library would sort it in memory wherever it was
built to keep temporary files there (``TEMP_STORE=3``), as the one that comes with us is.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from storage.engine import Row, scratch
from storage.meaning import FULL_AS_WELL
from workbench.domain.errors import StoreFullError, UsageError
from workbench.domain.system import reason
from workbench.words import N_

CACHE_KB = 16_000
LINES_SHOWN = 5
MAKE = (
    "CREATE TABLE seen (name TEXT NOT NULL, line INTEGER NOT NULL, sound INTEGER NOT NULL,"
    " PRIMARY KEY (name, line)) WITHOUT ROWID",
    "CREATE TABLE repeated (name TEXT PRIMARY KEY, many INTEGER NOT NULL) WITHOUT ROWID",
)
NOTE = "INSERT INTO seen (name, line, sound) VALUES (?, ?, ?)"
SETTLE = """
    INSERT INTO repeated SELECT name, count(*) FROM seen GROUP BY name HAVING count(*) > 1 ORDER BY name
"""
SOUND = "SELECT count(*) FROM seen WHERE sound AND name IN (SELECT name FROM repeated)"
FIRST = """
    SELECT line, name FROM seen WHERE sound AND name IN (SELECT name FROM repeated) ORDER BY line LIMIT ?
"""
AMONG = "SELECT name, many FROM repeated WHERE name IN ({marks})"
LINES = "SELECT line FROM seen WHERE name = ? ORDER BY line LIMIT ?"


class Repeats:
    """Takes the names of a list with their lines, and says afterwards which of them came again.

    Its file is nobody's but ours; it has no name where systems let one go that is open.

    Raises:
        StoreFullError, UsageError: there is no room for it, or no folder.
    """

    def __init__(self) -> None:
        self.folder = _folder()
        self.db = scratch(Path(self.folder.name) / "seen")
        if os.name != "nt":
            self.folder.cleanup()
        self.db.run(f"PRAGMA cache_size = -{CACHE_KB}")
        self.db.run("PRAGMA synchronous = OFF")
        self.db.value("PRAGMA journal_mode = OFF")
        for statement in MAKE:
            self.db.run(statement)
        self.any = False

    def note(self, rows: Sequence[Row]) -> None:
        """Take (name, line, is nothing else wrong with it) of some rows."""
        self.db.run("BEGIN")
        self.db.run_many(NOTE, rows)
        self.db.run("COMMIT")

    def settle(self) -> int:
        """Look for names that came again; return how many sound rows bear one of them."""
        self.db.run(SETTLE)
        self.any = bool(self.db.value("SELECT EXISTS (SELECT 1 FROM repeated)"))
        return int(self.db.value(SOUND)) if self.any else 0

    def first(self, most: int) -> list[Row]:
        """Return (line, name) of the first sound rows whose name came again."""
        return self.db.all(FIRST, [most])

    def among(self, names: Sequence[str]) -> dict[str, int]:
        """Return which of ``names`` came again, and in how many rows."""
        if not self.any:
            return {}
        return dict(self.db.all(AMONG.format(marks=",".join("?" * len(names))), names))

    def lines(self, name: str) -> list[int]:
        """Return the first lines on which ``name`` stands, ``LINES_SHOWN`` and one more at most."""
        return [row[0] for row in self.db.all(LINES, [name, LINES_SHOWN + 1])]

    def close(self) -> None:
        """Let the list go."""
        self.db.connection.close()
        self.folder.cleanup()


def _folder() -> "TemporaryDirectory[str]":
    try:
        return TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True)
    except OSError as why:
        kind = StoreFullError if why.errno in FULL_AS_WELL else UsageError
        raise kind(N_("{file} cannot be written: {reason}."), file=gettempdir(), reason=reason(why)) from why
