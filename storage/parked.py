"""What was read of a file and is written later: packed, batch by batch, outside the memory of the process."""

from collections.abc import Iterator

from storage.engine import scratch

CACHE_KB = 2_000
MAKE = "CREATE TABLE parked (batch INTEGER PRIMARY KEY, packed BLOB NOT NULL)"
PUT = "INSERT INTO parked (packed) VALUES (?)"
NEXT = "SELECT batch, packed FROM parked WHERE batch > ? ORDER BY batch LIMIT 1"


class Parked:
    """Takes batches, as bytes, and gives them back in order."""

    def __init__(self) -> None:
        self.db = scratch(large=True)
        self.db.run(f"PRAGMA cache_size = -{CACHE_KB}")
        self.db.run("PRAGMA synchronous = OFF")
        self.db.value("PRAGMA journal_mode = OFF")
        self.db.run(MAKE)

    def put(self, packed: bytes) -> None:
        """Take a batch."""
        self.db.run(PUT, [packed])

    def batches(self) -> Iterator[bytes]:
        """Yield the batches, one in memory at a time."""
        last = 0
        while row := self.db.one(NEXT, [last]):
            last, packed = row
            yield packed

    def close(self) -> None:
        """Let them go."""
        self.db.connection.close()
