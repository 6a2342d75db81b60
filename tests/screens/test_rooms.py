"""No room is too small to keep what was typed, and a double press does not leave the program."""

import pytest
from support import USUAL, opened, picture, press, queue_of, settled

from screens import commands

TOO_SMALL = "This terminal is too small"


@pytest.mark.parametrize("size", [(39, 24), (80, 9), (20, 5)])
async def test_a_terminal_that_is_too_small_says_so_and_keeps_what_is_typed(bench, tmp_path, size):
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "tab", "text:漏水")
        assert TOO_SMALL not in picture(app)
        await pilot.resize_terminal(*size)
        await settled(pilot)
        assert "too small" in " ".join(picture(app).split())
        await press(pilot, "text:三天")
        await pilot.resize_terminal(*USUAL)
        await settled(pilot)
        assert TOO_SMALL not in picture(app)
        assert "漏水三天" in picture(app)


async def test_at_forty_by_ten_there_is_room(bench, tmp_path):
    case = bench.record()
    async with opened(bench.desk(), tmp_path, (40, 10)) as (app, pilot):
        assert TOO_SMALL not in picture(app)
        assert case.number in picture(app)
        await press(pilot, "r")
        assert "Ctrl+O" in picture(app)


async def test_a_double_press_of_back_closes_the_case_and_stays(bench, tmp_path, monkeypatch):
    bench.record()
    now = [100.0]
    monkeypatch.setattr(commands, "monotonic", lambda: now[0])
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "enter", "q", "q")
        assert app.is_running
        assert "once more leaves" in queue_of(app).said
        await press(pilot, "q")
        assert not app.is_running


async def test_later_one_press_is_enough(bench, tmp_path, monkeypatch):
    bench.record()
    now = [100.0]
    monkeypatch.setattr(commands, "monotonic", lambda: now[0])
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "enter", "q")
        now[0] += commands.ECHO_SECONDS
        await press(pilot, "q")
        assert not app.is_running


async def test_a_pane_in_place_of_the_list_has_the_case_drawn_nowhere(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "tab", "text:lift is stuck", "ctrl+o", "r", "tab")
        await pilot.resize_terminal(90, 26)
        await press(pilot, "text:and again")
        queue_of(app).fit()
        await settled(pilot)
        assert app.is_running
