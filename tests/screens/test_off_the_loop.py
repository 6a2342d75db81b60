"""The event loop never waits for the store: it asks nothing, and a store that is slow stops no key."""

import asyncio
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import Bench

from keymaps import known, load
from storage.engine import Db
from tests.screens.support import noticed, opened, picture, press, queue_of
from workbench.desk import Desk
from workbench.domain import acts

ASKING = ("run", "run_many", "all", "keys", "stream")
LEAVING = ("quit", "cancel", "export")
SLOW_SECONDS = 2.0


class Asked:
    """Where statements were asked for on one thread."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.thread: int | None = None
        self.found: list[str] = []
        for name in ASKING:
            monkeypatch.setattr(Db, name, self._noting(getattr(Db, name)))

    def _noting(self, real: Any) -> Any:
        def asked(*given: Any, **more: Any) -> Any:
            if threading.get_ident() == self.thread:
                self.found.append("".join(traceback.format_stack(limit=6)[:-1]))
            return real(*given, **more)

        return asked


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


async def test_no_statement_runs_on_the_thread_of_the_screen(
    asked: Asked, bench: Bench, tmp_path: Path
) -> None:
    cases = [bench.record(text=f"厨房漏水{at}", phone="13812345678") for at in range(6)]
    bench.act(cases[0], "promise", text="明早派人", due="+5h")
    keymap = load("default", known(acts.PERSONS)).contexts["queue"]
    every = [keys[0] for command, keys in keymap.items() if keys and command not in LEAVING]
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        asked.thread = threading.get_ident()
        for key in every:
            await press(pilot, key, "escape", "escape")
        await press(pilot, "n", "text:看过", "ctrl+o")
        await press(pilot, "e", "text:明天上午答复您", "ctrl+o", "escape")
        await press(pilot, "u", "enter", "escape")
        await asyncio.to_thread(bench.act, cases[1], "regrade", "li", level="2", reason="严重")
        queue_of(app).feed.poll()
        await press(
            pilot,
            "j",
            "enter",
            "]",
            "escape",
            "/",
            "text:漏水",
            "enter",
            "escape",
            "r",
            "tab",
            "text:x",
            "escape",
        )
        asked.thread = None
    assert not asked.found, asked.found[0]


async def test_a_statement_on_the_thread_of_the_screen_is_seen(
    asked: Asked, bench: Bench, tmp_path: Path
) -> None:
    """The control."""
    case = bench.record()
    async with opened(bench.desk(), tmp_path):
        asked.thread = threading.get_ident()
        bench.desk().case(case.case_id)
        asked.thread = None
    assert asked.found


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A store that takes its time for every reading while the event is set."""
    on, let_go = threading.Event(), threading.Event()
    real = Db.all

    def late(*given: Any, **more: Any) -> Any:
        if on.is_set():
            let_go.wait(SLOW_SECONDS)
        return real(*given, **more)

    monkeypatch.setattr(Db, "all", late)
    yield on
    on.clear()
    let_go.set()


async def test_a_slow_store_stops_no_cursor_and_what_is_missing_is_a_dim_line(
    slow: threading.Event, bench: Bench, tmp_path: Path
) -> None:
    cases = [bench.record(text=f"第 {at} 件") for at in range(8)]
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        screen.table.source._rows.clear()
        slow.set()
        began = time.monotonic()
        bench.clock.pass_(seconds=1)
        screen.feed.poll()
        screen.table.refresh()
        for at in range(1, 6):
            await pilot.press("j")
            assert screen.table.cursor == at
        assert "..." in picture(app)
        assert screen.table.source.row(0) is None
        assert time.monotonic() - began < SLOW_SECONDS, "somebody has waited for the store"
        slow.clear()
        while screen.table.source.row(0) is None:
            await asyncio.sleep(0.02)
        await pilot.pause()
        assert cases[0].number in picture(app).splitlines()[3]


async def test_rules_that_somebody_changes_are_known_to_the_open_program(
    bench: Bench, tmp_path: Path
) -> None:
    from organisation_support import furnished

    async with opened(bench.desk(), tmp_path) as (app, pilot):
        assert app.desk.rules().organisation.members == {}
        furnished(bench)
        await noticed(app, pilot)
        assert "mei" in app.desk.rules().organisation.members


def test_a_desk_inside_a_transaction_keeps_no_rules(bench: Bench) -> None:
    kept: Desk = bench.desk().keeping_rules()
    assert kept.keeps_rules
    assert not kept.inside(bench.store).keeps_rules
