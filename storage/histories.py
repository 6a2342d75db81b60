"""The rows of a file that tells several of a case, put together case by case in the order of time."""

from collections.abc import Iterator, Sequence

from storage.aside import Aside
from storage.engine import Row

MAKE = (
    "CREATE TABLE step (name TEXT NOT NULL, at TEXT NOT NULL, line INTEGER NOT NULL, packed BLOB NOT NULL,"
    " PRIMARY KEY (name, at, line)) WITHOUT ROWID",
    "CREATE TABLE begun (at TEXT NOT NULL, name TEXT NOT NULL, many INTEGER NOT NULL,"
    " PRIMARY KEY (at, name)) WITHOUT ROWID",
)
NOTE = "INSERT INTO step (name, at, line, packed) VALUES (?, ?, ?, ?)"
SETTLE = "INSERT INTO begun SELECT min(at), name, count(*) FROM step GROUP BY name ORDER BY name"
NEXT = "SELECT at, name, many FROM begun WHERE (at, name) > (?, ?) ORDER BY at, name LIMIT ?"
STEPS = "SELECT packed FROM step WHERE name = ? ORDER BY at, line"
CASES = "SELECT count(*) FROM begun"
PAGE = 500  # names


class Histories(Aside):
    """Takes rows in the order of the file, and gives them back in that of their cases."""

    def __init__(self) -> None:
        super().__init__(MAKE)

    def note(self, rows: Sequence[Row]) -> None:
        """Take (name of the case, time, line, the row packed) of some rows."""
        self.db.run("BEGIN")
        self.db.run_many(NOTE, rows)
        self.db.run("COMMIT")

    def settle(self) -> int:
        """End taking rows; return how many cases they tell of."""
        self.db.run(SETTLE)
        return int(self.db.value(CASES))

    def cases(self) -> Iterator[tuple[str, int]]:
        """Yield each case with the number of its rows, in the order in which they began."""
        last = ("", "")
        while page := self.db.all(NEXT, [*last, PAGE]):
            for _at, name, many in page:
                yield name, many
            last = (page[-1][0], page[-1][1])

    def steps(self, name: str) -> list[bytes]:
        """Return the rows of a case, packed, in the order of time; of the file within a moment."""
        return [row[0] for row in self.db.all(STEPS, [name])]
