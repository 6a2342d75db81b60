"""The board on the screen: each figure opens exactly its cases, and what others do shows by itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desks import NOON, Bench
from duty_support import held, office
from msgspec.structs import replace
from textual.pilot import Pilot
from wire_support import Wire

from keymaps import known, load
from screens import figure_grid
from screens.app import WorkbenchApp
from screens.board_pane import BoardPane
from screens.drafts import Drafts
from screens.keys import Keys
from screens.present import board_text
from storage.engine import Db
from tests.screens.support import SMALL, USUAL, burst, noticed, opened, picture, press, queue_of, settled
from workbench.desk import Desk
from workbench.domain import acts
from workbench.reports import board as report
from workbench.reports import board_state
from workbench.reports.board_state import Asked
from workbench.wording.cells import width as width_of

IDLE = 300  # bytes a second


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_LANG", "en")


def busy(bench: Bench) -> Bench:
    """Fill the house: late, due and silent cases, one that waits for an opinion, one for an approval."""
    office(bench)
    bench.clock.at = NOON - timedelta(hours=30)
    held(bench, "mei", text="一")
    held(bench, "bo", text="二")
    bench.clock.at = NOON - timedelta(minutes=5)
    bench.record("yun", site="云栖花园", text="三")
    case = held(bench, "mei", text="四")
    bench.act(case, "close", "mei", outcome="好了")
    bench.act(held(bench, "mei", text="五"), "compensate", "mei", amount="100000", text="补偿")
    silent = bench.record("hang", site="湖畔", text="六")
    bench.act(silent, "heard", "hang", text="怎么还没有人来", channel="phone")
    bench.clock.at = NOON
    return bench


def board_of(app: WorkbenchApp) -> BoardPane:
    top = queue_of(app).panes.top
    assert isinstance(top, BoardPane)
    return top


async def to(app: WorkbenchApp, pilot: Pilot[int], id: str, *, forward: str = "right") -> BoardPane:
    """Bring the cursor onto a figure."""
    await press(pilot, "home")
    pane = board_of(app)
    for _step in range(len(pane.figures)):
        if pane.grid.cursor == id:
            return pane
        await pilot.press(forward)
        await pilot.pause()
    raise AssertionError(f"the cursor never came to {id}")


async def test_each_figure_opens_exactly_its_cases_and_back_comes_back(bench: Bench, tmp_path: Path) -> None:
    busy(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "B")
        screen, pane = queue_of(app), board_of(app)
        shown = [spot.id for row in pane.grid.rows for spot in row.spots]
        assert {"open", "overdue", "requests", "opinions", "silence", "by_unit.深圳公司.overdue"} <= set(
            shown
        )
        assert any(name.startswith("by_hour.") for name in shown)
        for id in shown:
            pane = board_of(app)
            pane.grid._go(next((at, n) for at, row in enumerate(pane.grid.rows)
                               for n, spot in enumerate(row.spots) if spot.id == id))  # fmt: skip
            count = pane.figures[id].count
            await press(pilot, "enter")
            assert screen.panes.top is None, id
            assert (len(screen.table.source), screen.feed.whole) == (count, True), id
            await press(pilot, "escape")
            assert board_of(app).grid.cursor == id
            assert (screen.feed.queue, screen.feed.typed, screen.finding.before) == ("next-due", "", None)


async def test_the_cursor_goes_from_figure_to_figure(bench: Bench, tmp_path: Path) -> None:
    busy(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "B")
        grid = board_of(app).grid
        assert grid.cursor == "open"
        await press(pilot, "right")
        assert grid.cursor == "waiting"
        await press(pilot, "left", "left")
        assert grid.cursor == "open"
        await press(pilot, "j")
        assert grid.cursor == "silence"
        await press(pilot, "G")
        last = grid.cursor
        assert last.startswith("by_site.")
        await press(pilot, "right")
        assert grid.cursor == last
        assert f"[{board_of(app).figures[last].count}]" in picture(app), "seen without colour"
        await press(pilot, "g")
        assert grid.cursor == "open"
        await press(pilot, "space", "pageup")
        assert grid.cursor.partition(".")[0] in {"open", "waiting", "overdue"}


async def test_the_strip_names_the_line_of_the_shell(bench: Bench, tmp_path: Path) -> None:
    busy(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "B")
        await to(app, pilot, "by_person.mei.overdue")
        assert "Overdue, By person: mei  1" in picture(app)
        assert "workbench list overdue --where handler=mei" in picture(app)


@asynccontextmanager
async def with_keymap(desk: Desk, drafts: Path, name: str) -> AsyncIterator[tuple[WorkbenchApp, Pilot[int]]]:
    keys = Keys(load(name, known(acts.PERSONS)))
    app = WorkbenchApp(desk, keys, Drafts(desk.store.path, desk.person, drafts))
    async with app.run_test(size=USUAL) as pilot:
        await settled(pilot)
        yield app, pilot


@pytest.mark.parametrize("name", ["default", "vim", "cua", "ime-safe"])
async def test_a_walk_with_keys_that_pass_an_input_method(bench: Bench, tmp_path: Path, name: str) -> None:
    busy(bench)
    async with with_keymap(bench.desk("zong"), tmp_path, name) as (app, pilot):
        await press(pilot, "ctrl+b", "right", "right")
        assert board_of(app).grid.cursor == "overdue"
        await press(pilot, "enter")
        assert (queue_of(app).feed.queue, len(queue_of(app).table.source)) == ("overdue", 2)
        await press(pilot, "escape")
        assert board_of(app).grid.cursor == "overdue"
        await press(pilot, "down", "f5", "pagedown", "end", "home")
        assert board_of(app).grid.cursor == "open"
        await press(pilot, "escape")
        assert queue_of(app).panes.top is None


async def test_another_queue_leaves_the_list_for_good(bench: Bench, tmp_path: Path) -> None:
    busy(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "B", "right", "right", "enter", "2")
        assert (queue_of(app).panes.top, queue_of(app).feed.queue) == (None, "mine")
        await press(pilot, "f", "text:三", "enter", "escape")
        assert queue_of(app).panes.top is None, "what was looked for later leads back to the queue"


async def test_the_key_that_leaves_goes_back_to_the_board_too(bench: Bench, tmp_path: Path) -> None:
    busy(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "B", "right", "right", "enter")
        assert "The cases of the figure; Esc goes back to the board." in picture(app)
        await press(pilot, "q")
        assert board_of(app).grid.cursor == "overdue"
        await press(pilot, "q")
        assert queue_of(app).panes.top is None
        assert app.return_code is None


async def test_haste_opens_one_list_and_loses_no_way_back(bench: Bench, tmp_path: Path) -> None:
    busy(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        burst(app, "B", "B", "right", "right", "enter")
        await settled(pilot)
        assert (queue_of(app).panes.top, queue_of(app).feed.queue) == (None, "overdue")
        await press(pilot, "escape")
        assert board_of(app).grid.cursor == "overdue"
        burst(app, "escape", "escape")
        await settled(pilot)
        assert app.return_code is None
        assert queue_of(app).panes.top is None


async def test_what_another_window_does_shows_by_itself_without_counting_anew(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "B")
        figures = dict(board_of(app).figures)
        counts = []
        count = board_state.count
        monkeypatch.setattr(board_state, "count", lambda *a, **k: counts.append(a) or count(*a, **k))
        other = bench.record("yun", site="云栖花园", text="七")
        await noticed(app, pilot)
        await settled(pilot)
        after = board_of(app).figures
        assert after["open"].count == figures["open"].count + 1
        assert after["by_site.云栖花园.unsolved"].count == figures["by_site.云栖花园.unsolved"].count + 1
        bench.act(other, "close", "yun", outcome="好了")
        await noticed(app, pilot)
        await settled(pilot)
        assert board_of(app).figures["opinions"].count == figures["opinions"].count + 1
        assert counts == []
        await press(pilot, "ctrl+r")
        assert len(counts) == 1, "the control"


async def test_a_minute_makes_late_what_falls_due_in_it(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    bench.clock.at = NOON - timedelta(hours=2, minutes=30)
    held(bench, "mei")
    bench.clock.at = NOON + timedelta(minutes=29)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "B")
        assert board_of(app).figures["overdue"].count == 0
        bench.clock.pass_(minutes=2)
        queue_of(app).tick(new_minute=True)
        await noticed(app, pilot)
        await settled(pilot)
        assert board_of(app).figures["overdue"].count == 1
        assert board_of(app).grid.cursor == "open"


async def test_the_cursor_stays_on_its_figure_while_lines_come_before_it(
    bench: Bench, tmp_path: Path
) -> None:
    busy(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "B")
        await to(app, pilot, "by_person.mei.unsolved")
        bench.clock.at = NOON + timedelta(minutes=1)
        for n in range(5):
            held(bench, "bo", text=f"又{n}")
        await noticed(app, pilot)
        await settled(pilot)
        assert board_of(app).grid.cursor == "by_person.mei.unsolved"


async def test_an_empty_house_says_what_to_do(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path, SMALL) as (app, pilot):
        await press(pilot, "B", "enter", "right", "j")
        assert "Nothing is open, and nobody waits. r records a case." in " ".join(picture(app).split())
        await press(pilot, "n")
        assert "A figure stands here, not one case" in picture(app)


@pytest.mark.parametrize("key", ["r", ",", ":", "/", "f", "d", "?", "1"])
async def test_every_way_off_the_board_and_back(bench: Bench, tmp_path: Path, key: str) -> None:
    busy(bench)
    for size in (SMALL, USUAL, (200, 60)):
        async with opened(bench.desk("zong"), tmp_path, size) as (app, pilot):
            app.shown = wire = Wire(app)
            app.on_redraw()
            await press(pilot, "B", key)
            await press(pilot, "escape", "escape", "B")
            assert board_of(app).grid.size.height > 5
            assert wire.terminal.looks() == wire.painted_whole().looks()


async def test_a_commit_sends_the_lines_that_changed_and_an_idle_board_nothing(
    bench: Bench, tmp_path: Path
) -> None:
    busy(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        app.shown = wire = Wire(app)
        app.on_redraw()
        await press(pilot, "B")
        assert "Due by hour" in picture(app)
        wire.bytes = 0
        for _beat in range(8):  # four seconds
            app.beat()
            await settled(pilot)
        assert wire.bytes <= IDLE * 4
        wire.bytes = 0
        bench.record("yun", site="云栖花园", text="七")
        await noticed(app, pilot)
        await settled(pilot)
        assert 0 < wire.bytes < 1_000
        assert wire.terminal.looks() == wire.painted_whole().looks()
        wire.bytes = 0
        await press(pilot, "right")
        assert wire.bytes < 600
        wire.bytes = 0
        app.on_redraw()
        await settled(pilot)
        assert wire.bytes > 1_000, "the control: the whole picture costs more"


async def test_nothing_is_read_on_the_event_loop(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    busy(bench)
    loops: list[str] = []
    real = Db.all

    def seen(self: Db, *given: Any) -> Any:
        if threading.current_thread() is threading.main_thread() and watching:
            loops.append(given[0])
        return real(self, *given)

    watching: list[int] = []
    monkeypatch.setattr(Db, "all", seen)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (_app, pilot):
        watching.append(1)
        await press(pilot, "B", "right", "enter", "escape")
        watching.clear()
    assert loops == []


@pytest.mark.parametrize("width", [38, 58, 78, 118, 198])
@pytest.mark.parametrize("many", [1, 99, 100, 12_345, 1_000_000])
def test_figures_of_any_size_fit_and_stand_in_full(bench: Bench, width: int, many: int) -> None:
    busy(bench)
    desk = bench.desk("zong")
    with bench.store.reading() as db:
        counted = board_state.count(desk, db, Asked(), standing=False)
        rules = desk.rules_in(db)
    cells = {cell: n * many for cell, n in counted.cells.items()}
    board = report.of(replace(counted, cells=cells), rules.organisation, rules.zone)
    shown, figures = board_text.rows(board, width), board.figures()
    for row in shown:
        assert width_of(row.text) <= width, row.text
        for spot in row.spots:
            at = figure_grid._at(row.text, spot.x)
            assert row.text[at : at + spot.cells] == str(figures[spot.id].count)
    seen = {spot.id for row in shown for spot in row.spots}
    assert seen >= {name for name, figure in figures.items() if figure.count}
