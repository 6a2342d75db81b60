"""Two desks on one store: a stale act is refused with three choices, and nobody's words are lost."""

from pathlib import Path

import pytest
from desks import Bench
from textual.pilot import Pilot

from tests.screens.support import last_event, opened, picture, press, queue_of
from workbench.actions import doing
from workbench.domain.cases import Case


async def _stale_close(pilot: Pilot[int], bench: Bench, case: Case) -> None:
    """Begin to close, let somebody else act, and submit."""
    await press(pilot, "c", "text:已修好")
    bench.act(case, "regrade", "li", level="2", reason="水漫到楼下")
    await press(pilot, "ctrl+o")


async def test_apply_does_mine_on_the_new_state(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await _stale_close(pilot, bench, case)
        assert last_event(bench.desk(), case).act == "regrade"
        await press(pilot, "1")
    stored = last_event(bench.desk(), case)
    assert (stored.act, stored.data["outcome"]) == ("close", "已修好")


async def test_note_keeps_only_what_i_wrote(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await _stale_close(pilot, bench, case)
        await press(pilot, "2")
        assert queue_of(app).panes.form is None
    stored = last_event(bench.desk(), case)
    assert (stored.act, stored.data["text"]) == ("note", "已修好")
    assert bench.now(case).status == "open"


@pytest.mark.parametrize("key", ["3", "escape"])
async def test_reload_changes_nothing_and_keeps_a_draft(key: str, bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await _stale_close(pilot, bench, case)
        await press(pilot, key)
        assert last_event(bench.desk(), case).act == "regrade"
        await press(pilot, "c")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed["outcome"] == "已修好"


async def test_enter_chooses_nothing(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await _stale_close(pilot, bench, case)
        await press(pilot, "enter", "enter", "c")
        assert len(app.screen_stack) == 2
    assert last_event(bench.desk(), case).act == "regrade"


async def test_what_adds_never_conflicts(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "n", "text:来电催过")
        bench.act(case, "note", "li", text="我也写")
        await press(pilot, "ctrl+o")
    assert last_event(bench.desk(), case).data["text"] == "来电催过"


async def test_text_stays_in_the_form_while_the_store_is_busy(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.domain.errors import StoreBusyError

    case = bench.record()
    desk = bench.desk()
    async with opened(desk, tmp_path) as (app, pilot):
        await press(pilot, "n", "text:很长的话")

        def busy(*_given: object, **_more: object) -> Case:
            raise StoreBusyError("The store is busy.")

        with monkeypatch.context() as patched:
            patched.setattr(doing, "do", busy)
            await press(pilot, "ctrl+o")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed == {"text": "很长的话"}
        await press(pilot, "ctrl+o")
    assert last_event(bench.desk(), case).data["text"] == "很长的话"


async def test_a_store_that_cannot_be_read_for_a_while_is_said_and_read_again(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage import queues
    from workbench.domain.errors import StoreError

    case = bench.record()

    def refused(*_given: object) -> None:
        raise StoreError("The disk refused to read.")

    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        with monkeypatch.context() as patched:
            patched.setattr(queues, "rows", refused)
            screen.feed.forget_rows()
            await pilot.pause(0.7)
            await press(pilot)
            assert "The disk refused to read." in picture(app)
        await pilot.pause(0.7)
        await press(pilot)
        assert case.number in picture(app).splitlines()[3]
