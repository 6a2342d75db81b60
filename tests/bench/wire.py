"""What goes over a slow wire at 80x24: a form, a Tab, a case opened, one whole case; nobody else writes.

The clock stands still, so that nothing is drawn but what a key asks for.
"""

from collections.abc import Iterator

from tests.bench.places import Places, short, stands_at, value
from tests.bench.programs import NUMBER, program
from tests.bench.table import Figure, at_most, plain
from tests.bench.terminal import Terminal

KB = 1_000
SAVE, LEAVE, ENTER, TAB = b"\x0f", b"\x1b", b"\r", b"\t"
QUIET, PATIENCE = 0.5, 30
# one whole case as somebody types it: a key that opens a form, and what is typed there
WHOLE = (
    (b"r", "\t厨房漏水三天，没有人来修。"),
    (b"e", "已经请师傅上门查看水管。"),
    (b"n", "已联系工程部。"),
    (b"c", "水管已经换好。"),
)


def figures(places: Places) -> Iterator[Figure]:
    """Measure on a copy of a store: what is typed is saved."""
    at = stands_at(places.store()).isoformat()
    with (
        places.copy(places.store()) as store,
        program(store, places, columns=80, lines=24, at=at) as terminal,
    ):
        terminal.wait_for(NUMBER, 60)
        first = len(terminal.written)
        terminal.settle(QUIET, PATIENCE)
        opened = _bytes(terminal, ENTER)
        _bytes(terminal, LEAVE)
        form, tab = _bytes(terminal, b"r"), _bytes(terminal, TAB)
        _bytes(terminal, LEAVE)
        before = len(terminal.written)
        for key, typed in WHOLE:
            _bytes(terminal, key)
            _bytes(terminal, typed.encode())
            _bytes(terminal, SAVE)
        whole = len(terminal.written) - before
        said = terminal.text(before).decode(errors="replace")
        done = value(
            store, "SELECT group_concat(act) FROM (SELECT act FROM event ORDER BY event_no DESC LIMIT 4)"
        )
    name = f"80x24, {short(places.size)}"
    yield plain(f"first picture, {name}", [first], "B")
    yield at_most(f"the form for a new case, {name}", [form], "B", 6 * KB, row="wire")
    yield at_most(f"a Tab in it, {name}", [tab], "B", 0.8 * KB, row="wire")
    yield at_most(f"a case opened, {name}", [opened], "B", 6 * KB, row="wire")
    yield at_most(
        f"one whole case: recorded, answered, noted, closed, {name}", [whole], "B", 45 * KB, row="wire"
    )
    if done != "close,note,reply,record":
        raise RuntimeError(f"what was typed was not done: {done}\n{said[-2000:]}")


def _bytes(terminal: Terminal, key: bytes) -> int:
    """Send a key; return the bytes that came until the program rests: on a crowded machine it only waits."""
    start = len(terminal.written)
    terminal.press(key, QUIET, PATIENCE)
    while not terminal.rests():
        terminal.settle(QUIET, PATIENCE)
    return len(terminal.written) - start
