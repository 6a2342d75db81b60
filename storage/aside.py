"""Rows of a file that are set aside in a database of their own: nobody's but ours, gone with the process.

They are kept in the order of their keys, in a file: the library would sort them in memory wherever it was
built to keep temporary files there (``TEMP_STORE=3``), as the one that comes with us is.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from storage.engine import scratch
from storage.meaning import FULL_AS_WELL
from workbench.domain.errors import StoreFullError, UsageError
from workbench.domain.system import reason
from workbench.words import N_

CACHE_KB = 16_000


class Aside:
    """A database in a file that has no name where systems let one go that is open.

    Raises:
        StoreFullError, UsageError: there is no room for it, or no folder.
    """

    def __init__(self, make: Sequence[str]) -> None:
        self.folder = _folder()
        self.db = scratch(Path(self.folder.name) / "rows")
        if os.name != "nt":
            self.folder.cleanup()
        self.db.run(f"PRAGMA cache_size = -{CACHE_KB}")
        self.db.run("PRAGMA synchronous = OFF")
        self.db.value("PRAGMA journal_mode = OFF")
        for statement in make:
            self.db.run(statement)

    def close(self) -> None:
        """Let the rows go."""
        self.db.connection.close()
        self.folder.cleanup()


def _folder() -> "TemporaryDirectory[str]":
    try:
        return TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True)
    except OSError as why:
        kind = StoreFullError if why.errno in FULL_AS_WELL else UsageError
        raise kind(N_("{file} cannot be written: {reason}."), file=gettempdir(), reason=reason(why)) from why
