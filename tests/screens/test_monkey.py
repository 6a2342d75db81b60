"""Random keys in bursts never end the program, and a monkey that would not notice is no measure."""

import asyncio
from pathlib import Path

import pytest
from desks import Bench
from textual.screen import Screen

from screens.ask.options import Choice
from screens.pane_stack import PaneStack
from screens.queue.table import QueueTable
from tests.screens.monkey import play
from tests.screens.monkey_rules import Asked, FoundError, back_to_the_list
from tests.screens.support import SMALL, burst, opened, press, settled
from workbench import words
from workbench.actions import doing

KEYS, SEEDS = 250, 20  # 5,000 keys in all; by hand as many as one likes: docs/trials.md


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
async def test_random_keys_do_no_harm(
    seed: int, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the monkey exports, too
    for at in range(8):
        bench.record(text=f"{at} 漏水", customer="陈建国", phone=f"1380000000{at}")
    words.use(words.LANGUAGES[seed % 2])
    assert await play(bench, tmp_path, seed, KEYS) >= 1


async def test_the_monkey_notices_a_fault(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(_self: QueueTable, _by: int) -> None:
        raise ZeroDivisionError

    bench.record()
    for name in ("move", "page", "go"):  # whichever keys a keymap has: one of them is pressed
        monkeypatch.setattr(QueueTable, name, fault)
    with pytest.raises(ZeroDivisionError):
        await play(bench, tmp_path, 1, KEYS)


async def test_the_monkey_notices_a_dialog_that_nobody_can_leave(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.record()
    monkeypatch.setattr(PaneStack, "cancel", lambda _self: None)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "n")
        with pytest.raises(FoundError, match="stuck"):
            await back_to_the_list(app)


async def test_the_monkey_notices_an_act_that_no_key_asked_for(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, real = bench.record(person="li"), QueueTable.move

    def move(table: QueueTable, by: int) -> None:
        real(table, by)
        doing.do(bench.desk(), "note", case.case_id, {"text": "nobody wrote this"})

    monkeypatch.setattr(QueueTable, "move", move)
    with Asked().listening() as asked:
        async with opened(bench.desk(), tmp_path) as (_app, pilot):
            await press(pilot, "j")
    with pytest.raises(FoundError, match="note without a key"):
        asked.ensure(bench)


async def test_the_monkey_notices_an_entry_that_is_lost(bench: Bench) -> None:
    bench.record()
    asked = Asked()
    asked.stored["note"] = 1
    with pytest.raises(FoundError, match="note"):
        asked.ensure(bench)


@pytest.mark.parametrize(
    "keys",
    [
        ["d", "d"],
        ["?", "?", "?"],
        ["enter", "escape", "down", "enter"],
        [":", "text:desk", "enter", ":"],
        ["d", "?", ":", "text:desk of", "enter", "d"],  # the like of a pane that the help covers
        [",", "o", "o", "q", "d", "H", "S", "q", "d"],
    ],
    ids=lambda keys: " ".join(keys),
)
async def test_panes_come_and_go_as_fast_as_one_types(keys: list[str], bench: Bench, tmp_path: Path) -> None:
    bench.record()
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        for _ in range(3):
            burst(app, *keys)
        await settled(pilot)
        assert app._exception is None


async def test_more_options_than_a_small_form_has_room_for_let_the_screen_rest(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a scroll bar they were too many, without it few enough: the screen was laid out again without end."""
    laid_out, real = [], Screen._refresh_layout

    def counted(screen: Screen[object], *given: object, **more: object) -> None:
        laid_out.append(screen)
        real(screen, *given, **more)  # type: ignore[arg-type]

    bench.record()
    monkeypatch.setattr(Screen, "_refresh_layout", counted)
    async with opened(bench.desk(), tmp_path, SMALL) as (app, pilot):
        await press(pilot, "enter", "h", "a", "tab")
        assert isinstance(app.focused, Choice)
        before = len(laid_out)
        assert before
        await asyncio.sleep(0.5)
        assert len(laid_out) == before
