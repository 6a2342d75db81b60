"""One durable act through the desk, beside one bare durable transaction on the same disk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from storage import engine, store
from storage.engine import Db
from storage.store import Store
from tests.bench.places import Places, newest_receipt
from tests.bench.stores import SITES
from tests.bench.table import Figure, at_most, beside
from workbench import clock
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.times import unstamp

ROUNDS = 300
WARM_UP = 20
WORDS = "已联系客户，约定明日上午回电，客户情绪激动。厨房漏水三天无人上门，要求尽快处理并给出书面答复。"
BARE_TABLES = (
    "CREATE TABLE event (event_no INTEGER PRIMARY KEY, case_id INTEGER, at TEXT, actor TEXT, act TEXT, data TEXT)",
    "CREATE TABLE cases (case_id INTEGER PRIMARY KEY, status TEXT, handler TEXT, version INTEGER)",
)
BARE_INSERT = "INSERT INTO event (case_id, at, actor, act, data) VALUES (?, ?, ?, ?, ?)"
BARE_UPDATE = "UPDATE cases SET status = 'open', handler = ?, version = version + 1 WHERE case_id = ?"


class Stopwatch:
    """Adds up the time spent inside the library, statements and commits."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0

    def timed(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``work`` with its time added here; what it calls counts once."""

        def run(*given: Any) -> Any:
            self._depth += 1
            began = perf_counter()
            try:
                return work(*given)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += perf_counter() - began

        return run


class TimedConnection:
    """A connection whose statements run under a stopwatch."""

    def __init__(self, connection: Any, watch: Stopwatch) -> None:
        self._connection = connection
        self.execute = watch.timed(connection.execute)
        self.executemany = watch.timed(connection.executemany)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class TimedDb(Db):
    """A Db whose reads include the time to fetch."""

    def __init__(self, db: Db, watch: Stopwatch) -> None:
        super().__init__(TimedConnection(db.connection, watch), db.path)  # type: ignore[arg-type]
        self.all = watch.timed(super().all)  # type: ignore[method-assign]


def figures(places: Places) -> Iterator[Figure]:
    """Measure on a small store and on a large one."""
    for size in (places.small, places.size):
        with places.copy(places.open_store(size)) as path:
            yield from _at(path, size, places)


def _at(path: Path, size: int, places: Places) -> Iterator[Figure]:
    watch = Stopwatch()
    setattr(store, "connect", lambda *given, **more: TimedDb(engine.connect(*given, **more), watch))  # noqa: B010
    desk = Desk(Store(path), "h01", clock.frozen(unstamp(newest_receipt(path))))
    try:
        bare, whole, inside = _measured(desk, path.with_name("bare.db"), size, watch, places)
    finally:
        desk.store.close()
        setattr(store, "connect", engine.connect)  # noqa: B010
    for act in whole:
        name = f"{act}, {size:,} cases"
        yield beside(f"{name}: statements and commit", inside[act], "ms", bare, "bare transaction", 3)
        rules = [all_ms - db_ms for all_ms, db_ms in zip(whole[act], inside[act], strict=True)]
        yield at_most(f"{name}: rules in Python", rules, "ms", 0.5)
        yield at_most(f"{name}: the whole act", whole[act], "ms", 10, share=0.99)
    yield at_most(f"a bare transaction beside {size:,} cases", bare, "ms", 10, share=0.99)


def _measured(
    desk: Desk, bare_path: Path, size: int, watch: Stopwatch, places: Places
) -> tuple[list[float], dict[str, list[float]], dict[str, list[float]]]:
    """Return milliseconds: bare transactions, whole acts, and the part of these inside the library."""
    bare = _bare(bare_path)
    dice = Random(5)
    rounds, warm_up = places.few(ROUNDS), places.few(WARM_UP)
    newest = range(size - places.small + 1, size + 1)  # people act on what came lately, however much there is
    acts = _acts(desk, iter(dice.sample(newest, k=3 * (rounds + warm_up))), dice)
    bare_ms: list[float] = []
    whole: dict[str, list[float]] = {act: [] for act in acts}
    inside: dict[str, list[float]] = {act: [] for act in acts}
    for turn in range(rounds + warm_up):
        bare_ms.append(_ms(lambda: _bare_transaction(bare, dice.randrange(1, 10_000))))
        for act, work in acts.items():
            watch.seconds = 0.0
            whole[act].append(_ms(work))
            inside[act].append(watch.seconds * 1000)
        if turn == warm_up - 1:
            for samples in (bare_ms, *whole.values(), *inside.values()):
                samples.clear()
    bare.connection.close()
    return bare_ms, whole, inside


def _acts(desk: Desk, cases: Iterator[int], dice: Random) -> dict[str, Callable[[], Any]]:
    given = {"text": WORDS, "customer": "王伟", "phone": "13800138000", "unit": "3-1201"}
    return {
        "record": lambda: doing.record(desk, given | {"site": dice.choice(SITES)}),
        "note": lambda: doing.do(desk, "note", next(cases) << 12, {"text": WORDS}),
        "reply": lambda: doing.do(desk, "reply", next(cases) << 12, {"text": WORDS}),
        "close": lambda: doing.do(desk, "close", next(cases) << 12, {"outcome": WORDS}),
    }


def _bare(path: Path) -> Db:
    db = engine.connect(path, create=True)
    for statement in BARE_TABLES:
        db.run(statement)
    db.run("BEGIN")
    db.run_many("INSERT INTO cases VALUES (?, 'open', NULL, 1)", [(number,) for number in range(1, 10_001)])
    db.run("COMMIT")
    return db


def _bare_transaction(db: Db, case: int) -> None:
    db.run("BEGIN IMMEDIATE")
    db.run(BARE_INSERT, (case, "2026-11-21T04:00:00.000000Z", "h01", "note", WORDS))
    db.run(BARE_UPDATE, ("h01", case))
    db.run("COMMIT")


def _ms(work: Callable[[], Any]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000
