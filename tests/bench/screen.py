"""The queue in a real terminal, by a clock that runs and beside two writers: first paint, keys, bytes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.commands import environment
from tests.bench.places import Places, short
from tests.bench.programs import NUMBER, Writers, program, running
from tests.bench.table import Figure, at_most, beside, mean_at_most
from tests.bench.terminal import Burst, Terminal

LARGE, MIDDLE = 1_000_000, 200_000
SIZES = ((120, 40), (80, 24))
QUIET = 0.06  # a key's own repaint is over; the preview comes 80 ms after the key
QUIET_AFTER_ALL = 0.35
QUIET_OF_A_LIST = 0.2
HOLD, FLAT = 2.2, 1.15  # x bare Textual in CPU; x from the small store to the large one
PACE = 2.0  # seconds between two acts of a writer: most keys are pressed between them
EMPTY_APP = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("READY")

Empty().run(mouse=False)
"""
DOWN, PAGE, UP_AND_DOWN = b"j", b"\x1b[6~", (b"G", b"g")
QUEUES = (b"2", b"3", b"1")
CASE, OTHERS = (b"\r", b"\x1b"), (b"d", b"\x1b", b"?", b"\x1b")
Paint = tuple[float, float]  # ms: by the clock, of CPU


def figures(places: Places) -> Iterator[Figure]:
    """Measure first paint on both stores, everything else on the large one."""
    paints = {}
    for size in dict.fromkeys((places.small, places.size)):
        with places.copy(places.store(size)) as store:
            running(store, places)
            paints[size] = _paints(places, store)
            yield from _painted(size, *paints[size])
    (small, _), (large, _) = paints[places.small], paints[places.size]
    what = "first paint, CPU, large beside small"
    sides = [[cpu for _, cpu in side] for side in (large, small)]
    yield beside(
        what, sides[0], "ms", sides[1], short(places.small), FLAT, row="paint", needs=LARGE, size=places.size
    )
    for columns, lines in SIZES[: places.few(2, 1)]:
        with places.copy(places.store()) as store:
            running(store, places)
            yield from _keys(places, store, columns, lines)


def _paints(places: Places, store: Path) -> tuple[list[Paint], list[Paint]]:
    """Start the program and an empty one in turn, after a round that compiles."""
    ours, empty = [], []
    warm_up = places.few(1, 1, 0)
    for turn in range(warm_up + places.few(7, 3)):
        with program(store, places) as terminal:
            paint = terminal.wait_for(NUMBER, 60), terminal.cpu_seconds() * 1000
        with _empty_app() as terminal:
            plain = terminal.wait_for(rb"READY", 60), terminal.cpu_seconds() * 1000
        if turn >= warm_up:
            ours.append(paint)
            empty.append(plain)
    return ours, empty


@contextmanager
def _empty_app() -> Iterator[Terminal]:
    terminal = Terminal([sys.executable, "-c", EMPTY_APP], 120, 40, environment())
    try:
        yield terminal
    finally:
        terminal.close()


def _painted(size: int, ours: list[Paint], empty: list[Paint]) -> Iterator[Figure]:
    (wall, cpu), (wall_of_empty, cpu_of_empty) = zip(*ours, strict=True), zip(*empty, strict=True)
    name = f"first paint, {short(size)}"
    yield beside(f"{name}, CPU", cpu, "ms", cpu_of_empty, "Textual with one line", HOLD, row="paint")
    budget, needs = (400, MIDDLE) if size <= MIDDLE else (700, LARGE)
    yield at_most(name, wall, "ms", budget, row="paint-ms", other=wall_of_empty, name="Textual with one line", needs=needs,
                  size=size)  # fmt: skip


def _keys(places: Places, store: Path, columns: int, lines: int) -> Iterator[Figure]:
    many, switches = places.few(60, 25, 2), places.few(15, 5, 1)
    with program(store, places, columns=columns, lines=lines) as terminal:
        terminal.wait_for(NUMBER, 60)
        terminal.settle()
        writers = Writers(store, places, places.few(45, 20, 2), PACE if not places.frozen else 0.1)
        pressed = {
            "j": [_key(terminal, DOWN) for _ in range(many)],
            "page down": [_key(terminal, PAGE) for _ in range(many)],
            "G and g": [_key(terminal, key) for _ in range(switches) for key in UP_AND_DOWN],
        }
        terminal.press(b"g", QUIET_AFTER_ALL)
        shown = [terminal.press(key, QUIET_OF_A_LIST).last for _ in range(switches) for key in QUEUES]
        case, others = (
            [terminal.press(key, QUIET).last for _ in range(switches) for key in keys]
            for keys in (CASE, OTHERS)
        )
        writers.took()
    where, drawn = f"{columns}x{lines}, {short(places.size)}", _drawn(pressed)
    named = [(f"key to finished repaint: {what}", took, 0.95, 50) for what, took in drawn.items()]
    named += [("the list: j", drawn["j"], 0.5, 20), ("the case: opened and closed", case, 0.5, 20)]
    named += [("another queue", shown, 0.95, 50), ("other screens: decisions, help", others, 0.95, 100)]
    for what, took, share, most in named:
        what = f"{what}, {where}"
        yield at_most(what, took, "ms", most, row="key", share=share, needs=LARGE, size=places.size)
    yield from _bytes(where, pressed["j"], pressed["page down"])


def _drawn(pressed: dict[str, list[tuple[Burst, int]]]) -> dict[str, list[float]]:
    return {what: [own.last for own, _ in pairs] for what, pairs in pressed.items()}


def _bytes(where: str, cursor: list[tuple[Burst, int]], page: list[tuple[Burst, int]]) -> Iterator[Figure]:
    # at the edge of the screen a key scrolls, and draws every line: the mean counts that in
    yield mean_at_most(f"a cursor key, {where}", [own.size for own, _ in cursor], "B", 2048, row="key-bytes")
    # what others commit is drawn between two keys as well: the median is the key's own
    yield at_most(f"the preview after it, {where}", [size for _, size in cursor], "B", 6144, row="key-bytes")
    yield at_most(f"a page, {where}", [own.size for own, _ in page], "B", 16384, row="key-bytes")


def _key(terminal: Terminal, key: bytes) -> tuple[Burst, int]:
    """Return what the key itself drew, and the bytes of the preview that followed."""
    own = terminal.press(key, QUIET)
    before = len(terminal.written)
    terminal.settle(QUIET_AFTER_ALL, 1.5)
    return own, len(terminal.written) - before
