"""What holds for every pane in place of the list: the way back, its help, and keys that belong elsewhere."""

from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, office
from textual.content import Content

from screens.app import WorkbenchApp
from screens.help_page import HelpPage
from tests.screens.support import SMALL, USUAL, noticed, opened, picture, press, queue_of


def seen_in_body(app: WorkbenchApp) -> list[str | None]:
    """Return what stands in the large place of the frame, and is seen."""
    return [part.id for part in app.screen.query_one("#body").children if part.display]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_LANG", "en")


@pytest.mark.parametrize("keys", [["d"], ["d", "H"], ["enter"], [",", "R"]])
async def test_the_help_leads_back_to_where_it_was_opened(
    keys: list[str], bench: Bench, tmp_path: Path
) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, *keys)
        panes = queue_of(app).panes
        pane = panes.top
        for leave in ("escape", "q", "f1"):
            await press(pilot, "f1")
            assert isinstance(panes.top, HelpPage)
            await press(pilot, leave)
            assert panes.top is pane
            assert pane is not None
            assert pane.display
        await press(pilot, "escape")
        assert panes.top is None
        assert seen_in_body(app) == ["work"]


async def test_the_help_begins_with_the_keys_of_the_pane(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "d", "f1")
        first = [line for line in picture(app).splitlines() if line.startswith(" At the ")]
        assert "At the desk of decisions" in first[0]
        await press(pilot, "2")
        assert queue_of(app).panes.top is None
        assert seen_in_body(app) == ["work"]


async def test_no_key_acts_on_a_case_behind_the_help(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "f1", "t")
        assert "leaves the help first" in picture(app)
        assert "Take" not in picture(app).splitlines()[-2]
    assert bench.desk().case(case.case_id).handler is None


async def test_a_key_that_is_about_the_queue_itself_says_so_in_a_pane(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "d", "X")
        assert "This key is one of the list; Esc goes back there." in picture(app)


async def test_the_titles_stand_above_their_columns_after_a_pane(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        before = picture(app).splitlines()[2]
        await press(pilot, "d")
        bench.record()
        await noticed(app, pilot)
        await press(pilot, "f5", "escape")
        assert picture(app).splitlines()[2] == before
        await press(pilot, "d")
        await pilot.resize_terminal(*SMALL)
        await press(pilot, "escape")
        titles = picture(app).splitlines()[2]
        assert "Gist" in titles
        assert "Customer" not in titles


async def test_half_a_name_says_who_is_meant(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    held(bench)
    async with opened(bench.desk("mei"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "s")
        assert "bo, " in picture(app), "colleagues stand under an empty line"
        await press(pilot, "text:b")
        assert "Right completes: " in picture(app)
        await press(pilot, "right")
        assert "Right completes: " not in picture(app)


@pytest.mark.parametrize(
    ("keys", "out"), [(["d"], "Esc back"), (["d", "H"], "Esc back"), (["enter"], "q back")]
)
async def test_the_way_out_is_in_sight_on_a_small_screen(
    keys: list[str], out: str, bench: Bench, tmp_path: Path
) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, SMALL) as (app, pilot):
        await press(pilot, *keys)
        assert out in picture(app).splitlines()[-2]


async def test_the_help_is_laid_out_once_for_a_size(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the longest page: to wrap it twice kept whoever pressed the key waiting twice as long."""
    shown, real = [], HelpPage.show

    def show(page: HelpPage, *parts: Content) -> None:
        shown.append(page.text_width)
        real(page, *parts)

    wrapped, real_wrap = [], HelpPage._lay_out

    def lay_out(page: HelpPage) -> None:
        wrapped.append(page.text_width)
        real_wrap(page)

    monkeypatch.setattr(HelpPage, "show", show)
    monkeypatch.setattr(HelpPage, "_lay_out", lay_out)
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "?")
        assert "Record a case" in picture(app)
        assert len(shown) == len(wrapped) == 1
