"""Handing a shift over: the giver edits next steps and hands all over; the receiver confirms case by case."""

from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, newest, office

from screens.handover_pane import HandoverPane
from screens.pick_list import GUTTER
from screens.present import handover_text
from tests.screens.support import USUAL, WIDE, opened, picture, press, queue_of
from workbench import words
from workbench.actions import doing

OPEN = ("comma", "o")


def shift(bench: Bench) -> list[int]:
    """Let mei hold three cases; return their keys."""
    office(bench)
    cases = [held(bench, text=text, customer=text) for text in ("漏水", "电梯", "路灯")]
    bench.act(cases[0], "reply", "mei", text="明早派人上门")
    return [case.case_id for case in cases]


async def test_the_giver_edits_a_next_step_and_hands_all_over(bench: Bench, tmp_path: Path) -> None:
    keys = shift(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, *OPEN)
        assert "明早派人上门" in picture(app)
        pane = queue_of(app).panes.top
        assert isinstance(pane, HandoverPane)
        edited = pane.row
        await press(pilot, "enter", "text:；先打电话", "ctrl+o")
        assert pane.list.cursor == 1, "Enter goes on to the next case"
        await press(pilot, "H", "text:bo", "ctrl+o")
        assert "3 cases handed over" in picture(app).splitlines()[-1]
        assert picture(app).count("NOT CONFIRMED") >= 4, "each, and how many in all"
    assert edited is not None
    handed = {key: newest(bench.desk().case(key), "handover") for key in keys}
    assert {duty.owner for duty in handed.values()} == {"bo"}
    assert handed[edited.case_id].data["next_step"].endswith("先打电话")
    assert handed[keys[0]].data["told"] == "明早派人上门"


async def test_the_receiver_confirms_each_by_enter_and_what_is_not_confirmed_stays_with_the_giver(
    bench: Bench, tmp_path: Path
) -> None:
    keys = shift(bench)
    for key in keys:
        doing.do(bench.desk("mei"), "handover", key, {"to": "bo"})
    async with opened(bench.desk("bo"), tmp_path) as (app, pilot):
        await press(pilot, *OPEN, "enter", "enter")
        assert picture(app).count("NOT CONFIRMED") == 4, (
            "one line, its detail, and how many in all, above and below"
        )
    handlers = [bench.desk().case(key).handler for key in keys]
    assert sorted(map(str, handlers)) == ["bo", "bo", "mei"]


async def test_the_receiver_refuses_with_a_reason(bench: Bench, tmp_path: Path) -> None:
    keys = shift(bench)
    doing.do(bench.desk("mei"), "handover", keys[0], {"to": "bo"})
    async with opened(bench.desk("bo"), tmp_path) as (_app, pilot):
        await press(pilot, *OPEN, "x", "text:明天休息", "ctrl+o")
    assert newest(bench.desk().case(keys[0]), "handover").state == "refused"


async def test_an_unknown_receiver_is_refused_and_nothing_is_handed_over(
    bench: Bench, tmp_path: Path
) -> None:
    keys = shift(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, *OPEN, "H", "text:nobody", "ctrl+o")
        assert "nobody is not on the staff list" in picture(app)
    assert not [key for key in keys if bench.desk().case(key).owed("handover")]


async def test_next_steps_that_were_edited_outlive_the_screen(bench: Bench, tmp_path: Path) -> None:
    shift(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, *OPEN, "enter", "text:先打电话", "ctrl+o", "escape", *OPEN)
        assert "先打电话" in picture(app)


@pytest.mark.parametrize("size", [USUAL, WIDE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_the_state_is_said_in_words_at_every_size(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    keys = shift(bench)
    doing.do(bench.desk("mei"), "handover", keys[0], {"to": "bo"})
    words.use(language)
    for person in ("mei", "bo"):
        async with opened(bench.desk(person), tmp_path, size) as (app, pilot):
            await press(pilot, *OPEN)
            assert ("未确认" if language == "zh" else "NOT CONFIRMED") in picture(app)


async def test_the_texts_share_the_width_of_the_list_and_not_of_the_screen(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift(bench)
    shared: list[int] = []
    rows = handover_text.rows
    monkeypatch.setattr(
        handover_text, "rows", lambda found, step, width: shared.append(width) or rows(found, step, width)
    )
    async with opened(bench.desk("mei"), tmp_path, (200, 60)) as (app, pilot):
        await press(pilot, *OPEN)
        pane = queue_of(app).panes.top
        assert pane.list.size.width < app.size.width, "the case stands beside it"
        assert shared[-1] == pane.list.size.width - GUTTER
        await pilot.resize_terminal(*USUAL)
        await press(pilot)
        assert shared[-1] == pane.list.size.width - GUTTER
