"""While somebody writes to a customer: words to avoid are marked, templates written out, promises asked for."""

from pathlib import Path

import pytest
from desks import Bench
from rich.style import Style
from textual.events import Key, Paste

from screens.ask.controls import TextControl
from screens.ask.field_row import FieldRow
from screens.ask.form import Form
from screens.ask.marking import MARKED, Speech, SpokenControl
from tests.screens.support import SMALL, WIDE, last_event, opened, picture, press, queue_of, settled

POLICY = """
[phrases.trifle]
says = ["小事", "trifle"]
patterns = []
instead = { zh = "我明白", en = "I see that this troubles you" }
[phrases.surely]
says = ["保证"]
patterns = []
instead = { zh = "说做得到的", en = "say what can be kept" }
promises = true
[templates.thanks]
zh = "{customer}您好，工单 {number}。"
en = "Dear {customer}, case {number}."
[templates.thaw]
zh = "{site}"
en = "{site}"
"""


@pytest.fixture(autouse=True)
def _at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the key that saved mean something again at once: whoever types here takes their time."""
    monkeypatch.setattr("screens.gate.MOMENT_SECONDS", 0.0)


@pytest.fixture
def shop(bench_with) -> Bench:  # type: ignore[no-untyped-def]
    return bench_with(POLICY)


def row_of(app, name: str = "text") -> FieldRow:  # type: ignore[no-untyped-def]
    form = queue_of(app).panes.form
    assert isinstance(form, Form)
    return next(row for row in form.rows if row.field.name == name)


def marked(app, control: TextControl) -> str:  # type: ignore[no-untyped-def]
    """Return what is drawn reversed within a control, line by line, the cursor left out."""
    shown = []
    for y in range(control.size.height):
        segments = control.render_line(y)
        shown.append("".join(s.text for s in segments if s.style and s.style.reverse and s.style.underline))
    return "\n".join(shown).strip()


WHERE = [
    ("e", "text", []),
    ("o", "text", []),
    ("p", "text", []),
    ("c", "outcome", []),
    ("b", "text", []),
]


@pytest.mark.parametrize(("key", "field", "_before"), WHERE, ids=[row[0] for row in WHERE])
async def test_what_should_not_be_said_is_marked_with_a_better_way_under_it(
    key: str, field: str, _before: list[str], shop: Bench, tmp_path: Path
) -> None:
    shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, key)
        row = row_of(app, field)
        row.control.focus()
        await press(pilot, "text:这是小事，真的")
        assert isinstance(row.control, SpokenControl)
        assert marked(app, row.control) == "小事"
        assert str(row.note.content) == 'Not "小事". Better: I see that this troubles you'
        await press(pilot, "text:保证")
        assert str(row.note.content) == '"保证" promises too much. Better: say what can be kept (and 1 more)'


async def test_an_inner_note_is_not_judged(shop: Bench, tmp_path: Path) -> None:
    shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "n", "text:小事")
        assert not isinstance(row_of(app).control, SpokenControl)
        assert not row_of(app).note.has_class("-said")


async def test_an_outcome_on_the_form_for_a_new_case_is_marked_too(shop: Bench, tmp_path: Path) -> None:
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r")
        row_of(app, "outcome").control.focus()
        await press(pilot, "text:小事")
        assert marked(app, row_of(app, "outcome").control) == "小事"


async def test_marks_are_seen_without_colours_and_wrap_with_the_text(
    shop: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shop.record()
    async with opened(shop.desk(), tmp_path, SMALL) as (app, pilot):
        await press(pilot, "e", "text:" + "一" * 17 + "小事" * 2)
        control = row_of(app).control
        assert app.no_color
        assert marked(app, control).replace("\n", "") == "小事小事"
    assert Style(reverse=True, underline=True) == MARKED, "told apart from a field, which is underlined only"


async def test_a_phrase_over_two_lines_is_marked_on_both(shop: Bench, tmp_path: Path) -> None:
    shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:小", "enter", "text:事")
        assert marked(app, row_of(app).control) == "小\n事"
        await press(pilot, "backspace")
        assert marked(app, row_of(app).control) == ""


@pytest.mark.parametrize(
    "keys", [["text:;thanks", "tab"], ["text:;thanks", "space"], ["；", "text:thanks", "space"]]
)
async def test_a_key_and_tab_or_space_become_the_template(
    keys: list[str], shop: Bench, tmp_path: Path
) -> None:
    case = shop.record(customer="王[/]芳{number}")
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:您好 ")
        for key in keys:
            if key == "；":
                row_of(app).control.post_message(Key("fullwidth_semicolon", key))
            await press(pilot, *[key] * (key != "；"))
        await press(pilot, "text:!")
        assert row_of(app).control.typed == f"您好 Dear 王[/]芳{{number}}, case {case.number}.!"
        await press(pilot, "ctrl+o")
    assert last_event(shop.desk(), case).data["text"].startswith("您好 Dear 王[/]芳{number},")


async def test_an_unknown_key_stays_and_the_keys_do_what_they_do(shop: Bench, tmp_path: Path) -> None:
    shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:;nobody", "space", "text:a;", "tab")
        assert row_of(app).control.typed == ";nobody a;"
        assert row_of(app, "channel").control.has_focus


async def test_the_wide_blank_of_an_input_method_writes_out_too(shop: Bench, tmp_path: Path) -> None:
    shop.record(site="金色家园")
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:;thaw")
        row_of(app).control.post_message(Key("ideographic_space", "\u3000"))
        await settled(pilot)
        assert row_of(app).control.typed == "金色家园"


async def test_templates_that_fit_are_offered_while_a_key_is_typed(shop: Bench, tmp_path: Path) -> None:
    shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:;tha")
        note = row_of(app).note
        assert "Type on: ;thanks Dear -" in str(note.content)
        assert ";thaw" in str(note.content)
        await press(pilot, "tab")  # half a key is nothing to leave behind in a reply
        assert row_of(app).control.has_focus
        assert row_of(app).control.typed == ";tha"
        await press(pilot, "text:x")
        assert not note.has_class("-said")
        await press(pilot, "backspace", "text:w")
        assert "Tab writes it out: ;thaw -" in str(note.content)
        await press(pilot, "tab")
        assert row_of(app).control.typed == "[…]"


async def test_the_cursor_of_the_terminal_stays_where_the_input_method_needs_it(
    shop: Bench, tmp_path: Path
) -> None:
    shop.record()
    async with opened(shop.desk(), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "e", "text:这是小事")
        control = row_of(app).control
        assert isinstance(control, SpokenControl)
        before = app.cursor_position
        assert before == control.cursor_screen_offset
        drawn = control.render_line(0)
        await press(pilot)  # time passes and nobody types: an input method shows its candidates
        assert app.cursor_position == before
        assert control.render_line(0) is drawn


async def test_a_pasted_letter_is_marked_as_a_typed_one(shop: Bench, tmp_path: Path) -> None:
    shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e")
        app.post_message(Paste("a\nTRIFLE\x1b[0m"))
        await settled(pilot)
        assert marked(app, row_of(app).control) == "TRIFLE"


async def test_a_time_in_a_reply_is_asked_for_as_a_promise(shop: Bench, tmp_path: Path) -> None:
    case = shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:明天下午三点前给您答复。", "ctrl+o")
        assert "Register it as a promise?" in picture(app)
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed == {"text": "明天下午三点前给您答复", "due": "2026-11-22 15:00"}
        await press(pilot, "ctrl+o")
        assert queue_of(app).panes.form is None
    assert last_event(shop.desk(), case).act == "promise"
    assert [each.text for each in shop.now(case).promises] == ["明天下午三点前给您答复"]


async def test_escape_declines_and_leaves_nothing_behind(shop: Bench, tmp_path: Path) -> None:
    case = shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:明天给您答复", "ctrl+o", "escape")
        assert queue_of(app).panes.form is None
        assert queue_of(app).drafts.load(f"{case.case_id}:promise") == {}
    assert last_event(shop.desk(), case).act == "reply"


async def test_several_times_in_one_sentence_are_asked_for_in_turn_and_declining_one_goes_on_to_the_next(
    shop: Bench, tmp_path: Path
) -> None:
    case = shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:周三上午来看周四给方案周五前修好", "ctrl+o")
        assert queue_of(app).panes.form.typed == {"text": "周三上午来看", "due": "2026-11-25 12:00"}  # type: ignore[union-attr]
        await press(pilot, "escape")
        assert queue_of(app).panes.form.typed["due"] == "2026-11-26"  # type: ignore[union-attr]
        await press(pilot, "ctrl+o")
        assert queue_of(app).panes.form.typed["due"] == "2026-11-27"  # type: ignore[union-attr]
        await press(pilot, "ctrl+o")
        assert queue_of(app).panes.form is None
    assert [each.text for each in shop.now(case).promises] == ["周四给方案", "周五前修好"]


async def test_what_was_changed_before_escape_is_kept_as_a_draft(shop: Bench, tmp_path: Path) -> None:
    case = shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:明天给您答复", "ctrl+o", "text:务必", "escape", "p")
        assert "务必" in queue_of(app).panes.form.typed["text"]  # type: ignore[union-attr]
    assert last_event(shop.desk(), case).act == "reply"


async def test_each_time_is_asked_for_in_turn_and_a_registered_one_is_not(
    shop: Bench, tmp_path: Path
) -> None:
    case = shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:明天给您答复", "enter", "text:周五前修好", "ctrl+o")
        await press(pilot, "ctrl+o")
        assert queue_of(app).panes.form.typed["due"] == "2026-11-27"  # type: ignore[union-attr]
        await press(pilot, "ctrl+o")
        await press(pilot, "o", "text:周五前修好", "ctrl+o")
        assert queue_of(app).panes.form is None
    assert len(shop.now(case).promises) == 2


async def test_a_close_that_finishes_the_case_asks_nothing(shop: Bench, tmp_path: Path) -> None:
    shop.record(kind="praise")
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "0", "c", "text:明天给您寄奖状", "ctrl+o")
        assert queue_of(app).panes.form is None


def test_speech_about_a_case_that_is_not_recorded_has_gaps(shop: Bench) -> None:
    speech = Speech(shop.desk(), shop.desk().rules())
    [template] = speech.offered("thanks")
    assert speech.written_out(template) == "Dear […], case […]."


async def test_what_should_not_be_said_is_asked_about_once_and_never_refused(
    shop: Bench, tmp_path: Path
) -> None:
    case = shop.record()
    async with opened(shop.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:这是小事", "ctrl+o")
        assert '"小事" should not be said. Saved once more, it is stored so.' in picture(app)
        assert last_event(shop.desk(), case).act == "record"
        await press(pilot, "text:，小事", "ctrl+o")
        assert last_event(shop.desk(), case).act == "record", "other words are asked about anew"
        await press(pilot, "ctrl+o")
        assert queue_of(app).panes.form is None
    event = last_event(shop.desk(), case)
    assert (event.act, event.data["phrases"]) == ("reply", ["trifle"])
