"""One form, one entry: however often it is saved before it has gone, and however long the store takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from campaign_support import took
from desks import Bench
from textual.events import Key

import keymaps
from screens.drafts import RECORD, Drafts
from screens.gate import MOMENT_SECONDS
from tests.screens.support import burst, last_event, opened, picture, press, queue_of, settled
from tests.screens.test_campaign_pane import entries
from workbench.actions import doing
from workbench.domain.acts import PERSONS
from workbench.domain.errors import StoreError

SAVE = ("ctrl+o", "ctrl+o", "ctrl+o")
FORMS: dict[str, list[str]] = {
    "record": ["r", "tab", "text:电梯停运"],
    "reply": ["e", "text:已派人"],
    "heard": ["h", "text:又来电"],
    "note": ["n", "text:看过现场"],
    "promise": ["p", "text:上门", "tab", "text:+1d"],
    "close": ["c", "text:已修好"],
    "compensate": [",", "m", "text:100", "tab", "text:误工"],
}


def acts(bench: Bench, act: str) -> int:
    """Return how often an act stands on the timelines of all cases."""
    desk = bench.desk()
    with bench.store.reading() as db:
        keys = [row[0] for row in db.all("SELECT case_id FROM cases")]
    return sum(event.act == act for key in keys for event in desk.timeline(key))


@contextmanager
def slow_store(desk: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Let a way of writing wait until the test says go."""
    go, write = Event(), getattr(doing, name)

    def waiting(*given: Any, **named: Any) -> Any:
        assert go.wait(20)
        return write(*given, **named)

    monkeypatch.setattr(doing, name, waiting)
    yield go
    go.set()


@pytest.mark.parametrize("act", FORMS)
async def test_saved_three_times_in_one_go_it_is_stored_once(act: str, bench: Bench, tmp_path: Path) -> None:
    bench.record()
    before = acts(bench, act)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, *FORMS[act])
        assert queue_of(app).panes.form is not None, picture(app)
        burst(app, *SAVE)
        await settled(pilot)
        assert queue_of(app).panes.form is None, picture(app)
    assert acts(bench, act) == before + 1


@pytest.mark.parametrize(("act", "write"), [("record", "record"), ("reply", "do"), ("note", "do")])
async def test_while_the_store_is_busy_the_form_says_so_and_is_stored_once(
    act: str, write: str, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.record()
    before, desk = acts(bench, act), bench.desk()
    async with opened(desk, tmp_path) as (app, pilot):
        await press(pilot, *FORMS[act])
        with slow_store(desk, write, monkeypatch) as go:
            burst(app, "ctrl+o")
            await pilot.pause(0.1)
            assert "Saving ..." in picture(app)
            burst(app, "ctrl+o", "ctrl+o")
            await pilot.pause(0.1)
            assert "Saving ..." in picture(app), "the form stays until it is stored"
            go.set()
        await settled(pilot)
        assert "Saving ..." not in picture(app)
    assert acts(bench, act) == before + 1


async def test_what_is_refused_may_be_saved_again_and_loses_nothing(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "p", "text:上门", "tab", "text:someday", "ctrl+o")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed == {"text": "上门", "due": "someday"}
        await press(pilot, *["backspace"] * len("someday"), "text:+1d", "ctrl+o")
    assert last_event(bench.desk(), case).data["text"] == "上门"


async def test_typed_after_a_refusal_that_nobody_saw_it_is_left_out_and_said(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = bench.desk()

    def busy(*_given: Any, **_more: Any) -> None:
        raise StoreError("busy")

    async with opened(desk, tmp_path) as (app, pilot):
        with monkeypatch.context() as patched:
            patched.setattr(doing, "record", busy)
            burst(app, "r", "tab", "text:一号", "ctrl+o", "r", "tab", "text:二号")
            await settled(pilot)
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed["text"] == "一号", "and nothing of the second case"
        assert "left out, keys: 4" in picture(app)
        await press(pilot, "ctrl+o")
    assert acts(bench, "record") == 1


@pytest.mark.parametrize(("act", "road"), [("record", "record"), ("note", "do"), ("close", "do")])
async def test_a_form_that_is_saved_again_because_the_answer_was_lost_is_stored_once(
    act: str, road: str, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if act != "record":
        bench.record()
    stored = getattr(doing, road)

    def answer_lost(*given: Any, **more: Any) -> None:
        stored(*given, **more)
        raise StoreError("lost")

    async with opened(bench.desk(), tmp_path) as (app, pilot):
        with monkeypatch.context() as patched:
            patched.setattr(doing, road, answer_lost)
            await press(pilot, *FORMS[act], "ctrl+o")
            await settled(pilot)
        assert queue_of(app).panes.form is not None
        await press(pilot, "ctrl+o")
        await settled(pilot)
        assert queue_of(app).panes.form is None
    assert acts(bench, act) == 1


@pytest.mark.parametrize("keymap", ["default", "ime-safe", "cua"])
async def test_the_key_that_saved_means_nothing_else_for_a_moment(
    keymap: str, bench: Bench, tmp_path: Path
) -> None:
    case = bench.record()
    own = keymaps.load(keymap, keymaps.known(PERSONS))
    note, save = own.keys("queue", "note")[-1], own.keys("form", "submit")[0]
    queue = {**own.contexts["queue"], "open": ("enter",), "take": (save,)}  # as one's own may have it
    own = replace(own, contexts={**own.contexts, "queue": queue})
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        app.keys.keymap = own
        await press(pilot, note, "text:看过")
        burst(app, save, save, save)
        await settled(pilot)
        assert last_event(bench.desk(), case).act == "note", "three presses, one wish"
        later = Key(save, None)
        later.time += MOMENT_SECONDS + 0.1
        app.post_message(later)
        await settled(pilot)
    assert last_event(bench.desk(), case).act == "take", "a moment later it is the key of the list"


async def test_the_key_that_saved_does_not_answer_what_comes_of_it(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e", "text:明天上午师傅上门")
        burst(app, *SAVE)
        await settled(pilot)
        assert queue_of(app).panes.form is not None, "a promise is offered"
    assert (acts(bench, "reply"), acts(bench, "promise")) == (1, 0)


@pytest.mark.parametrize("name", keymaps.SHIPPED)
def test_no_key_that_saves_acts_on_a_case(name: str) -> None:
    own = keymaps.load(name, keymaps.known(PERSONS))
    saving = own.keys("form", "submit")
    assert not [key for key in saving if own.action("queue", key) in PERSONS]


async def test_a_draft_that_was_on_its_way_does_not_outlive_the_store(bench: Bench, tmp_path: Path) -> None:
    drafts = Drafts(bench.path, "mei", tmp_path)
    late = drafts.keeping(RECORD, {"text": "漏水"})
    drafts.forget(RECORD)
    late()
    assert drafts.load(RECORD) == {}
    older, newer = drafts.keeping(RECORD, {"text": "漏"}), drafts.keeping(RECORD, {"text": "漏水了"})
    newer()
    older()
    assert drafts.load(RECORD) == {"text": "漏水了"}
    drafts.keeping(RECORD, {"text": "下一个"})()
    assert drafts.load(RECORD) == {"text": "下一个"}, "the next one is kept"


async def test_two_cases_typed_one_after_the_other_in_one_go_are_two(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        burst(
            app,
            "r",
            "tab",
            "text:一号",
            "ctrl+o",
            "r",
            "tab",
            "text:二号",
            "ctrl+o",
            "r",
            "tab",
            "text:三号",
            "ctrl+o",
        )
        await settled(pilot)
    with bench.store.reading() as db:
        texts = [row[0] for row in db.all("SELECT text FROM cases ORDER BY case_id")]
    assert texts == ["一号", "二号", "三号"]


async def test_a_call_and_the_case_that_comes_of_it_are_stored_once_each(
    bench: Bench, tmp_path: Path
) -> None:
    took(bench)
    answers = ("enter", "tab", "text:1", "tab", "tab", "text:2", "tab", "text:阳台漏水")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        burst(app, ":", "text:campaigns", "enter", "enter", *answers, *SAVE)
        await settled(pilot)
        assert len(entries(bench, 1)) == 1
        burst(app, "r", *SAVE)
        await settled(pilot)
    assert acts(bench, "record") == 1
    assert entries(bench, 1)[0].text == "阳台漏水"
