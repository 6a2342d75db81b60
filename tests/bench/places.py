"""Where the stores of the benchmarks lie: built once, kept, and never changed by a measurement."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.processes import run

SMALL = 2_000
MIDDLE = 200_000
MIXED_OPEN = 0.2  # the share of open cases in a store with two years of history


@dataclass(frozen=True)
class Places:
    """The folder of the stores, how many cases the large ones have, and whether once is enough."""

    folder: Path
    size: int
    quick: bool = False

    @property
    def small(self) -> int:
        """The number of cases in a small store."""
        return min(SMALL, self.size)

    def few(self, usual: int, least: int = 1) -> int:
        """Return how often to measure: as usual, or as little as shows that it runs."""
        return least if self.quick else usual

    def open_store(self, size: int) -> Path:
        """Return a store of ``size`` open cases."""
        return self._built(f"open{short(size)}.db", size, 1.0)

    def mixed_store(self) -> Path:
        """Return a large store in which most cases are done."""
        return self._built(f"mixed{short(self.size)}.db", self.size, MIXED_OPEN)

    def _built(self, name: str, size: int, open_share: float) -> Path:
        path = self.folder / name
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            print(f"(building {path}, once)", file=sys.stderr, flush=True)
            part = path.with_suffix(".part")
            for left in (part, *side_files(part)):
                left.unlink(missing_ok=True)
            # a process of its own: the memory that it takes is not for the children measured later
            builder = [sys.executable, "-m", "tests.bench.stores", part, str(size), str(open_share)]
            run(builder, capture_output=False, check=True)
            part.rename(path)
        return path

    @contextmanager
    def copy(self, store: Path) -> Iterator[Path]:
        """Lend a copy of ``store`` that may be written; same folder, hence same file system."""
        with self.scratch() as folder:
            target = folder / "copy.db"
            for source in (store, *side_files(store)):
                if source.exists():
                    shutil.copyfile(source, target.with_name(source.name.replace(store.name, target.name)))
            yield target

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Lend an empty folder beside the stores."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.folder) as name:
            yield Path(name)


def newest_receipt(store: Path) -> str:
    """Return the moment (UTC) at which a built store stands: what was due by then has been written down."""
    from storage.engine import connect

    db = connect(store, read_only=True)
    try:
        return str(db.value("SELECT max(received_at) FROM cases"))
    finally:
        db.connection.close()


def side_files(store: Path) -> tuple[Path, Path]:
    """Return the names of the log and of its index, which may be there."""
    return store.with_name(store.name + "-wal"), store.with_name(store.name + "-shm")


def short(size: int) -> str:
    """Return 200k for 200,000 and 1m for 1,000,000."""
    for unit, letter in ((1_000_000, "m"), (1_000, "k")):
        if size >= unit and size % unit == 0:
            return f"{size // unit}{letter}"
    return str(size)
