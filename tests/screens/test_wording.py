"""What a person with a customer on the line has to see: all that can be chosen, whole names, true footers."""

from pathlib import Path

import pytest
from desks import Bench

from screens.ask.echo import echo
from screens.queue.columns import shortened
from tests.screens.support import SMALL, USUAL, WIDE, opened, picture, press, queue_of
from workbench import actions, words


async def go_to_field(app, pilot, name: str) -> None:  # type: ignore[no-untyped-def]
    form = queue_of(app).panes.form
    at = next(i for i, row in enumerate(form.rows) if row.field.name == name)
    await press(pilot, *["tab"] * sum(not form.passes(row) for row in form.rows[1 : at + 1]))


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_a_choice_shows_every_option_while_the_keys_go_there(
    size: tuple[int, int], bench: Bench, tmp_path: Path
) -> None:
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "r")
        await go_to_field(app, pilot, "category")
        shown = picture(app)
        for option in ("1 Construction quality", "5 Staff conduct", "[9 Other]"):
            assert option in shown
        await press(pilot, "tab")
        assert "1 Construction quality" not in picture(app), "it takes one line again"


async def test_a_choice_that_would_fill_a_small_screen_stays_on_its_line(
    bench: Bench, tmp_path: Path
) -> None:
    async with opened(bench.desk(), tmp_path, SMALL) as (app, pilot):
        await press(pilot, "r")
        await go_to_field(app, pilot, "category")
        assert "[9 Other]" in picture(app)
        await press(pilot, "1")
        assert "[1 Construction quality]" in picture(app)


async def test_what_was_said_makes_way_for_what_is_asked(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "t")
        assert "(u undoes it)" in picture(app)
        await press(pilot, "p")
        assert "(u undoes it)" not in picture(app)


async def test_a_warning_goes_with_the_next_key(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "K")
        assert "has no open promise" in picture(app)
        await press(pilot, "j")
        assert "has no open promise" not in picture(app)


async def test_the_footer_of_a_filter_offers_neither_saving_nor_a_draft(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "/")
        footer = picture(app).splitlines()[-2]
        assert "Enter narrow" in footer
        assert "Esc back" in footer
        assert "save" not in footer


async def test_a_filter_begins_at_its_most_urgent_case(bench: Bench, tmp_path: Path) -> None:
    for at in range(5):
        bench.record(text=f"漏水 {at}", customer="王" if at % 2 else "李")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "G", "/", "text:漏水", "enter")
        assert queue_of(app).table.cursor == 0


async def test_a_level_is_chosen_by_its_name_and_starts_at_the_present_one(
    bench: Bench, tmp_path: Path
) -> None:
    bench.record(impact="looks")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "l")
        assert "1 Major  2 Serious [3 Minor] 4 General" in picture(app)


async def test_help_is_cut_nowhere(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "?")
        shown = []
        for _ in range(5):
            await press(pilot, *["j"] * 4)
            shown.append(" ".join(picture(app).split()))
        said = "Tell the customer the proposed solution; stops the response and the proposal clock."
        assert any(said in each for each in shown)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-24", "= Tue 2026-11-24 24:00"),
        ("tomorrow", "= Sun 2026-11-22 24:00"),
        ("2026-11-24 00:00", "= Tue 2026-11-24 00:00"),
        ("2026-11-24 23:59", "= Tue 2026-11-24 23:59"),
    ],
)
def test_a_day_alone_is_said_to_end_on_that_day(typed: str, said: str, bench: Bench) -> None:
    due = next(field for field in actions.of("promise").fields if field.name == "due")
    desk = bench.desk()
    assert echo(due, typed, desk.now(), desk.rules().policy)[0] == said


@pytest.mark.parametrize(
    ("name", "width", "shown"),
    [("王芳", 6, "王芳"), ("欧阳明月", 6, "欧阳~"), ("Wang Xiulan", 8, "Wang Xi~"), ("王", 1, "~")],
)
def test_half_a_name_is_never_shown_as_a_whole_one(name: str, width: int, shown: str) -> None:
    assert shortened(name, width) == shown


async def test_no_english_is_left_beside_a_chinese_form(bench: Bench, tmp_path: Path) -> None:
    words.use("zh")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r")
        shown = picture(app)
        assert "还剩 03:00" in shown
        assert "左右键 选择" in shown
        assert not any(word in shown for word in (" in ", "Left", "Right"))
