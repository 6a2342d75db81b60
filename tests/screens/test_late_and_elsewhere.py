"""What others do, and what comes late, never puts another case than the one that is meant before anybody."""

import time
from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, office

import screens.case_reader as reading
import screens.record_pane as recording
from keymaps import known, load
from screens.app import WorkbenchApp
from screens.ask.act_form import ActForm
from screens.drafts import Drafts
from screens.keys import Keys
from tests.screens.support import WIDE, burst, noticed, opened, press, queue_of, settled
from tests.screens.test_alarm import HOT, by_another
from workbench.domain import acts

PHONE = "13812345678"
SLOW_SECONDS = 0.5


def card_of(app: WorkbenchApp) -> str:
    return "\n".join(strip.text for strip in queue_of(app).preview.lines)


async def looked_up(pilot) -> None:  # type: ignore[no-untyped-def]
    await pilot.pause(0.4)  # the pause in typing after which the phone is looked up
    await settled(pilot)


async def test_a_form_keeps_the_card_of_its_case_though_that_leaves_the_list(
    bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    held(bench, text="matter AAA")
    held(bench, text="matter BBB")
    async with opened(bench.desk("mei"), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "2")
        queue = queue_of(app)
        meant = bench.desk("mei").case(queue.table.case_id)
        await press(pilot, "n", "text:seen")
        bench.act(meant, "assign", "jin", to="bo", reason="x")
        await noticed(app, pilot)
        assert queue.table.case_id != meant.case_id
        assert isinstance(queue.question, ActForm)
        assert queue.question.attempt.case.case_id == meant.case_id
        assert meant.text in card_of(app)
        await press(pilot, "escape")
        await pilot.pause(reading.PAUSE_SECONDS)
        await settled(pilot)
        assert meant.text not in card_of(app)


async def test_a_case_that_is_read_late_is_not_shown_on_another_line(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(bench)
    held(bench, text="matter AAA")
    held(bench, text="matter BBB")
    real, slow = reading.read, set()

    def read(desk, case_id):  # type: ignore[no-untyped-def]
        if case_id in slow:
            time.sleep(SLOW_SECONDS)
        return real(desk, case_id)

    monkeypatch.setattr(reading, "read", read)
    async with opened(bench.desk("mei"), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "2")
        queue = queue_of(app)
        slow.add(queue.table.case_id)
        queue.panes.read(queue.table.case_id)
        await pilot.pause(0.05)
        queue.panes.pop()
        queue.table.move(1)
        await pilot.pause(2 * SLOW_SECONDS)
        await settled(pilot)
        assert queue.reader.dossier is not None
        assert queue.reader.dossier.case.case_id == queue.table.case_id


async def test_the_earlier_case_that_somebody_went_to_stays_the_one_that_is_meant(
    bench: Bench, tmp_path: Path
) -> None:
    for n in range(3):
        bench.record("mei", phone=PHONE, text=f"matter {n}", unit=f"1-{n}")
    async with opened(bench.desk("mei"), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "r", f"text:{PHONE}")
        await looked_up(pilot)
        pane = queue_of(app).panes.top
        await press(pilot, "up", "down", "down")
        meant = pane.earlier.meant
        bench.record("mei", phone=PHONE, text="one more")
        pane.look()
        await settled(pilot)
        assert len(pane.earlier.rows) == 4
        assert pane.earlier.meant.case_id == meant.case_id


async def test_what_is_typed_just_before_does_not_take_the_join_away(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = bench.record("mei", phone=PHONE, text="matter")
    real = recording.outlook

    def slow(*given):  # type: ignore[no-untyped-def]
        time.sleep(SLOW_SECONDS)
        return real(*given)

    async with opened(bench.desk("mei"), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "r", f"text:{PHONE}")
        await looked_up(pilot)
        monkeypatch.setattr(recording, "outlook", slow)
        await press(pilot, "tab")
        burst(app, "x", "f4")
        await pilot.pause(3 * SLOW_SECONDS)
        await settled(pilot)
        assert isinstance(queue_of(app).question, ActForm)
        assert queue_of(app).question.attempt.case.case_id == case.case_id


async def test_words_that_were_joined_leave_no_draft_though_the_form_was_put_aside(
    bench: Bench, tmp_path: Path
) -> None:
    bench.record("mei", phone=PHONE, text="matter")
    async with opened(bench.desk("mei"), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "r", f"text:{PHONE}", "tab", "text:it leaks again")
        await looked_up(pilot)
        await press(pilot, "f4", "escape", "h")
        queue = queue_of(app)
        assert queue.question.typed["text"] == "it leaks again"
        await press(pilot, "ctrl+o")
        queue.drafts.release()
        assert not queue.drafts.waiting("record")


async def test_the_keys_of_every_keymap_move_the_list_that_is_seen(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    for n in range(5):
        held(bench, text=f"matter {n}")
    desk = bench.desk("mei")
    app = WorkbenchApp(desk, Keys(load("cua", known(acts.PERSONS))), Drafts(desk.store.path, "mei", tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        queue = queue_of(app)
        queue.commands.run("handover")
        await settled(pilot)
        await press(pilot, "ctrl+end")
        assert queue.panes.top.list.cursor == 4
        assert queue.table.cursor == 0


async def test_a_case_that_cannot_wait_is_not_seen_behind_the_form_for_a_new_one(
    bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    async with opened(bench.desk("mei"), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "r")
        by_another(bench, "bo", **HOT)
        await noticed(app, pilot)
        queue = queue_of(app)
        await press(pilot, "text:138", "f6")
        queue.tick(new_minute=True)
        await settled(pilot)
        assert queue.alarm.waiting
