"""Recording: level, clocks and earlier cases come about while somebody types; nothing typed is lost."""

from pathlib import Path

from desks import Bench

from tests.screens.support import USUAL, last_event, opened, picture, press, queue_of, settled


async def _typed(pilot, field: str, text: str) -> None:  # type: ignore[no-untyped-def]
    form = queue_of(pilot.app).panes.form
    control = next(row for row in form.rows if row.field.name == field).control
    control.focus()
    await pilot.press(*text)
    await pilot.pause(0.35)  # the pause in typing after which the form is looked at
    await settled(pilot)


async def test_the_level_and_its_reason_appear_while_typing(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r")
        await _typed(pilot, "people", "12")
        shown = picture(app)
        assert "Major  hot" in shown
        assert "12 people complain together" in shown
        assert "2026-11-21 15:00" in shown, "the response clock: three hours from now"


async def test_earlier_cases_of_the_phone_are_found_and_take_what_was_said(
    bench: Bench, tmp_path: Path
) -> None:
    case = bench.record(phone="13812345678", text="去年就漏过")
    bench.record(phone="13900000000")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r")
        await _typed(pilot, "text", "又漏了")
        await _typed(pilot, "phone", "138 1234 5678")
        shown = picture(app)
        assert case.number in shown
        assert "去年就漏过" in shown
        await press(pilot, "shift+f2", "enter", "ctrl+o")
    stored = last_event(bench.desk(), case)
    assert (stored.act, stored.data["text"]) == ("heard", "又漏了")
    assert not list(tmp_path.glob("*.json")), "both drafts are gone once it is stored"


async def test_a_draft_comes_back_with_the_form(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "r")
        await _typed(pilot, "text", "说了一半")
        await _typed(pilot, "kind", "2")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "f5")
        form = queue_of(app).panes.form
        assert form is not None
        assert (form.typed["text"], form.typed["kind"]) == ("说了一半", "repair")


async def test_drafts_belong_to_one_person_and_are_readable_by_nobody_else(
    bench: Bench, tmp_path: Path
) -> None:
    async with opened(bench.desk(), tmp_path / "d") as (_app, pilot):
        await press(pilot, "r")
        await _typed(pilot, "text", "我的")
    kept = list((tmp_path / "d").iterdir())
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600]
    async with opened(bench.desk("li"), tmp_path / "d") as (app, pilot):
        await press(pilot, "r", "f5")
        form = queue_of(app).panes.form
        assert form is not None
        assert "text" not in form.typed


async def test_a_record_that_was_never_saved_is_announced_when_the_program_opens(
    bench: Bench, tmp_path: Path
) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        assert "not saved" not in picture(app)
        await press(pilot, "r", "tab", "text:漏水")
        await pilot.pause(0.6)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        assert "not saved is waiting; r F5 bring it back" in picture(app)


async def test_a_second_complaint_is_shown_and_one_key_takes_it_off(bench: Bench, tmp_path: Path) -> None:
    first = bench.record(phone="13812345678", category="repair-service", close=True, outcome="好了")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab", "text:又漏了")
        await _typed(pilot, "phone", "13812345678")
        await _typed(pilot, "category", "6")
        assert f"repeat of {first.number}" in picture(app)
        assert "a second complaint" in picture(app)
        await press(pilot, "f6")
        assert "one after all" in picture(app)
        await press(pilot, "ctrl+o")
        alone = queue_of(app).table.source.row(queue_of(app).table.cursor)
    assert alone is not None
    assert not alone.repeat


async def test_a_second_complaint_is_stored_as_it_was_shown(bench: Bench, tmp_path: Path) -> None:
    first = bench.record(phone="13812345678", category="repair-service", close=True, outcome="好了")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab", "text:又漏了")
        await _typed(pilot, "phone", "13812345678")
        await _typed(pilot, "category", "6")
        await press(pilot, "f6", "f6", "ctrl+o")
        row = queue_of(app).table.source.row(queue_of(app).table.cursor)
    assert row is not None
    assert bench.desk().case(row.case_id).repeat_of == first.number


async def test_an_open_case_of_the_same_matter_is_offered_to_be_joined(bench: Bench, tmp_path: Path) -> None:
    first = bench.record(phone="13812345678", category="repair-service")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab", "text:又漏了")
        await _typed(pilot, "phone", "13812345678")
        await _typed(pilot, "category", "6")
        assert f"{first.number} of the same customer and category is open" in picture(app)


async def test_of_many_earlier_cases_the_one_under_the_cursor_is_in_sight(
    bench: Bench, tmp_path: Path
) -> None:
    made = [bench.record(phone="13800138000", text=f"matter {n}") for n in range(6)]
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r")
        await _typed(pilot, "phone", "13800138000")
        await press(pilot, "shift+f2", *["down"] * 4)
        assert len(queue_of(app).query_one("#earlier").rows) == len(made) - 1, "five at most"
        here = [row for row in picture(app).splitlines() if row.startswith("> ")]
        assert len(here) == 1
        assert queue_of(app).query_one("#earlier").rows[4].number in here[0]
