"""A Chinese input method is on: keys arrive full-width or as text, and must neither be lost nor do harm."""

from pathlib import Path

import pytest
from desks import Bench
from textual.events import Key, Paste

from tests.screens.support import last_event, opened, picture, press, queue_of, settled
from workbench import words


@pytest.mark.parametrize("key", ["t", "ｔ", "f6"])
async def test_a_full_width_letter_and_the_twin_do_what_the_letter_does(
    key: str, bench: Bench, tmp_path: Path
) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        if key.isascii():
            await press(pilot, key)
        else:
            app.post_message(Key(key, key))
            await settled(pilot)
    assert last_event(bench.desk(), case).act == "take"


async def test_composed_text_in_the_queue_says_how_to_switch_the_method_off(
    bench: Bench, tmp_path: Path
) -> None:
    case = bench.record()
    words.use("zh")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        app.post_message(Key("就", "就"))
        await settled(pilot)
        assert "输入法处于中文状态，按 Shift 切换" in picture(app)
    assert last_event(bench.desk(), case).act == "record"


async def test_pasted_text_never_runs_a_key(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        app.post_message(Paste("ttaa"))
        await settled(pilot)
        assert "Pasted" in picture(app)
    assert last_event(bench.desk(), case).act == "record"


async def test_pasted_control_characters_are_pictures_in_a_form_and_stored_as_they_came(
    bench: Bench, tmp_path: Path
) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "n")
        app.post_message(Paste("a\x1b]52;c;QQ==\x07b"))
        await settled(pilot)
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed["text"] == "a\x1b]52;c;QQ==\x07b"
        assert "a␛]52;c;QQ==␇b" in picture(app)
        await press(pilot, "ctrl+o")
    assert last_event(bench.desk(), case).data["text"] == "a\x1b]52;c;QQ==\x07b"


async def test_options_are_chosen_by_number_by_letters_and_by_arrows(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r")
        form = queue_of(app).panes.form
        assert form is not None
        by_name = {row.field.name: row.control for row in form.rows}
        by_name["channel"].focus()
        await press(pilot, "text:12")  # the twelfth, not the second
        assert by_name["channel"].typed == "app"
        await press(pilot, "text:lett")
        assert by_name["channel"].typed == "letter"
        by_name["flag"].focus()
        await press(pilot, "2", "right", "space")
        assert by_name["flag"].typed == "media-risk,lawsuit"
