"""What a field shows is harmless, and what it gives back is what came: by keys, by paste, into every field."""

from pathlib import Path

import pytest
from desks import Bench
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from screens.ask import veil
from tests.screens.support import last_event, opened, picture, press, queue_of, settled
from workbench.domain.text import safe_text

HOSTILE = [
    "a\x1b[31mb", "a\x1b]52;c;QQ==\x07b", "a\x9b2Jb", "a\x7fb", "a\x85b\u2028c\u2029d\x0be\x0cf\x1cg", "a\u202eb",
    "a\u200bb\ufeffc", "👨\u200d👩\u200d👧", "e" + "\u0301" * 300, "␛ literal", "葛\U000e0100", "\U000e0041\U000f0001",
    "一\u3000二",
]  # fmt: skip


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_what_was_typed_is_given_back_and_what_is_drawn_is_harmless(text: str) -> None:
    held = veil.over(text)
    drawn = veil.draw(held)
    assert veil.off(held) == text
    assert len(drawn) == len(held), "a cursor stands on the sign that it seems to stand on"
    assert safe_text(drawn, newlines=True) == drawn
    assert held.splitlines() == (held.removesuffix("\n").split("\n") if held else []), "no line of its own"


@pytest.mark.parametrize("text", HOSTILE)
async def test_pasted_into_any_field_it_is_stored_as_it_came(text: str, bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab")
        app.post_message(Paste(text))
        await press(pilot, "tab", "tab")
        app.post_message(Paste(text))
        await settled(pilot)
        shown = picture(app)
        assert safe_text(shown, newlines=True) == shown
        await press(pilot, "ctrl+o")
        case_id = queue_of(app).reader.case_id
        assert case_id is not None
        case = bench.desk().case(case_id)
    assert (case.text, case.customer) == (text, text)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
async def test_a_paste_keeps_its_lines_and_one_line_joins_them(
    end: str, bench: Bench, tmp_path: Path
) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab")
        app.post_message(Paste(end.join(("第一行", "第二行", "第三行"))))
        await press(pilot, "tab", "tab")
        app.post_message(Paste(end.join(("王小明", "13912345678", "3-1201", ""))))
        await press(pilot, "ctrl+o")
        case_id = queue_of(app).reader.case_id
        assert case_id is not None
        case = bench.desk().case(case_id)
    assert case.text == "第一行\n第二行\n第三行"
    assert case.customer == "王小明 13912345678 3-1201"


async def test_a_wide_blank_and_a_joiner_that_come_as_keys_are_text(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "n")
        for sign in "一\u3000👨\u200d👩":
            app.post_message(Key(sign, sign))
        await press(pilot, "ctrl+o")
    assert last_event(bench.desk(), case).data["text"] == "一\u3000👨\u200d👩"


async def test_only_what_no_store_can_hold_is_replaced_at_the_door(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "n")
        app.post_message(Paste("a\x00b\x01c"))
        await press(pilot, "ctrl+o")
    assert last_event(bench.desk(), case).data["text"] == "a\ufffdb\x01c"


async def test_what_a_case_holds_goes_through_a_form_unchanged(bench: Bench, tmp_path: Path) -> None:
    case = bench.record(customer="a\x1bb", text="一\x85二")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, ",", "E")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed["customer"] == "a\x1bb"
        assert form.draft == {}, "nobody has touched it"
    assert bench.now(case).customer == "a\x1bb"


async def test_what_is_copied_in_a_field_goes_out_as_it_was_typed_and_comes_back(
    bench: Bench, tmp_path: Path
) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "n")
        app.post_message(Paste("a\x1bb"))
        await settled(pilot)
        control = queue_of(app).panes.form.rows[0].control
        control.select_all()
        control.action_copy()
        assert app._clipboard == "a\x1bb"
        control.action_paste()
        await settled(pilot)
        assert control.typed == "a\x1bb"
