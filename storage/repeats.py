"""Which names stand more than once in a list that may be too long for memory.

Source: SQLite sorts in files of its own where a list is longer than its cache.
"""

from collections.abc import Sequence

from storage.engine import Row, scratch

CACHE_KB = 16_000
LINES_SHOWN = 5
MAKE = "CREATE TABLE seen (name TEXT NOT NULL, line INTEGER NOT NULL, sound INTEGER NOT NULL)"
NOTE = "INSERT INTO seen (name, line, sound) VALUES (?, ?, ?)"
SETTLE = """
    CREATE TABLE repeated AS SELECT name, count(*) AS many FROM seen GROUP BY name HAVING count(*) > 1
"""
BY_NAME = "CREATE INDEX repeated_name ON repeated (name)"
BY_LINE = "CREATE INDEX seen_name ON seen (name, line)"
SOUND = "SELECT count(*) FROM seen WHERE sound AND name IN (SELECT name FROM repeated)"
FIRST = """
    SELECT line, name FROM seen WHERE sound AND name IN (SELECT name FROM repeated) ORDER BY line LIMIT ?
"""
AMONG = "SELECT name, many FROM repeated WHERE name IN ({marks})"
LINES = "SELECT line FROM seen WHERE name = ? ORDER BY line LIMIT ?"


class Repeats:
    """Takes the names of a list with their lines, and says afterwards which of them came again."""

    def __init__(self) -> None:
        self.db = scratch(large=True)
        self.db.run(f"PRAGMA cache_size = -{CACHE_KB}")
        self.db.run("PRAGMA synchronous = OFF")
        self.db.value("PRAGMA journal_mode = OFF")
        self.db.run(MAKE)
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
        if not self.any:
            return 0
        self.db.run(BY_NAME)
        self.db.run(BY_LINE)
        return int(self.db.value(SOUND))

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
