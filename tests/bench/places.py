"""Where the stores of the benchmarks lie: built once, kept, and never changed by a measurement."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from storage.engine import connect
from tests.processes import NOW, PIPE, start
from workbench import clock
from workbench.domain.times import unstamp

SMALL = 1_000


class Effort(IntEnum):
    """How often to measure: as figures need it, in ten minutes, or once, to see that all of it runs."""

    WHOLE, QUICK, ONCE = range(3)


@dataclass(frozen=True)
class Places:
    """The folder of the stores, how many cases the large one has, and how often to measure."""

    folder: Path
    size: int
    effort: Effort = Effort.WHOLE

    @property
    def small(self) -> int:
        """The number of cases in a small store."""
        return min(SMALL, self.size)

    @property
    def sizes(self) -> list[int]:
        """The sizes of the growth: powers of ten from the small one up to the large one."""
        found = [self.small]
        while found[-1] * 10 < self.size:
            found.append(found[-1] * 10)
        return found if found[-1] == self.size else [*found, self.size]

    @property
    def frozen(self) -> bool:
        """Whether the clock stands still: nothing may lean on the day where all is done only once."""
        return self.effort is Effort.ONCE

    def few(self, whole: int, quick: int, once: int = 1) -> int:
        """Return how often to measure."""
        return (whole, quick, once)[self.effort]

    def now(self) -> datetime:
        """Return the time by the clock of this run."""
        return datetime.fromisoformat(NOW).astimezone(UTC) if self.frozen else clock.now()

    def store(self, size: int = 0, *, swept: bool = True) -> Path:
        """Return a store of ``size`` cases (0: the large one), with what time has brought or without."""
        wanted = (size or self.size, swept)
        path, _ = self.paths(wanted[0], swept=wanted[1])
        if not path.exists():  # its other half at the same time: two cores, and both will be asked for
            missing = [
                each
                for each in (wanted, (wanted[0], not swept))
                if not self.paths(each[0], swept=each[1])[0].exists()
            ]
            for each, process in [(each, self._begin(*each)) for each in missing]:
                self._end(each, process)
        return path

    def paths(self, size: int, *, swept: bool) -> tuple[Path, Path]:
        """Return where a store lies, and where it does while it is made."""
        path = self.folder / f"{'swept' if swept else 'unswept'}-{short(size)}.db"
        return path, path.with_suffix(".part")

    def _begin(self, size: int, swept: bool) -> Any:
        self.folder.mkdir(parents=True, exist_ok=True)
        path, part = self.paths(size, swept=swept)
        print(f"(building {path}, once)", file=sys.stderr, flush=True)
        for left in (part, *side_files(part)):
            left.unlink(missing_ok=True)
        how = [str(part), str(size), "swept" if swept else "unswept", self.now().isoformat()]
        return start([sys.executable, "-m", "tests.bench.stores", *how], stderr=PIPE)

    def _end(self, wanted: tuple[int, bool], process: Any) -> None:
        _, said = process.communicate()
        if process.returncode:
            raise RuntimeError(said.decode())
        path, part = self.paths(wanted[0], swept=wanted[1])
        part.rename(path)

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


def stands_at(store: Path) -> datetime:
    """Return the moment (UTC) at which a built store stands: what was due by then may be written down."""
    db = connect(store, read_only=True)
    try:
        return unstamp(db.value("SELECT at FROM event WHERE act = 'init'"))
    finally:
        db.connection.close()


def value(store: Path, sql: str) -> str:
    """Return one value out of a store."""
    db = connect(store, read_only=True)
    try:
        return str(db.value(sql))
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
