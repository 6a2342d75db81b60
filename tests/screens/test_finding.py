"""Finding a case wherever it stands, and the line that narrows the queue: counts, faults, earlier lines."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
from desks import Bench

from screens.ask.search_line import SearchLine
from tests.screens.support import opened, picture, press, queue_of


def closed(bench: Bench, **given: str):  # type: ignore[no-untyped-def]
    """Record a case and bring it to its end."""
    case = bench.record(**given)
    bench.act(case, "close", outcome="已修好", resolution="full")
    bench.act(case, "callback", reached="yes", csi="5", text="满意")
    return case


async def until(comes: Callable[[], bool]) -> None:
    """Wait until something is on the screen; what is counted comes at the next pause in typing."""
    end = monotonic() + 60.0
    while not comes():
        assert monotonic() < end
        await asyncio.sleep(0.01)


def line_of(app) -> SearchLine:  # type: ignore[no-untyped-def]
    question = queue_of(app).panel.question
    assert isinstance(question, SearchLine)
    return question


@pytest.mark.parametrize("typed", ["13812345678", "王芳", "wf", "jsjy", "3-502", "天花板 漏水", "{number}"])
async def test_a_done_case_is_found_from_any_queue_and_escape_goes_back(
    typed: str, bench: Bench, tmp_path: Path
) -> None:
    done = closed(
        bench, text="天花板漏水", customer="王芳", phone="13812345678", site="金色家园", unit="3-502"
    )
    bench.record(text="路灯不亮")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        await press(pilot, "3", "f", f"text:{typed.format(number=done.number)}", "enter")
        assert list(screen.table.source.ids) == [done.case_id]
        assert "found: " in picture(app).splitlines()[0]
        await press(pilot, "escape")
        assert (screen.feed.queue, screen.feed.typed, len(screen.table.source)) == ("unassigned", "", 1)


async def test_what_was_found_goes_with_the_key_of_a_queue_and_the_filter_comes_back(
    bench: Bench, tmp_path: Path
) -> None:
    closed(bench, text="漏水")
    bench.record(text="路灯不亮")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        await press(pilot, "/", "text:路灯", "enter", "f", "text:漏水", "enter", "1")
        assert (screen.feed.queue, screen.feed.typed, len(screen.table.source)) == ("next-due", "路灯", 1)


async def test_the_filter_counts_while_it_is_typed_and_says_where_else_something_fits(
    bench: Bench, tmp_path: Path
) -> None:
    closed(bench, text="漏水")
    bench.record(text="路灯不亮")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "/", "text:路灯")
        await until(lambda: "1 here" in picture(app))
        await press(pilot, "ctrl+u", "text:漏水")
        await until(lambda: "none here, 1 in all: key 0" in picture(app))


async def test_what_cannot_be_understood_is_underlined_while_it_is_typed(
    bench: Bench, tmp_path: Path
) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "/", "text:site:A kind:nonsense leak")
        assert line_of(app).control.fault == (7, 20)
        assert "! " in picture(app)
        drawn = [s.text for s in line_of(app).control.render_line(0) if s.style and s.style.underline]
        assert "".join(drawn) == "kind:nonsense"
        await press(pilot, "ctrl+u", "text:kind:")
        assert line_of(app).control.fault is None, "its value is not begun yet"


async def test_the_old_text_is_replaced_by_typing_and_the_arrows_bring_earlier_ones(
    bench: Bench, tmp_path: Path
) -> None:
    bench.record(text="路灯不亮")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        for typed in ("路灯", "漏水"):
            await press(pilot, "/", f"text:{typed}", "enter")
            assert queue_of(app).feed.typed == typed
        await press(pilot, "/", "up")
        assert line_of(app).control.typed == "漏水"
        await press(pilot, "up", "enter")
        assert queue_of(app).feed.typed == "路灯"
