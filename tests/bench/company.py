"""Open terminals on one store, by a clock that runs, with cases falling due: alone, and beside two writers."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from statistics import fmean
from time import perf_counter
from typing import NamedTuple

from tests.bench.places import Places, short
from tests.bench.programs import NUMBER, Writers, counting_down, program, running
from tests.bench.table import Figure, at_most, beside, plain
from tests.bench.terminal import Terminal

LARGE = 1_000_000
PACE = 1.0  # seconds between two acts of a writer
COMMIT, CORE = 10, 3  # ms of CPU a commit; per cent of a core, beside two writers
FLAT = 1.5  # x from the small store to the large one


class Window(NamedTuple):
    """What terminals did for some seconds: CPU (s) and bytes of each, the seconds, how long each act took (ms)."""

    cpu: list[float]
    size: list[int]
    seconds: float
    acts: list[float]


def figures(places: Places) -> Iterator[Figure]:
    """Measure countdowns, a terminal on a small store, then several on the large one."""
    yield from _countdowns(places)
    alone = yield from _at(places, places.small, 1)
    if places.size > places.small:
        several = yield from _at(places, places.size, places.few(10, 3))
        yield beside("CPU a commit, large beside small", several, "ms", alone, short(places.small), FLAT, row="commit",
                     needs=LARGE, size=places.size)  # fmt: skip


def _countdowns(places: Places) -> Iterator[Figure]:
    """Watch a screen full of countdowns that run."""
    with places.scratch() as folder:
        counting_down(folder / "soon.db", places)
        with program(folder / "soon.db", places) as terminal:
            terminal.wait_for(NUMBER, 120)
            _listen([terminal], places.few(60, 60, 5) / 10)
            idle = _listen([terminal], places.few(600, 200, 10) / 10)
    yield from _idle(idle, "a screen of countdowns", 0, 0)


def _idle(idle: Window, name: str, size: int, needs: int) -> Iterator[Figure]:
    core = [100 * each / idle.seconds for each in idle.cpu]
    yield at_most(f"idle, {name}: of a core", core, "%", 1.5, row="idle", needs=needs, size=size)
    rate = [each / idle.seconds for each in idle.size]
    yield at_most(f"idle, {name}: bytes a second", rate, "B/s", 5 * 1024, row="idle", needs=needs, size=size)


def _at(places: Places, size: int, many: int) -> Iterator[Figure]:
    with places.copy(places.store(size)) as store, ExitStack() as open_:
        running(store, places)
        terminals = [open_.enter_context(program(store, places, who=f"h{at:02d}")) for at in range(many)]
        for terminal in terminals:
            terminal.wait_for(NUMBER, 120)
        _listen(
            terminals, places.few(80, 60, 5) / 10
        )  # the first sweep begins a second after the first picture
        idle = _listen(terminals, places.few(600, 200, 10) / 10)
        writers = Writers(store, places, places.few(60, 15, 3), PACE if not places.frozen else 0.1)
        busy = _listen(terminals, 2.0, writers)
        yield from _told(idle, busy, f"{many} open, {short(size)}", size)
        for what, memory in (("now", 0), ("at its highest", 1)):
            resident = [terminal.memory()[memory] for terminal in terminals]
            yield at_most(f"resident {what}, {short(size)}", resident, "MB", 80, row="memory", share=0.99, needs=LARGE,
                          size=size)  # fmt: skip
    return _a_commit(idle, busy)


def _listen(terminals: Sequence[Terminal], seconds: float, writers: Writers | None = None) -> Window:
    """Take what the terminals write, for so many seconds or until the writers have been done for so long."""
    began, cpu = perf_counter(), [each.cpu_seconds() for each in terminals]
    size, end = [len(each.written) for each in terminals], perf_counter() + seconds
    while perf_counter() < end:
        for terminal in terminals:
            terminal.read(0.05)
        if writers and writers.at_work():
            end = perf_counter() + seconds
    return Window(
        [each.cpu_seconds() - then for each, then in zip(terminals, cpu, strict=True)],
        [len(each.written) - then for each, then in zip(terminals, size, strict=True)],
        perf_counter() - began,
        writers.took() if writers else [],
    )


def _a_commit(idle: Window, busy: Window) -> list[float]:
    """Return the ms of CPU that each commit costs a terminal beyond what it does when idle."""
    return [
        (used - before * busy.seconds / idle.seconds) * 1000 / len(busy.acts)
        for used, before in zip(busy.cpu, idle.cpu, strict=True)
    ]


def _told(idle: Window, busy: Window, name: str, size: int) -> Iterator[Figure]:
    yield from _idle(idle, name, size, LARGE)
    core = [100 * each / busy.seconds for each in busy.cpu]
    yield at_most(
        f"beside two writers, {name}: of a core", core, "%", CORE, row="commit", needs=LARGE, size=size
    )
    yield at_most(f"a commit of anybody, {name}: CPU", _a_commit(idle, busy), "ms", COMMIT, row="commit", needs=LARGE,
                  size=size)  # fmt: skip
    each = [written / len(busy.acts) for written in busy.size]
    yield plain(f"a commit of anybody, {name}: bytes", [fmean(each)], "B")
    yield at_most(
        f"an act of a writer, {name}", busy.acts, "ms", 10, row="act", share=0.99, needs=LARGE, size=size
    )
