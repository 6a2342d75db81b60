"""One key, one act: what a person presses is on disk when the screen says so."""

from pathlib import Path
from typing import Any

import pytest
from desks import Bench

from tests.screens.support import last_event, opened, picture, press, queue_of

TO = "text:张三"
ACTS: list[tuple[str, list[tuple[str, dict[str, Any]]], list[str], dict[str, Any]]] = [
    ("take", [], ["t"], {"to": "mei"}),
    ("acknowledge", [], ["a"], {}),
    ("heard", [], ["h", "text:又来电", "ctrl+o"], {"text": "又来电"}),
    ("reply", [], ["e", "text:已派人", "ctrl+o"], {"text": "已派人"}),
    ("propose", [], ["o", "text:换新窗", "f12"], {"text": "换新窗"}),
    ("note", [], ["n", "text:看过现场", "ctrl+o"], {"text": "看过现场"}),
    ("promise", [], ["p", "text:明早到", "tab", "text:+1d", "enter"], {"id": 1, "text": "明早到"}),
    ("assign", [], ["s", TO, "ctrl+o"], {"to": "张三"}),
    ("pause", [], ["w", "text:等配件", "down", "text:3", "down", "text:+2d", "enter"], {"for": "parts"}),
    ("resume", [("pause", {"reason": "x", "for": "parts", "until": "+2d"})], ["W"], {}),
    ("regrade", [], ["l", "text:1", "tab", "text:上了电视", "ctrl+o"], {"severity": 1, "reason": "上了电视"}),
    (
        "close",
        [],
        ["c", "text:已修好", "ctrl+o"],
        {"outcome": "已修好", "resolution": "full", "accepted": "unknown"},
    ),
    (
        "callback",
        [("close", {"outcome": "好了"})],
        ["b", "1", "tab", "text:5", "ctrl+o"],
        {"reached": True, "csi": 5},
    ),
    ("reopen", [("close", {"outcome": "好了"})], ["R", "text:又漏了", "ctrl+o"], {"reason": "又漏了"}),
    ("keep", [("promise", {"text": "x", "due": "+1d"})], ["K", "ctrl+o"], {"id": 1, "broken": False}),
    ("undo", [("note", {"text": "x"})], ["u"], {"act": "note"}),
]


@pytest.mark.parametrize(("act", "before", "keys", "data"), ACTS, ids=[row[0] for row in ACTS])
async def test_a_key_and_what_it_asks_for_end_on_the_timeline(
    act: str,
    before: list[tuple[str, dict[str, Any]]],
    keys: list[str],
    data: dict[str, Any],
    bench: Bench,
    tmp_path: Path,
) -> None:
    case = bench.record()
    for action, given in before:
        bench.act(case, action, **given)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, *keys)
        assert case.number in picture(app)
    stored = last_event(bench.desk(), case)
    assert stored.act == act
    assert {name: stored.data.get(name) for name in data} == data


async def test_record_needs_only_the_words_and_lands_under_the_cursor(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab", "text:漏水", "tab", "tab", "text:王芳", "ctrl+o")
        row = queue_of(app).table.source.row(queue_of(app).table.cursor)
        assert row is not None
        assert (row.customer, row.gist) == ("王芳", "漏水")
    assert not list(tmp_path.glob("*.json")), "the draft goes once the case is stored"


async def test_an_outcome_on_the_form_closes_the_new_case_at_once(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab", "text:问路")
        form = queue_of(app).panes.form
        assert form is not None
        next(row for row in form.rows if row.field.name == "outcome").control.focus()
        await press(pilot, "text:已告知", "ctrl+o")
        row = queue_of(app).table.source.row(queue_of(app).table.cursor)
        assert row is not None
        assert row.status == "closed"


async def test_a_refusal_is_a_sentence_and_nothing_is_stored(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    bench.act(case, "take", "li")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "t")
        assert "li" in picture(app).splitlines()[-1]
    assert last_event(bench.desk(), case).by == "li"


async def test_a_wrong_value_is_said_beside_its_field_and_nothing_typed_is_lost(
    bench: Bench, tmp_path: Path
) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "p", "text:明早到", "tab", "text:20261121", "ctrl+o")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed == {"text": "明早到", "due": "20261121"}
        assert form.rows[1].control.has_focus
        assert "! " in str(form.rows[1].note.content)


async def test_a_form_says_what_is_missing_and_goes_there(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "c", "tab", "ctrl+o")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.rows[0].control.has_focus
        assert "needed" in picture(app)
    assert last_event(bench.desk(), case).act == "record"


async def test_a_time_is_echoed_as_the_absolute_time_while_it_is_typed(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "p", "tab", "text:+1d")
        assert "= Sun 2026-11-22 12:00" in picture(app)


async def test_keys_pressed_while_a_form_opens_are_typed_into_it(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await pilot.press("c", "c", "c")
        await press(pilot)
        assert queue_of(app).panes.form is not None
    assert last_event(bench.desk(), case).act == "record"


async def test_escape_keeps_a_draft_that_the_same_key_brings_back(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "n", "text:写了一半", "escape")
        assert queue_of(app).panes.form is None
        await press(pilot, "n")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed == {"text": "写了一半"}
        await press(pilot, "escape")  # looked at and left as it was
        assert queue_of(app).drafts.load(f"{case.case_id}:note") == {"text": "写了一半"}


async def test_a_store_open_for_reading_refuses_every_act(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    bench.store.read_only = True
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "t")
        assert "reading only" in picture(app)
    assert last_event(bench.desk(), case).act == "record"


async def test_showing_the_phone_goes_on_record(bench: Bench, tmp_path: Path) -> None:
    case = bench.record(phone="13812345678")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        assert "13812345678" not in picture(app)
        await press(pilot, "v")
        assert "13812345678" in picture(app)
    assert last_event(bench.desk(), case).act == "reveal"


@pytest.mark.parametrize(("seconds_past_a_day", "newest"), [(0, "undo"), (1, "note")])
async def test_undo_asks_nothing_and_a_day_later_it_says_that_the_act_stays(
    bench: Bench, tmp_path: Path, seconds_past_a_day: int, newest: str
) -> None:
    case = bench.record()
    bench.act(case, "note", text="x")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        bench.clock.pass_(hours=24, seconds=seconds_past_a_day)
        await press(pilot, "u")
        assert ("more than 24 hours ago" in picture(app)) is (newest == "note")
    assert last_event(bench.desk(), case).act == newest


async def test_undo_takes_back_the_last_act_although_its_case_has_left_the_queue(
    bench: Bench, tmp_path: Path
) -> None:
    first, second = bench.record(close=True, outcome="x"), bench.record(close=True, outcome="x")
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "5", "b", "1", "ctrl+o", "u")
    assert last_event(bench.desk(), first).act == "undo"
    assert bench.now(first).status == bench.now(second).status == "closed"
    assert last_event(bench.desk(), second).act == "close"
