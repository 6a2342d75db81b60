"""A draft belongs to one form of one window; nothing of the last customer stands in the next form."""

import os

import pytest
from support import USUAL, opened, picture, press, queue_of
from textual.geometry import Region

from screens.ask.form import Form
from screens.drafts import RECORD, Drafts


def typed(app):
    return queue_of(app).panes.form.typed


async def test_a_call_interrupts_a_call_and_each_finds_its_own_words(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "tab", "text:甲家漏水", "escape")
        await press(pilot, "r")
        assert typed(app).get("text") is None
        assert "1 not saved: 甲家漏水" in picture(app)
        await press(pilot, "tab", "text:乙家停电", "escape", "r", "tab", "text:丙家吵闹")
        assert "2 not saved: 乙家停电" in picture(app)
        await press(pilot, "ctrl+o")
        await press(pilot, "r", "f5")
        assert typed(app)["text"] == "乙家停电"
        await press(pilot, "f5")
        assert typed(app)["text"] == "甲家漏水"
        await press(pilot, "ctrl+o", "r")
        assert "1 not saved: 乙家停电" in picture(app)
        await press(pilot, "f5", "ctrl+o", "r")
        assert "not saved" not in picture(app)
        await press(pilot, "f5")
        assert "No draft waits" in queue_of(app).said
    with bench.store.reading() as db:
        stored = sorted(
            text for (text,) in db.all("SELECT json_extract(data, '$.text') FROM event WHERE act = 'record'")
        )
    assert stored == sorted(["甲家漏水", "乙家停电", "丙家吵闹"])


async def test_who_fetches_a_draft_goes_on_after_its_last_word(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "text:13800138001", "tab", "text:甲家", "escape", "r", "f5", "text:漏水")
        assert (typed(app)["phone"], typed(app)["text"]) == ("13800138001", "甲家漏水")


async def test_what_is_thrown_away_comes_back_once(bench, tmp_path):
    case = bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "tab", "text:打错了", "f7")
        assert queue_of(app).panes.form is None
        assert "Thrown away" in queue_of(app).said
        await press(pilot, "r")
        assert "not saved" not in picture(app)
        await press(pilot, "f5")
        assert typed(app)["text"] == "打错了"
        await press(pilot, "f7", "n", "text:写给别人的", "f7", "n")
        assert typed(app).get("text") is None
        await press(pilot, "f5")
        assert typed(app)["text"] == "写给别人的"
        await press(pilot, "ctrl+o")
    assert bench.desk().timeline(case.case_id)[-1].data["text"] == "写给别人的"
    assert not list(tmp_path.glob("*.json"))


async def test_an_empty_form_is_thrown_away_without_a_word(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "f7")
        assert queue_of(app).panes.form is None
        assert "Thrown away" not in queue_of(app).said


async def test_what_a_form_says_late_does_not_go_into_the_next_one(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "tab", "text:甲家漏水")
        old = queue_of(app).panes.form
        await press(pilot, "escape", "r")
        old.pane.on_form_edited(Form.Edited(old))
        await press(pilot, "tab", "text:乙家停电", "escape")
        waiting = [draft["text"] for draft in Drafts(bench.path, "mei", tmp_path).waiting(RECORD)]
        assert waiting == ["甲家漏水"], "the newer one is still this window's own"
        queue_of(app).drafts.release()
        waiting = [draft["text"] for draft in Drafts(bench.path, "mei", tmp_path).waiting(RECORD)]
        assert sorted(waiting) == sorted(["甲家漏水", "乙家停电"])


@pytest.fixture
def windows(tmp_path):
    return [Drafts(tmp_path / "s.db", "mei", tmp_path / "d") for _ in range(3)]


def test_two_windows_never_share_a_draft(windows):
    one, two, three = windows
    one.save("7:reply", {"text": "一"})
    assert two.load("7:reply") == {}
    two.save("7:reply", {"text": "二"})
    assert (one.load("7:reply"), two.load("7:reply")) == ({"text": "一"}, {"text": "二"})
    assert three.waiting("7:reply") == []
    one.save("7:reply", {"text": "一一"})
    assert three.load("7:reply") == {}, "a newer file of the same window is held, too"
    one.release()
    assert three.waiting("7:reply") == [{"text": "一一"}]
    assert three.load("7:reply") == {"text": "一一"}
    assert one.load("7:reply") == {}, "whoever asked first has it"


def test_a_window_that_was_killed_leaves_its_draft_to_the_next(windows):
    one, two, _three = windows
    one.save(RECORD, {"text": "说了一半"})
    for descriptor in one._held.values():  # as the system does
        os.close(descriptor)
    assert two.take_next(RECORD) == {"text": "说了一半"}


def test_drafts_are_fetched_in_turn_from_the_newest_to_the_oldest_and_round(windows):
    one, two, _three = windows
    for at, text in enumerate("甲乙丙"):
        one.save(RECORD, {"text": text})
        os.utime(one._own[RECORD], (at + 1, at + 1))
        one.rest(RECORD)
    assert [two.take_next(RECORD)["text"] for _ in range(5)] == list("丙乙甲丙乙")
    assert len(two.waiting(RECORD)) == 2


async def test_who_puts_a_form_aside_is_told_the_keys_that_bring_it_back(bench, tmp_path):
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "tab", "text:甲家漏水", "escape")
        told = queue_of(app).said
        assert "F2 F5 bring it back" in told or "r F5 bring it back" in told
        await press(pilot, "r", "f5")
        assert typed(app)["text"] == "甲家漏水"
        await press(pilot, "ctrl+o", "n", "text:看过", "escape")
        assert "the key of its form" in queue_of(app).said
        await press(pilot, "n")
        assert typed(app)["text"] == "看过"


async def test_a_field_that_has_gone_is_painted_once_more_as_nothing(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r")
        fields = [row.control for row in queue_of(app).panes.form.rows]
        await press(pilot, "escape", "escape")
        for field in fields:
            field._component_styles.clear()  # as when its loop has ended
            drawn = field.render_lines(Region(0, 0, 8, 1))
            assert [strip.text for strip in drawn] == [" " * 8]
