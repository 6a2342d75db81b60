"""What one part of the screen does to another: undo across batch and dialler, lists of the board, a page in haste."""

import asyncio
import time

import pytest

from screens import case_reader
from storage.filters import Condition
from tests.screens.support import burst, last_event, opened, picture, press, queue_of, settled
from tests.screens.test_dial_pane import closed
from workbench.actions import batch
from workbench.domain.errors import StoreBusyError

FIRST, SECOND = "13800138001", "13800138002"


@pytest.fixture(autouse=True)
def _quick_eyes(monkeypatch):
    monkeypatch.setattr("screens.dial_pane.SEEN_SECONDS", 0.0)


def acts_of(bench, case):
    return [event.act for event in bench.desk().timeline(case.case_id)]


def slow(work, seconds):
    def slowly(*given, **more):
        time.sleep(seconds)
        return work(*given, **more)

    return slowly


async def test_a_batch_that_ends_takes_nothing_away_that_is_being_filled_in(bench, tmp_path, monkeypatch):
    cases = [bench.record(text=f"停水 {n}") for n in range(3)]
    monkeypatch.setattr(batch, "take_back", slow(batch.take_back, 0.5))
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk", "n", "text:bulk", "ctrl+o")
        bench.act(cases[1], "take", "bo")
        await pilot.press("u")
        await pilot.press("r")
        await asyncio.sleep(0.2)
        burst(app, "text:13800138009")
        await asyncio.sleep(0.7)
        await settled(pilot)
        assert queue_of(app).asking
        assert queue_of(app).panes.form.typed["phone"] == "13800138009"
        assert "refused" in queue_of(app).said


async def test_words_to_one_customer_are_not_repeated_to_another(bench, tmp_path):
    first = bench.record(customer="王芳", phone=FIRST, people=12)
    others = [bench.record(customer="李雷", phone=SECOND), bench.record(text="x")]
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:;ack", "tab", "ctrl+o", "escape")
        assert "王芳" in last_event(bench.desk(), first).data["text"]
        queue_of(app).table.go_to(others[0].case_id)
        await settled(pilot)
        await press(pilot, "full_stop")
        assert not queue_of(app).panes.form.typed.get("text")
        await press(pilot, "ctrl+o")
    assert [acts_of(bench, case) for case in others] == [["record"], ["record"]]


async def test_undo_at_the_dialler_takes_back_what_came_last(bench, tmp_path):
    cases = [closed(bench, FIRST), closed(bench, SECOND, "李雷")]
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "D", "4", "n", "text:note", "ctrl+o", "u")
    assert sorted(acts_of(bench, case)[-1] for case in cases) == ["callback", "undo"]
    [noted] = [case for case in cases if acts_of(bench, case)[-1] == "undo"]
    assert acts_of(bench, noted)[-2:] == ["note", "undo"]


async def test_an_outcome_is_never_taken_back_for_a_batch_nor_a_batch_for_an_outcome(bench, tmp_path):
    rung = closed(bench, FIRST)
    cases = [bench.record(text=f"停水 {n}") for n in range(2)]
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "asterisk", "n", "text:bulk", "ctrl+o", "D", "4", "escape", "u")
    undone = ["undo" in acts_of(bench, case) for case in cases]
    assert undone.count(True) <= 1, "the case under the cursor, not the batch"
    assert "callback" in acts_of(bench, rung)


async def test_what_came_after_an_outcome_elsewhere_is_not_taken_back_in_its_place(bench, tmp_path):
    case = closed(bench, FIRST)
    closed(bench, SECOND, "李雷")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "D", "4")
        [rung] = [each for each in (case,) if "callback" in acts_of(bench, each)] or [None]
        assert rung is not None
        bench.act(case, "note", text="in another window")
        await press(pilot, "u")
        assert "note" in acts_of(bench, case)[-2:]
        assert "Taken back" not in picture(app)


async def test_undo_pressed_twice_after_a_batch_takes_only_the_batch_back(bench, tmp_path):
    older = bench.act(bench.record(people=12), "note", text="an hour ago")
    cases = [bench.record(text=f"停水 {n}") for n in range(3)]
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        queue = queue_of(app)
        for case in cases:
            queue.marking.marks.turn(case.case_id)
        queue.table.go_to(older.case_id)
        await settled(pilot)
        await press(pilot, "n", "text:bulk", "ctrl+o")
        burst(app, "u", "u")
        await settled(pilot)
    assert "undo" not in acts_of(bench, older)
    assert {acts_of(bench, case)[-1] for case in cases} == {"undo"}


async def test_undo_pressed_twice_takes_nothing_back_on_the_case_to_which_somebody_went(bench, tmp_path):
    case, older = (bench.record(people=people) for people in (12, 3))
    bench.act(older, "note", text="an hour ago")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        queue = queue_of(app)
        queue.table.go_to(case.case_id)
        await settled(pilot)
        await press(pilot, "n", "text:now", "ctrl+o")
        queue.table.go_to(older.case_id)
        queue.table.slid_at = -1e9
        await settled(pilot)
        burst(app, "u", "u")
        await settled(pilot)
        assert "taken back just now" in queue.said
    assert "undo" in acts_of(bench, case)
    assert "undo" not in acts_of(bench, older)


async def test_the_next_case_is_seen_wherever_the_list_was_opened_from(bench, tmp_path):
    for people in (12, 3):
        bench.record(people=people)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "B", "enter", "m")
        queue = queue_of(app)
        assert queue.panes.top is None
        assert bench.desk().case(queue.table.case_id).handler == "mei"


async def test_a_case_that_cannot_be_read_leaves_no_other_on_the_page(bench, tmp_path, monkeypatch):
    cases = [bench.record(text=f"停水 {n}", people=12 - n) for n in range(2)]
    real, busy = case_reader.read, []

    def read(desk, case_id):
        if case_id in busy:
            raise StoreBusyError("busy")
        return real(desk, case_id)

    monkeypatch.setattr(case_reader, "read", read)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "enter")
        busy.append(cases[1].case_id)
        await press(pilot, "right")
        assert queue_of(app).panes.top is None


async def test_a_list_that_no_filter_can_say_is_not_saved_as_a_view(bench, tmp_path):
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        queue = queue_of(app)
        queue.feed.narrow("Approvals to decide", (Condition("number", "~", "A"),), "")
        await settled(pilot)
        await press(pilot, "equals_sign")
        assert "cannot be saved as a view" in queue.said
        assert not queue.asking
