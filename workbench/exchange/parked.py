"""What was read of a file and is written later: packed, batch by batch, in a nameless file of the system.

It is nobody's but ours, and gone with the process, however that ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile, gettempdir

from workbench.exchange.files import unwritten

SIZE = 8  # bytes that say how long the batch behind them is


class Parked:
    """Takes batches, as bytes, and gives them back in order, one in memory at a time.

    Raises:
        StoreFullError, UsageError: there is no room for them, or no folder.
    """

    def __init__(self) -> None:
        with _told():
            self.file = TemporaryFile()  # noqa: SIM115 (``close`` does)

    def put(self, packed: bytes) -> None:
        """Take a batch."""
        with _told():
            self.file.write(len(packed).to_bytes(SIZE, "big"))
            self.file.write(packed)

    def batches(self) -> Iterator[bytes]:
        """Yield the batches."""
        with _told():
            self.file.seek(0)
        while head := self.file.read(SIZE):
            yield self.file.read(int.from_bytes(head, "big"))

    def close(self) -> None:
        """Let them go."""
        with _told():
            self.file.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as why:
        raise unwritten(why, Path(gettempdir()), "") from why
