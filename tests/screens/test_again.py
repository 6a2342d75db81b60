"""A word on a closed case asks one thing first: again, only a word, or the opinion; no default."""

from pathlib import Path

import pytest
from desks import Bench

from tests.screens.support import last_event, opened, picture, press, queue_of
from workbench.actions import doing
from workbench.domain.cases import Case


def heard_by_itself(bench: Bench, case: Case) -> None:
    """Let a word come by itself, as an import brings it."""
    given = {"text": "又漏了", "imported_at": "2026-11-21T04:00:00.000000Z"}
    doing.do(bench.desk(), "heard", case.case_id, given)


@pytest.mark.parametrize(
    ("key", "status", "data"),
    [("1", "open", {"again": "yes", "reopened": True}), ("2", "closed", {"again": "no"})],
)
async def test_one_key_says_what_the_word_is(
    bench: Bench, tmp_path: Path, key: str, status: str, data: dict[str, object]
) -> None:
    case = bench.record(close=True, outcome="好了")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "h")
        assert "1  again" in picture(app)
        await press(pilot, "enter", "ctrl+o", "x")
        assert last_event(bench.desk(), case).act == "close", "there is no default"
        await press(pilot, key, "text:又漏了", "ctrl+o")
    stored = last_event(bench.desk(), case)
    assert (stored.act, stored.data["text"], bench.now(case).status) == ("heard", "又漏了", status)
    assert {name: stored.data.get(name) for name in data} == data


async def test_the_opinion_opens_the_callback_form(bench: Bench, tmp_path: Path) -> None:
    case = bench.record(close=True, outcome="好了")
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "h", "3", "tab", "text:5", "ctrl+o")
    stored = last_event(bench.desk(), case)
    assert (stored.act, stored.data["csi"], bench.now(case).status) == ("callback", 5, "done")


async def test_an_open_case_is_not_asked_about(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "h")
        form = queue_of(app).panes.form
        assert form is not None
        assert [row.field.name for row in form.rows] == ["text", "channel", "no_answer"]


async def test_escape_asks_nothing_and_stores_nothing(bench: Bench, tmp_path: Path) -> None:
    case = bench.record(close=True, outcome="好了")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "h", "escape")
        assert queue_of(app).question is None
    assert last_event(bench.desk(), case).act == "close"


async def test_recording_onto_an_earlier_closed_case_asks_the_same(bench: Bench, tmp_path: Path) -> None:
    case = bench.record(phone="13812345678", close=True, outcome="好了")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab", "text:又漏了")
        form = queue_of(app).panes.form
        next(row for row in form.rows if row.field.name == "phone").control.focus()
        await press(pilot, "text:13812345678")
        await pilot.pause(0.4)
        await press(pilot, "shift+f2", "enter")
        assert "又漏了" in picture(app)
        await press(pilot, "1", "ctrl+o")
    stored = last_event(bench.desk(), case)
    assert (stored.act, stored.data["text"], stored.data["reopened"]) == ("heard", "又漏了", True)
    assert bench.now(case).status == "open"
    assert not list(tmp_path.glob("*.json")), "both drafts are gone once it is stored"


async def test_what_came_by_itself_is_decided_from_the_desk_by_one_key(bench: Bench, tmp_path: Path) -> None:
    case = bench.record(close=True, outcome="好了")
    heard_by_itself(bench, case)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "d", "enter")
        assert "又漏了" in picture(app)
        await press(pilot, "1", "ctrl+o")
    stored = last_event(bench.desk(), case)
    assert (stored.act, stored.data["reason"], bench.now(case).status) == ("reopen", "又漏了", "open")
    assert bench.now(case).owed("word") == ()


async def test_only_a_word_that_came_by_itself_is_answered(bench: Bench, tmp_path: Path) -> None:
    case = bench.record(close=True, outcome="好了")
    heard_by_itself(bench, case)
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "d", "enter", "2", "text:道谢而已", "ctrl+o")
    stored = last_event(bench.desk(), case)
    assert (stored.act, stored.data["text"], bench.now(case).status) == ("answer", "道谢而已", "closed")
    assert bench.now(case).owed("word") == ()


async def test_a_word_on_a_merged_case_by_key_stands_on_the_one_that_goes_on(
    bench: Bench, tmp_path: Path
) -> None:
    head = bench.act(bench.record(), "take", "li")
    part = bench.record()
    bench.act(part, "merge", into=head.number)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        queue_of(app).table.go_to(part.case_id)
        await press(pilot, "h", "text:天花板在滴水", "ctrl+o")
        assert "天花板在滴水" in picture(app)
    stored = last_event(bench.desk(), head)
    assert (stored.act, stored.data["from"], stored.data["informed"]) == ("heard", part.number, ["li"])


async def test_the_queue_of_those_who_wait_for_us_is_on_a_key_and_says_since_when(
    bench: Bench, tmp_path: Path
) -> None:
    waits, answered = bench.record(text="第一件"), bench.record(text="第二件")
    for case in (waits, answered):
        bench.act(case, "heard", text="怎么样了")
    bench.act(answered, "reply", text="x")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "9")
        table = queue_of(app).table
        assert (len(table.source), table.case_id) == (1, waits.case_id)
        assert "For us since" in picture(app)
        await press(pilot, "e", "text:明天去", "ctrl+o")
        assert len(queue_of(app).table.source) == 0
    assert bench.now(waits).unanswered_since is None
