"""Random keys in the screens beside two people who write: no crash, always a way back, nothing that no key asked for."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from desks import Bench, Clock
from processes import apart

from trials.frame import Counts
from workbench import words

TITLE = "random keys in the screens, beside two who write"
FULL, SMALL = 500_000, 120  # keys
A_GAME = 1_000  # keys on one store, in a process of its own
CASES = 8
MOVES = ("move", "page", "go")  # whichever keys come: one of them is pressed
ALL_PAINTED = 4  # of so many games one has every frame painted, the others
SELDOM = 8  # each so many-th
COLLECTED_AFTER = (
    100_000  # objects: a game is short, and looking for what it can spare is a quarter of its time
)


def run(n: int, room: Path) -> Counts:
    """Let the monkey press so many keys; ``WORKBENCH_SEED`` is the first game's, 1 without it."""
    counts, left = Counts(), 0
    first = int(os.environ.get("WORKBENCH_SEED", "1"))
    for seed in range(first, first + -(-n // A_GAME)):
        keys = min(A_GAME, n - (seed - first) * A_GAME)
        found = _game(room / str(seed), seed, keys)
        counts.tries += keys
        counts.acks += found["acts"]
        left += found["left"]
        if found["fault"]:
            counts.fault(f"seed {seed}, {keys} keys: {found['fault']}")
        print(f"{counts.tries} keys, seed {seed}: {found['fault'] or 'well'}", file=sys.stderr, flush=True)
    counts.figures |= {"games": -(-n // A_GAME), "left and opened again": left}
    return counts


def _game(
    folder: Path, seed: int, keys: int, broken: Callable[[], object] | None = None
) -> dict[str, object]:
    """Play one game in a copy of this process; return its acts, how often it was left, and what was wrong."""
    folder.mkdir(parents=True)

    def played() -> dict[str, object]:
        os.chdir(folder)  # the monkey exports, too
        from tests.screens import monkey

        bench = Bench(folder / "store.db", Clock())
        for at in range(CASES):
            bench.record(text=f"{at} 漏水", customer="陈建国", phone=f"1380000000{at}")
        words.use(words.LANGUAGES[seed % 2])
        left, fault = 0, ""
        try:
            if broken:
                broken()
            gc.freeze()
            gc.set_threshold(COLLECTED_AFTER)
            every = SELDOM if seed % ALL_PAINTED else 1
            left = asyncio.run(monkey.play(bench, folder, seed, keys, every=every))
        except Exception as why:  # noqa: BLE001 (that is what is looked for)
            fault = repr(why)
        with bench.store.reading() as db:
            acts = db.value("SELECT count(*) FROM event") - CASES
        bench.store.close()
        return {"acts": acts, "left": max(left - 1, 0), "fault": fault}

    return apart(played)  # type: ignore[no-any-return]


def controls(room: Path) -> dict[str, Counts]:
    """Play where a key ends in a bug, and where nothing closes a form."""
    found = {}
    for name, (where, what) in {
        "a key ends in a bug": ("screens.queue.table.QueueTable", MOVES),
        "Esc closes nothing": ("screens.pane_stack.PaneStack", ("cancel",)),
    }.items():
        counts = found[name] = Counts(tries=300)
        said = _game(room / what[0], 1, 300, lambda where=where, what=what: _break(where, what))  # type: ignore[misc]
        if said["fault"]:
            counts.fault(said["fault"])
    return found


def _break(where: str, what: tuple[str, ...]) -> None:
    def broken(*_given: object, **_more: object) -> None:
        if what == MOVES:
            raise ZeroDivisionError

    for each in what:
        patch(f"{where}.{each}", broken).start()
