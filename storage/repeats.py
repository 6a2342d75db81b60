"""Which names stand more than once in a list that may be too long for memory."""

from collections.abc import Sequence

from storage.aside import Aside
from storage.engine import Row

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


class Repeats(Aside):
    """Takes the names of a list with their lines, and says afterwards which of them came again."""

    def __init__(self) -> None:
        super().__init__(MAKE)
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
