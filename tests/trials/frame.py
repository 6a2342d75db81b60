"""What every trial has: counts, what was acknowledged kept outside, and a control that must fail."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread
from typing import Protocol, TypeVar

from desks import NOON, Bench, Clock
from processes import Child

from storage.check import check
from storage.engine import connect
from storage.store import Store
from workbench import words
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import StoreBusyError

SHOWN = 5
STILL = Clock(NOON)


@dataclass
class Counts:
    """What came of a trial: ``lost`` was acknowledged and is not there, ``wrong`` is any other fault."""

    tries: int = 0
    acks: int = 0
    lost: int = 0
    wrong: int = 0
    told: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def lose(self, what: object) -> None:
        """Count something that was acknowledged and is not there."""
        self.lost += 1
        self._tell(f"lost: {what}")

    def fault(self, what: object) -> None:
        """Count something else that must not be."""
        self.wrong += 1
        self._tell(f"wrong: {what}")

    def expect(self, holds: object, what: object) -> None:
        """Count a fault unless ``holds``."""
        if not holds:
            self.fault(what)

    @property
    def failed(self) -> bool:
        """Whether anything was lost or wrong."""
        return bool(self.lost or self.wrong)

    def _tell(self, line: str) -> None:
        if len(self.told) < SHOWN:
            self.told.append(line[:300])


class Trial(Protocol):
    """A module of this folder: what is tried, how often (by hand, and in every run of the tests)."""

    TITLE: str
    FULL: int
    SMALL: int

    def run(self, n: int, room: Path) -> Counts:
        """Try ``n`` times in a folder of its own."""

    def controls(self, room: Path) -> dict[str, Counts]:
        """Try where something is broken on purpose; each must fail."""


@contextmanager
def a_room(under: str | None = None) -> Iterator[Path]:
    """Lend an empty folder."""
    words.use("en")
    room = Path(mkdtemp(prefix="workbench-trial-", dir=under))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def a_house(path: Path, clock: Callable[[], object] = STILL, cases: int = 0) -> list[int]:
    """Make a store with some cases; return their keys. Nothing stays open."""
    bench = Bench(path, clock)  # type: ignore[arg-type]
    keys = [bench.record(text=f"{n} 号楼漏水").case_id for n in range(cases)]
    bench.store.close()
    return keys


def warm(room: Path) -> None:
    """Load what acts and a check load late, so that copies of this process have it; nothing stays open."""
    path = room / "warm.db"
    (key,) = a_house(path, cases=1)
    store = Store(path)
    for act, given in (
        ("note", {"text": "x"}), ("heard", {"text": "x"}), ("reply", {"text": "x"}), ("take", {}),
        ("promise", {"text": "x", "due": "+1d"}), ("regrade", {"level": "1", "reason": "x"}),
        ("propose", {"text": "x"}), ("close", {"outcome": "x"}), ("callback", {"reached": "no"}), ("undo", {}),
    ):  # fmt: skip
        doing.do(Desk(store, "x", STILL), act, key, given)
    store.close()
    problems(path)
    path.unlink()


def problems(path: Path) -> list[str]:
    """Return what ``check`` finds wrong with the store at ``path``, replay included."""
    store = Store(path)
    try:
        return [
            f"{each.number} {each.seq} {each.what}"
            for each in check(store, Desk(store, "x", STILL).rules_in).problems
        ]
    finally:
        store.close()


def stored_texts(path: Path) -> set[str]:
    """Return every ``text`` that an entry of the store holds: what acknowledgements are compared with."""
    db = connect(path)
    try:
        return {
            text for (text,) in db.all("SELECT data ->> 'text' FROM event WHERE data ->> 'text' IS NOT NULL")
        }
    finally:
        db.connection.close()


def content(path: Path) -> str:
    """Return a digest of every byte of a store that nobody has open.

    A journal that is there after an opening is one that SQLite has found to be of nothing, and passed over.
    """
    log = path.with_name(f"{path.name}-wal")
    return sha256(path.read_bytes() + (log.read_bytes() if log.exists() else b"")).hexdigest()


BUSY = "busy"
T = TypeVar("T")


def patiently(say: Callable[[str], None], work: Callable[[], T]) -> T:
    """Do ``work``; where others hold the store for as long as one waits, say so and try again, as people do."""
    while True:
        try:
            return work()
        except StoreBusyError:
            say(BUSY)


class Listening:
    """Takes down what processes say while they live, so that none waits for a full pipe."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self._lines: list[list[str]] = [[] for _ in children]
        pairs = zip(self._lines, children, strict=True)
        self._threads = [
            Thread(target=lambda into=into, child=child: into.extend(child.end())) for into, child in pairs
        ]
        for thread in self._threads:
            thread.start()

    def lines(self) -> list[str]:
        """Return all that was said, once all have ended."""
        for thread in self._threads:
            thread.join()
        return [line for each in self._lines for line in each]

    def ended_well(self) -> bool:
        """Say whether none ended badly."""
        return all(child.code == 0 for child in self.children)


def percentile(sorted_values: list[float], part: float) -> float:
    """Return the value below which ``part`` of them lie; 0.0 of none."""
    return (
        sorted_values[min(int(len(sorted_values) * part), len(sorted_values) - 1)] if sorted_values else 0.0
    )
