"""The queue in a real terminal. The clock stands still except where the idle program is watched."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from tests.bench.commands import environment
from tests.bench.places import MIDDLE, Places, newest_receipt, short
from tests.bench.table import Figure, at_most, mean_at_most
from tests.bench.terminal import Burst, Terminal
from workbench.actions import doing

SIZES = ((120, 40), (80, 24))
STARTS = 7
KEYS = 40
SWITCHES = 10
IDLE_SECONDS = 20
CLOSE_TO_DUE = 80  # cases of the idle store: more than a screen, so that every countdown in sight runs
NUMBER = rb"A\d{6}-\d{5}"
QUIET = 0.06  # a key's own repaint is over; the preview comes 80 ms after the key
QUIET_AFTER_ALL = 0.35
EMPTY_APP = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("READY")

Empty().run(mouse=False)
"""
DOWN, PAGE, UP_AND_DOWN = b"j", b"\x1b[6~", (b"G", b"g")
TABS = ((b"2", b"3", b"1"), "mine, unassigned, next due")


def figures(places: Places) -> Iterator[Figure]:
    """Measure first paint at two sizes of store, everything else on the large one."""
    shapes = SIZES[: places.few(len(SIZES))]
    sizes = ((min(MIDDLE, places.size), 400), (places.size, 700))
    for size, limit in sizes:
        store = places.open_store(size)
        for columns, lines in shapes:
            yield _start(
                places, store, f"first paint, {short(size)} open, {columns}x{lines}", columns, lines, limit
            )
    store = places.open_store(places.size)
    for columns, lines in shapes:
        yield from _keys(places, store, columns, lines)
    with places.scratch() as folder:
        soon = folder / "soon.db"
        _make_cases_that_fall_due(soon)
        for what, path in (("40 countdowns", soon), (f"{short(places.size)} open", store)):
            yield from _idle(places, what, path)


@contextmanager
def _program(store: Path, columns: int, lines: int, *, frozen: bool = True) -> Iterator[Terminal]:
    """Run the program for reading only: a sweep at its start would change the store."""
    words = [
        sys.executable,
        "-m",
        "workbench",
        "--db",
        str(store),
        "--as",
        "h01",
        "--lang",
        "zh",
        "--read-only",
    ]
    if frozen:
        words += ["--now", newest_receipt(store)]
    env = environment() | {"XDG_STATE_HOME": str(store.parent)} | ({} if frozen else {"WORKBENCH_NOW": ""})
    terminal = Terminal(words, columns, lines, env)
    try:
        yield terminal
    finally:
        terminal.close()


def _start(places: Places, store: Path, what: str, columns: int, lines: int, limit: float) -> Figure:
    """Start the program and an empty one in turn."""
    ours, empty = [], []
    warm_up = places.few(1, 0)  # the first round compiles
    for turn in range(warm_up + places.few(STARTS)):
        paint, plain = _first_paint(store, columns, lines), _first_paint_of_an_empty_app(columns, lines)
        if turn >= warm_up:
            ours.append(paint)
            empty.append(plain)
    return at_most(what, ours, "ms", limit, other=empty, name="Textual with one line")


def _first_paint_of_an_empty_app(columns: int, lines: int) -> float:
    terminal = Terminal([sys.executable, "-c", EMPTY_APP], columns, lines, environment())
    try:
        return terminal.wait_for(rb"READY", 60)
    finally:
        terminal.close()


def _first_paint(store: Path, columns: int, lines: int) -> float:
    """Return milliseconds from the start of the process until a case stands on the screen."""
    with _program(store, columns, lines) as terminal:
        return terminal.wait_for(NUMBER, 60)


def _keys(places: Places, store: Path, columns: int, lines: int) -> Iterator[Figure]:
    where, keys_, switches = f"{columns}x{lines}", places.few(KEYS, 2), places.few(SWITCHES, 2)
    with _program(store, columns, lines) as terminal:
        terminal.wait_for(NUMBER, 60)
        terminal.settle()
        keys = {
            f"j, {where}": [_key(terminal, DOWN) for _ in range(keys_)],
            f"page down, {where}": [_key(terminal, PAGE) for _ in range(keys_)],
            f"G and g, {where}": [_key(terminal, key) for _ in range(switches) for key in UP_AND_DOWN],
        }
        for what, pairs in keys.items():
            yield at_most(
                f"key to finished repaint: {what}", [own.last for own, _ in pairs], "ms", 50, share=0.95
            )
        yield from _bytes(where, keys[f"j, {where}"], keys[f"page down, {where}"])
        terminal.press(b"g", QUIET_AFTER_ALL)
        tabs, named = TABS
        shown = [_list_shown(terminal, key) for _ in range(switches // 2) for key in tabs]
        yield at_most(f"key to the list: {named}, {where}", shown, "ms", 50, share=0.95)
        opened = [
            terminal.press(key, QUIET_AFTER_ALL).last for _ in range(switches) for key in (b"\r", b"\x1b")
        ]
        yield at_most(f"case opened and closed, {where}", opened, "ms", 100, share=0.95)
        now, most = terminal.memory()
        yield at_most(f"resident memory, {where}", [now], "MB", 80)
        yield at_most(f"resident memory at its highest, {where}", [most], "MB", 80)


def _bytes(where: str, cursor: list[tuple[Burst, int]], page: list[tuple[Burst, int]]) -> Iterator[Figure]:
    # at the edge of the screen a key scrolls, and draws every line: the mean counts that in
    yield mean_at_most(f"bytes of a cursor key, {where}", [own.size for own, _ in cursor], "B", 2048)
    yield at_most(
        f"bytes of the preview after it, {where}", [size for _, size in cursor], "B", 6144, share=0.95
    )
    yield at_most(f"bytes of a page, {where}", [own.size for own, _ in page], "B", 16384, share=0.95)


def _key(terminal: Terminal, key: bytes) -> tuple[Burst, int]:
    """Return what the key itself drew, and the bytes of the preview that followed."""
    own = terminal.press(key, QUIET)
    before = len(terminal.written)
    terminal.settle(QUIET_AFTER_ALL)
    return own, len(terminal.written) - before


def _list_shown(terminal: Terminal, key: bytes) -> float:
    """Return milliseconds from the key until most lines of the list were drawn again."""
    terminal.settle(QUIET_AFTER_ALL)
    start, began = len(terminal.written), perf_counter()
    os.write(terminal.fd, key)
    while perf_counter() - began < 5:
        if terminal.read(0.05) and len(re.findall(NUMBER, terminal.text(start))) > 8:
            return (perf_counter() - began) * 1000
    return 5000.0


def _idle(places: Places, what: str, store: Path) -> Iterator[Figure]:
    seconds = IDLE_SECONDS / places.few(1, 100)
    with _program(store, 120, 40, frozen=places.quick) as terminal:
        terminal.wait_for(NUMBER, 60)
        terminal.listen(places.few(30) / 10)
        before = terminal.cpu_seconds()
        size = terminal.listen(seconds)
        used = 100 * (terminal.cpu_seconds() - before) / seconds
    yield at_most(f"idle with {what}: share of a core", [used], "%", 1.5)
    yield at_most(f"idle with {what}: bytes a second", [size / seconds], "B/s", 5 * 1024)


def _make_cases_that_fall_due(path: Path) -> None:
    """Make a store whose first clocks all fall due within the hour."""
    from storage.create import create
    from storage.store import Store
    from workbench import clock
    from workbench.desk import Desk
    from workbench.policy import loading

    now = clock.now()
    create(path, code="A", policy="default", text=loading.load("default")[1], at=now, by="bench")
    store = Store(path)
    for index in range(CLOSE_TO_DUE):
        received = now - timedelta(hours=2, minutes=10) + timedelta(seconds=20 * index)
        desk = Desk(store, "h01", clock.frozen(received))
        doing.record(
            desk,
            {
                "text": f"{index} 号楼电梯停运，物业三天没有派人维修。",
                "customer": "王伟",
                "site": "云栖花园1期",
            },
        )
    store.close()
