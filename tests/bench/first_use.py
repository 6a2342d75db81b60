"""The first use of a store that nobody has swept, as an import with the policy's clocks leaves it."""

from collections.abc import Iterator
from pathlib import Path
from time import thread_time

from storage.store import Store
from tests.bench.commands import in_turn, run, workbench
from tests.bench.files import WITH_CLOCKS, prepared, write_rows
from tests.bench.places import Places, short, stands_at
from tests.bench.programs import NUMBER, program
from tests.bench.table import Figure, at_most, beside, plain
from workbench import clock
from workbench.desk import Desk
from workbench.watch.sweep import sweep

HELD = 50  # ms that nobody may be kept from writing


def figures(places: Places) -> Iterator[Figure]:
    """Measure the list beside a swept store of the same cases; then an import, its first paint and first sweep."""
    yield from _list(places)
    with places.scratch() as folder:
        file, store, count = folder / "in.csv", folder / "imported.db", places.few(100_000, 3_000, 200)
        write_rows(file, count, places.now())
        run([*prepared(store, WITH_CLOCKS, places), file])
        yield from _paint(store, places, count)
        with places.copy(store) as copy:
            yield from _keys(copy, places, count)
        yield from _sweep(store, places, count)


def _list(places: Places) -> Iterator[Figure]:
    commands = {}
    for swept in (True, False):
        store = places.store(swept=swept)
        now = stands_at(store).isoformat()
        commands[swept] = workbench(store, "--read-only", "--now", now, "list", "--limit", "20")
    runs = in_turn(
        {str(swept): command for swept, command in commands.items()}, places.few(7, 3), places.few(1, 1, 0)
    )
    ours, swept_ = ([each.cpu for each in runs[name]] for name in ("False", "True"))
    name = f"list --limit 20, unswept, {short(places.size)}"
    yield beside(
        f"{name}, CPU", ours, "ms", swept_, "swept", 1.5, row="unswept", needs=30_000, size=places.size
    )
    memory = [each.memory for each in runs["False"]]
    yield at_most(f"{name}: resident", memory, "MB", 60, row="unswept", needs=1_000_000, size=places.size)


def _paint(store: Path, places: Places, count: int) -> Iterator[Figure]:
    with program(store, places, "--read-only") as terminal:
        wall = terminal.wait_for(NUMBER, 60)
        yield plain(f"first paint after an import of {count:,}", [wall], "ms")
        yield plain(f"first paint after an import of {count:,}, CPU", [terminal.cpu_seconds() * 1000], "ms")


def _keys(store: Path, places: Places, count: int) -> Iterator[Figure]:
    """Press keys while the first sweep is written down."""
    with program(store, places) as terminal:
        terminal.wait_for(NUMBER, 60)
        terminal.settle(0.2, 2)
        took = [terminal.press(b"j", 0.06).last for _ in range(places.few(60, 30, 2))]
    yield at_most(
        f"keys in the first sweep after an import of {count:,}", took, "ms", 50, row="key", share=0.95
    )


class TimedStore(Store):
    """A store that notes for how long each of its transactions kept others from writing, in ms of CPU."""

    def __init__(self, path: Path) -> None:
        self.held: list[float] = []
        super().__init__(path)

    def write(self, work):  # type: ignore[no-untyped-def]
        """Note how long ``work`` takes."""
        began = thread_time()
        try:
            return super().write(work)
        finally:
            self.held.append((thread_time() - began) * 1000)


def _sweep(path: Path, places: Places, count: int) -> Iterator[Figure]:
    store = TimedStore(path)
    told: list[int] = []
    began = thread_time()
    sweep(Desk(store, "h01", clock.frozen(places.now())), lambda done, of: told.append(done))
    used = (thread_time() - began) * 1000
    store.close()
    name = f"first sweep after an import of {count:,}"
    yield plain(f"{name}, CPU a case", [used / count], "ms")
    yield plain(f"{name}: times that it tells how far it is", [len(told)], "calls")
    yield at_most(f"{name}: the store is held, CPU", store.held, "ms", HELD, row="unswept", share=0.99)
