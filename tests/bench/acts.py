"""A whole act through the desk, beside a bare durable insert and update of like bytes, in turn."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import fmean
from time import perf_counter, thread_time
from typing import Any, NamedTuple

from storage import search
from storage.engine import Db
from storage.store import Store
from tests.bench import stories
from tests.bench.bare import BYTES_OF_ENTRIES, CASES, Bare
from tests.bench.counting import FRAME_HEAD, PAGE, CountedDb, Tally, as_it_is, pages, through, without_disk
from tests.bench.places import Places, short, stands_at
from tests.bench.table import Figure, at_most, beside, plain
from workbench import clock
from workbench.actions import doing
from workbench.desk import Desk

LIMITS = {"record": 10, "take": 6, "note": 6, "reply": 6, "close": 10, "callback": 6}  # x a bare one, in CPU
WITH_TEXT = ("record", "note", "reply", "close")
MOST = {"record": (14, 24)}  # statements, pages
SETTLED_EVERY = (
    50  # rounds: somebody's terminal sweeps every minute, and an act leaves the search index to that
)
Reading = tuple[float, ...]


class Spent(NamedTuple):
    """What each act took, and the bare transaction after it: for each of them what each meter says."""

    ours: dict[str, list[Reading]]
    bare: dict[str, list[Reading]]

    def of(self, act: str, meter: int = 0, times: float = 1000) -> tuple[list[float], list[float]]:
        """Return the two sides of an act by one meter; seconds as milliseconds."""
        return tuple([each[meter] * times for each in side[act]] for side in self)  # type: ignore[return-value]


class Acting:
    """Acts on cases that were recorded some rounds ago: the newest, but none whose pages were just written."""

    def __init__(self, desk: Desk, lag: int) -> None:
        self.desk, self.lag, self.dice = desk, lag, Random(5)
        self.cases: list[int] = []

    def works(self) -> dict[str, Callable[[], Any]]:
        """Return the acts of a round, in order."""
        words = {name: stories.text(self.dice) for name in WITH_TEXT}
        recent, older = (
            self.cases[-lag] if len(self.cases) >= lag else 0 for lag in (self.lag, 2 * self.lag)
        )
        given: dict[str, dict[str, Any]] = {
            "take": {}, "note": {"text": words["note"]}, "reply": {"text": words["reply"]},
            "close": {"outcome": words["close"]}, "callback": {"reached": "yes", "csi": "4"},
        }  # fmt: skip
        on = {act: older if act == "callback" else recent for act in given}
        found: dict[str, Callable[[], Any]] = {"record": lambda: self._record(words["record"])}
        for act, typed in given.items():
            if on[act]:
                found[act] = lambda act=act, typed=typed: doing.do(self.desk, act, on[act], typed)  # type: ignore[misc]
        return found

    def _record(self, words: str) -> None:
        site = f"新城{self.dice.randrange(10_000)}期"  # so many that nothing rises with its neighbours
        category = self.dice.choice(stories.CATEGORIES)
        given = stories.person(self.dice) | {"text": words, "category": category, "site": site}
        self.cases.append(doing.record(self.desk, given).case_id)


def figures(places: Places) -> Iterator[Figure]:
    """Measure on a small store and on the large one."""
    for size in dict.fromkeys((places.small, places.size)):
        with places.copy(places.store(size)) as path:
            yield from _counts(path, short(size), places)
            yield from _wall(path, short(size), places)
            yield from _cpu(path, short(size), places)


def measured(
    path: Path,
    places: Places,
    meters: Callable[[], Reading],
    each: Callable[[Db], Db] = as_it_is,
    rounds: int = 0,
) -> Spent:
    """Return what acts and bare ones took by the ``meters``; every connection passes through ``each``."""
    lag, rounds = places.few(25, 25, 1), rounds or places.few(400, 200, 3)
    bare = Bare(path.with_name("bare.db"), each)
    with through(each):
        desk = Desk(Store(path), "h01", clock.frozen(stands_at(path)), uptime=lambda: None)
        try:
            with desk.store.reading() as db:
                sizes = dict(db.all(BYTES_OF_ENTRIES))
            return _rounds(Acting(desk, lag), bare, sizes, rounds, meters)
        finally:
            desk.store.close()
            bare.close()
            for file in path.parent.glob("bare.db*"):
                file.unlink()


def _rounds(
    acting: Acting, bare: Bare, sizes: dict[str, int], rounds: int, meters: Callable[[], Reading]
) -> Spent:
    dice = Random(6)
    spent = Spent({act: [] for act in LIMITS}, {act: [] for act in LIMITS})
    for turn in range(2 * acting.lag + rounds):
        if turn % SETTLED_EVERY == 0:
            while acting.desk.store.write(search.settle):
                pass
        for act, work in acting.works().items():
            case, size = dice.randrange(1, CASES), sizes.get(act, 100)
            took = _took(work, meters)
            theirs = _took(lambda case=case, size=size: bare.act(case, size), meters)  # type: ignore[misc]
            if turn >= 2 * acting.lag:
                spent.ours[act].append(took)
                spent.bare[act].append(theirs)
    return spent


def _took(work: Callable[[], Any], meters: Callable[[], Reading]) -> Reading:
    before = meters()
    work()
    return tuple(now - then for now, then in zip(meters(), before, strict=True))


def _counts(path: Path, size: str, places: Places) -> Iterator[Figure]:
    """Statements, pages, bytes to the log, and the CPU of what is no SQL."""
    tally, logs = Tally(), (path, path.with_name("bare.db"))

    def meters() -> Reading:
        return tally.statements, sum(map(pages, logs)), thread_time() - tally.seconds

    spent = measured(path, places, meters, lambda db: CountedDb(db, tally))
    for act in LIMITS:
        rules, _ = spent.of(act, 2)
        yield at_most(f"{act}, {size}: rules in Python, CPU", rules, "ms", 0.5, row="act")
        for meter, unit in enumerate(("statements", "pages")):
            ours, bare = spent.of(act, meter, times=1)
            if unit == "pages":
                ours, bare = [fmean(ours)], [fmean(bare)]
            most = MOST[act][meter] if act in MOST else None
            yield at_most(f"{act}, {size}", ours, unit, most, row="act-ratio", other=bare, name="bare")
        bytes_ = [[n * (PAGE + FRAME_HEAD) for n in side] for side in (ours, bare)]
        yield plain(f"{act}, {size}: to the log", bytes_[0], "B", other=bytes_[1], name="bare")


def _wall(path: Path, size: str, places: Places) -> Iterator[Figure]:
    spent = measured(path, places, lambda: (perf_counter(),))
    for act in LIMITS:
        name, (ours, bare) = f"{act}, {size}: the whole act, with the disk", spent.of(act)
        yield beside(name, ours, "ms", bare, "bare", 3, row="act-ratio act")
        yield at_most(f"{name}, p99", ours, "ms", 10, row="act", share=0.99, other=bare, name="bare")


def _cpu(path: Path, size: str, places: Places) -> Iterator[Figure]:
    spent = measured(path, places, lambda: (thread_time(),), without_disk)
    for act, most in LIMITS.items():
        name, (ours, bare) = f"{act}, {size}: the whole act, CPU", spent.of(act)
        yield beside(name, ours, "ms", bare, "bare", most, row="act-ratio")
        if act in WITH_TEXT:
            yield at_most(f"{name}, p99", ours, "ms", 1.5, row="act-p99", share=0.99, other=bare, name="bare")
