"""Typed faster than the screen can follow: every character lands where a slow typist would have put it."""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from desks import Bench

from screens.gate import _is_busy
from tests.bench.terminal import Terminal
from tests.screens.support import burst, opened, picture, queue_of, settled

# keys by name, and text after "text:"; what a terminal sends for a key
SENT = {
    "tab": "\t", "enter": "\r", "ctrl+o": "\x0f", "ctrl+f": "\x06", "ctrl+p": "\x10", "f2": "\x1bOQ",
    "f3": "\x1bOR", "f4": "\x1bOS", "f8": "\x1b[19~", "f9": "\x1b[20~", "down": "\x1b[B", "up": "\x1b[A",
    "right": "\x1b[C",
}  # fmt: skip
CASE = (
    "text:13800138000", "enter", "text:漏水", "enter", "text:第二行", "tab", "tab", "text:陈建国", "down",
    "text:金色家园", "tab", "text:3-501", "tab", "text:2", "right", "tab", "tab", "text:3", "tab", "tab",
    "text:12", "up", "up", "up", "up", "up", "text:9", "ctrl+o",
)  # fmt: skip
LETTERS = (
    "r", *CASE,
    "e", "text:已派人 on the way", "tab", "text:2", "ctrl+o",
    ":", "text:note", "enter", "text:看过现场；jjjccc", "ctrl+o",
    "/", "text:漏水", "enter", "t",
    "c", "text:已修好", "tab", "text:2", "tab", "text:1", "ctrl+o",
    "0", "b", "text:1", "tab", "text:4", "tab", "text:9", "tab", "text:5", "ctrl+o",
)  # fmt: skip
FUNCTION_KEYS = (
    "f2", *CASE,
    "f3", "text:已派人 on the way", "tab", "text:2", "ctrl+o",
    "ctrl+p", "text:note", "enter", "text:看过现场；jjjccc", "ctrl+o",
    "ctrl+f", "text:漏水", "enter", "f6",
    "f8", "text:已修好", "tab", "text:2", "tab", "text:1", "ctrl+o",
    "0", "f9", "text:1", "tab", "text:4", "tab", "text:9", "tab", "text:5", "ctrl+o",
)  # fmt: skip
SENT["f6"] = "\x1b[17~"
STORED: list[tuple[str, dict[str, Any]]] = [
    ("record", {"text": "漏水\n第二行", "customer": "陈建国", "phone": "13800138000", "site": "金色家园"}),
    ("reply", {"text": "已派人 on the way"}),
    ("note", {"text": "看过现场；jjjccc"}),
    ("take", {"to": "mei"}),
    ("close", {"outcome": "已修好"}),
    ("callback", {"reached": True, "csi": 4, "nps": 9, "mood": 5}),
]


def timeline(bench: Bench) -> list[tuple[str, dict[str, Any]]]:
    """Return what was done on every case, in order, with all that is on record of it."""
    with bench.store.reading() as db:
        keys = [row[0] for row in db.all("SELECT case_id FROM cases ORDER BY case_id")]
    found = [event for key in keys for event in bench.desk().timeline(key) if event.by == "mei"]
    return [(event.act, dict(event.data)) for event in found]


async def slowly(app: Any, keys: Sequence[str]) -> None:
    """Press each key only when the screen has come to rest after the one before it."""
    for key in keys:
        for each in key.removeprefix("text:") if key.startswith("text:") else [key]:
            burst(app, each)
            quiet = 0
            while quiet < 5:
                await asyncio.sleep(0.004)
                busy = app.gate.held or any(not worker.is_finished for worker in app.workers)
                quiet = 0 if busy or any(map(_is_busy, (app, *app._registry))) else quiet + 1


def without_times(done: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """Leave out what differs between two stores: the seconds are frozen, the numbers are not."""
    return [(act, {name: value for name, value in data.items() if name != "number"}) for act, data in done]


@pytest.fixture
async def slow(tmp_path: Path, clock: Any) -> list[tuple[str, dict[str, Any]]]:
    """What a slow typist stores."""
    bench = Bench(tmp_path / "slow.db", clock)
    async with opened(bench.desk(), tmp_path / "slow") as (app, pilot):
        await slowly(app, LETTERS)
        await settled(pilot)
    return without_times(timeline(bench))


async def test_a_burst_stores_what_a_slow_typist_stores(
    slow: list[tuple[str, dict[str, Any]]], bench: Bench, tmp_path: Path
) -> None:
    known = [
        (act, {name: data.get(name) for name in want})
        for (act, data), (_, want) in zip(slow, STORED, strict=True)
    ]
    assert known == STORED, "the slow typist is the measure: it has to be right itself"
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        burst(app, *LETTERS)
        await settled(pilot)
        assert queue_of(app).panes.form is None, picture(app)
    assert without_times(timeline(bench)) == slow


@pytest.mark.parametrize(("language", "keymap"), [("zh", "default"), ("en", "default"), ("zh", "ime-safe")])
@pytest.mark.parametrize("milliseconds", [0, 5, 20, 50])
def test_on_a_terminal_every_key_lands_where_it_belongs_at_every_pace(
    language: str, keymap: str, milliseconds: int, bench: Bench, tmp_path: Path
) -> None:
    keys = LETTERS if keymap == "default" else FUNCTION_KEYS
    sent = [SENT.get(key, key.removeprefix("text:")) for key in keys]
    parts = ["".join(sent)] if not milliseconds else [each for key, text in zip(keys, sent, strict=True)
             for each in ([text] if key in SENT else text)]  # fmt: skip
    run = [sys.executable, "-m", "workbench", "--db", str(bench.path), "--as", "mei", "--lang", language]
    run += ["--now", "2026-11-21 12:00", "--keys", keymap]
    terminal = Terminal(run, 120, 40, {"XDG_STATE_HOME": str(tmp_path / "state")})
    try:
        terminal.wait_for(rb"\[1", 60)
        for part in parts:
            os.write(terminal.fd, part.encode())
            terminal.read(0)
            terminal.pause(milliseconds / 1000)
        stored = _until_stored(bench, terminal)
    finally:
        terminal.close()
    assert [act for act, _data in stored] == [act for act, _want in STORED], stored
    known = [
        (act, {name: data.get(name) for name in want})
        for (act, data), (_, want) in zip(stored, STORED, strict=True)
    ]
    assert known == STORED


def _until_stored(bench: Bench, terminal: Terminal) -> list[tuple[str, dict[str, Any]]]:
    """Wait for the last act, and then for a while more: nothing may come after it."""
    for _ in range(600):
        terminal.read(0.1)
        if [act for act, _data in timeline(bench)].count(STORED[-1][0]):
            break
    terminal.settle(0.5, 3)
    return timeline(bench)
