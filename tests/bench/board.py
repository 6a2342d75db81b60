"""The board: its first picture after the key, what it costs to count, and what a commit of anybody costs it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import thread_time

from screens.present import board_text
from storage.store import Store
from tests.bench.places import Places, short
from tests.bench.programs import NUMBER, program, running
from tests.bench.table import Figure, at_most
from workbench.actions import doing
from workbench.desk import Desk
from workbench.reports import board, board_state
from workbench.reports.board_state import Asked, Known

LARGE = 1_000_000
PAINTED, REFRESHED = 300, 20  # ms
QUIET = 0.4  # the counts come in one piece, a moment after the frame
KEY = b"B"
CELLS = 118  # a terminal of 120


def figures(places: Places) -> Iterator[Figure]:
    """Measure both in the large store: the picture by the clock, the rest in CPU."""
    size = short(places.size)
    with places.copy(places.store()) as store:
        running(store, places)
        took, cpu = zip(*(_first_picture(places, store) for _ in range(places.few(7, 3))), strict=True)
        for what, samples in (("", took), (", CPU", cpu)):
            yield at_most(f"the board: key to its picture, {size}{what}", samples, "ms", PAINTED, row="board",
                          needs=LARGE, size=places.size)  # fmt: skip
        counted, refreshed, differ = _counted(places, store)
    yield at_most(f"the board counted anew, {size}, CPU", counted, "ms", PAINTED, row="board", needs=LARGE,
                  size=places.size)  # fmt: skip
    yield at_most(f"the board after a commit, {size}, CPU", refreshed, "ms", REFRESHED, row="board", share=0.95,
                  needs=LARGE, size=places.size)  # fmt: skip
    yield at_most("boards after a commit that are not as counted anew", [differ], "calls", 0, row="board")


def _first_picture(places: Places, store: Path) -> tuple[float, float]:
    """Return how long the first picture took after the key, and how long it worked (ms)."""
    with program(store, places) as terminal:
        terminal.wait_for(NUMBER, 60)
        terminal.settle()
        before = terminal.cpu_seconds()
        took = terminal.press(KEY, QUIET).last
        return took, (terminal.cpu_seconds() - before) * 1000


def _counted(places: Places, store: Path) -> tuple[list[float], list[float], int]:
    """Return what counting took, what each look after a commit took, and how many of these were wrong."""
    opened = Store(store)
    at = places.now()
    desk = Desk(opened, "bench", lambda: at).keeping_rules()
    counted, refreshed, differ = list[float](), list[float](), 0
    try:
        known = _anew(desk)
        for turn in range(places.few(40, 20, 2)):
            at = max(at, places.now())  # and stands still while the two are compared
            doing.record(desk, {"text": "厨房漏水", "site": f"{turn % 5}"})
            cost, after = _timed(lambda known=known: _look(desk, known))  # type: ignore[misc]
            refreshed.append(cost)
            cost, known = _timed(lambda: _anew(desk))
            counted.append(cost)
            differ += dict(after.cells) != dict(known.cells)
    finally:
        opened.close()
    return counted, refreshed, differ


def _timed(work: Callable[[], Known]) -> tuple[float, Known]:
    began = thread_time()
    found = work()
    return (thread_time() - began) * 1000, found


def _anew(desk: Desk) -> Known:
    with desk.store.reading() as db:
        known = board_state.count(desk, db, Asked(), standing=False)
    _drawn(desk, known)
    return known


def _look(desk: Desk, known: Known) -> Known:
    """Look at what has changed; where an hour has ended meanwhile, that is counted anew as on the screen."""
    with desk.store.reading() as db:
        found = board_state.since(desk, db, known)
    if found is None:
        return _anew(desk)
    _drawn(desk, found)
    return found


def _drawn(desk: Desk, known: Known) -> None:
    rules = desk.rules()
    board_text.rows(board.of(known, rules.organisation, rules.zone), CELLS)
