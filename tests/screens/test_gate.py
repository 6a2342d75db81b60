"""Keys wait for their turn, and never for ever."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from desks import Bench

from screens import gate
from screens.background import Presses, background
from tests.screens.support import burst, opened, picture, queue_of


@pytest.fixture
def go() -> Iterator[Event]:
    """What a read waits for; it goes on at the end at the latest."""
    event = Event()
    yield event
    event.set()


def read(app, keys: Presses, go: Event) -> None:  # type: ignore[no-untyped-def]
    """Begin a read that takes its time."""
    screen = queue_of(app)
    background(screen, lambda: go.wait(20), lambda _done: None, screen.trouble, group="test", keys=keys)


@pytest.mark.parametrize(
    ("keys", "waits"), [(Presses.GO_ON, False), (Presses.WAIT, True), (Presses.WAIT_TO_THE_END, True)]
)
async def test_keys_wait_for_what_decides_their_meaning_and_for_no_search(
    keys: Presses, waits: bool, go: Event, bench: Bench, tmp_path: Path
) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        read(app, keys, go)
        burst(app, "?")
        await pilot.pause(0.3)
        assert bool(app.gate.held) is waits
        go.set()
        while app.gate.held:
            await pilot.pause(0.02)
        await pilot.pause(0.1)
        assert "keymap: default" in picture(app)


async def test_a_read_holds_keys_for_so_long_at_most(
    go: Event, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE_SECONDS", 0.1)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        read(app, Presses.WAIT, go)
        burst(app, "?")
        while app.gate.held:
            await pilot.pause(0.02)
        assert not go.is_set(), "the read goes on"
        go.set()


async def test_whoever_leaves_waits_for_no_read(
    go: Event, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "LEAVING_SECONDS", 0.1)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        read(app, Presses.WAIT, go)
        burst(app, "t", "t", "ctrl+q")
        while not app._exit:
            await pilot.pause(0.02)
        assert not go.is_set()
        go.set()
    assert app.return_code == 0


async def test_what_comes_with_the_wish_to_leave_is_held_for_nobody(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        burst(app, "ctrl+q", "t", "d", "?", "r")
        while not app._exit:
            await pilot.pause(0.02)
        burst(app, "t", "d")
        for _ in range(50):
            await pilot.pause(0.02)
            if not app.gate.held:
                break
        assert not app.gate.held
    assert app.return_code == 0


async def test_two_hundred_keys_at_once_are_two_hundred_characters(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        burst(app, "r", "tab", "text:" + "0123456789" * 20)
        while app.gate.held or app.message_queue_size:
            await pilot.pause(0.02)
        await pilot.pause(0.1)
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed["text"] == "0123456789" * 20
