"""Keys at random: every key of a keymap, text, pastes and other sizes of the terminal, at any pace.

By hand, on a real terminal: PYTHONPATH=tests python -m tests.screens.monkey KEYS SEED
"""

import asyncio
import fcntl
import os
import signal
import struct
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import NamedTuple

from desks import Bench, Clock
from textual.events import Key, Paste, Resize
from textual.geometry import Size

from keymaps import known, load
from tests.bench.terminal import Terminal
from tests.screens.monkey_paint import look, painted
from tests.screens.monkey_rules import PLAYER, Asked, Writers, back_to_the_list
from tests.screens.support import WIDE, opened, settled
from workbench.domain import acts

TEXTS = (
    "漏水",
    "13800138000",
    "明天给您答复",
    ";shou",
    "2",
    "+1d",
    "100",
    "a b",
    "ＡＢ",
    "\u3000",
    "👨\u200d👩",
)
PASTES = ("一\r二\r\n三\n四", "a\x1b[31mb\x00", "x" * 3000, "")
SIZES = ((120, 40), (80, 24), (60, 20), (10, 3), (200, 50))
LEAVING = ("q", "ctrl+q")
RARELY = 0.01
BESIDE, LOOK_ROUND = 10, 60  # strokes: between two acts of others; after which the way back is tried
MOST_AHEAD = 20  # keys: a refusal drops what was typed ahead, and they are to be played


class Stroke(NamedTuple):
    """What the monkey does at once: keys, a paste, or another size."""

    keys: tuple[str, ...] = ()
    paste: str | None = None
    size: tuple[int, int] | None = None


def strokes(seed: int, keys: int) -> Iterator[Stroke]:
    """Yield what comes to so many keys; the same for the same seed."""
    chance, keymap = Random(seed), load("default", known(acts.PERSONS))
    every = sorted({key for table in keymap.contexts.values() for each in table.values() for key in each})
    usual = [key for key in every if key not in LEAVING] + ["tab", "enter", "escape", "down", "backspace"] * 4
    while keys > 0:
        stroke = _stroke(chance, usual)
        keys -= max(len(stroke.keys), 1)
        yield stroke


def _stroke(chance: Random, usual: list[str]) -> Stroke:
    kind = chance.random()
    if kind < RARELY:
        return Stroke(size=chance.choice(SIZES))
    if kind < 3 * RARELY:
        return Stroke(paste=chance.choice(PASTES))
    if kind < 4 * RARELY:
        return Stroke((chance.choice(LEAVING),))
    if kind < 0.2:
        return Stroke(tuple(chance.choice(TEXTS)))
    again = [chance.choice(usual)] * chance.choice((1, 1, 1, 2, 3))
    return Stroke(tuple(again + chance.choices(usual, k=chance.choice((0, 0, 0, 1, 3, 10)))))


async def play(bench: Bench, folder: Path, seed: int, keys: int, *, every: int = 1) -> int:
    """Let the monkey at the program beside two who write, opened again whenever it was left; return how often.

    Each ``every``-th frame is painted.

    Raises whatever the program raises; FoundError where it does what it never may.
    """
    chance, todo, times = Random(seed), iter(list(strokes(seed, keys))), 0
    with Asked().listening() as asked, Writers(bench, seed) as writers, painted(every):
        left = True
        while left:
            times += 1
            async with opened(bench.desk(PLAYER), folder, WIDE) as (app, pilot):
                left = await _until_left(app, todo, chance, writers)
                if not left:
                    await settled(pilot)
        if writers.troubles:
            raise writers.troubles[0]
    asked.ensure(bench)
    return times


async def _until_left(  # type: ignore[no-untyped-def]
    app, todo: Iterator[Stroke], chance: Random, writers: Writers
) -> bool:
    """Play until nothing is left to do; True once the program was left before that."""
    for at, stroke in enumerate(todo, 1):
        _post(app, stroke)
        await asyncio.sleep(chance.choice((0, 0, 0, 0.001, 0.005, 0.02)))
        while len(app.gate.held) > MOST_AHEAD and not app._exit and app._exception is None:
            await asyncio.sleep(0.002)
        if not at % BESIDE:
            writers.go()
        if not at % LOOK_ROUND and not app._exit and app._exception is None:
            await back_to_the_list(app)
            look(app)
        if app._exit or app._exception is not None:
            return True
    await back_to_the_list(app)
    look(app)
    return bool(app._exit)


def _post(app, stroke: Stroke) -> None:  # type: ignore[no-untyped-def]
    for key in stroke.keys:
        app.post_message(Key(key, key if len(key) == 1 else None))
    if stroke.paste is not None:
        app.post_message(Paste(stroke.paste))
    if stroke.size is not None:
        app._driver._size = Size(*stroke.size)
        app.post_message(Resize(Size(*stroke.size), Size(*stroke.size)))


# ------------------------------------------------------------ on a real terminal

BYTES = {
    "tab": "\t", "enter": "\r", "escape": "\x1b", "backspace": "\x7f", "space": " ", "delete": "\x1b[3~",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "shift+tab": "\x1b[Z", "ctrl+underscore": "\x1f",
    **{f"f{n}": f"\x1bO{'PQRS'[n - 1]}" for n in range(1, 5)},
    **{f"f{n}": f"\x1b[{code}~" for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)},
    **{f"f{n}": f"\x1b[{code}~" for n, code in zip(range(13, 21), (25, 26, 28, 29, 31, 32, 33, 34), strict=True)},
}  # fmt: skip


def sent(key: str) -> str:
    """Return what a terminal sends for a key."""
    if key.startswith("shift+f"):
        return sent(f"f{int(key[7:]) + 12}") if int(key[7:]) <= 8 else ""
    if key.startswith("ctrl+") and len(key) == 6:
        return chr(ord(key[5]) & 31)
    return BYTES.get(key, key if len(key) == 1 else "")


def main(keys: int, seed: int) -> int:
    """Play on a terminal; return how often the program met a fault."""
    folder, chance, faults = Path(mkdtemp()), Random(seed), 0
    bench = Bench(folder / "store.db", Clock())
    for at in range(30):
        bench.record(text=f"{at} 漏水", phone=f"138000000{at:02}", customer="陈建国")
    run = [
        sys.executable,
        "-m",
        "workbench",
        "--db",
        str(bench.path),
        "--as",
        "mei",
        "--now",
        "2026-11-21 12:00",
    ]
    todo, terminal, done = iter(list(strokes(seed, keys))), None, 0
    for stroke in todo:
        if terminal is None:
            own = dict.fromkeys(("XDG_STATE_HOME", "XDG_CONFIG_HOME"), str(folder))
            terminal = Terminal([*run, "--lang", chance.choice(("zh", "en"))], 120, 40, own)
            terminal.wait_for(rb"\[1", 60)
        if stroke.size:
            fcntl.ioctl(
                terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", stroke.size[1], stroke.size[0], 0, 0)
            )
            os.kill(terminal.pid, signal.SIGWINCH)
        text = "".join(map(sent, stroke.keys))
        if stroke.paste is not None:
            text = f"\x1b[200~{stroke.paste}\x1b[201~"
        done += max(len(stroke.keys), 1)
        try:
            os.write(terminal.fd, text.encode())
            terminal.read(0)
            terminal.pause(chance.choice((0, 0, 0, 0.005, 0.02, 0.05, 0.2)))
            if chance.random() < 1 / MOST_AHEAD:
                terminal.settle(0.1, 10)
            over = os.waitpid(terminal.pid, os.WNOHANG)
        except OSError:
            over = os.waitpid(terminal.pid, 0)
        if over[0]:
            os.close(terminal.fd)
            code, terminal = os.waitstatus_to_exitcode(over[1]), None
            faults += code != 0
            print(f"after {done} keys: left with {code}", flush=True)
    if terminal is not None:
        terminal.settle(1, 60)
        terminal.close()
    reports = list(folder.rglob("crashes/*.txt"))
    print(f"{done} keys, seed {seed}: {faults} faults, reports: {[str(path) for path in reports]}")
    return max(faults, len(reports))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])) > 0)
