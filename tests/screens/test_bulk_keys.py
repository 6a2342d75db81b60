"""Marks, and one act on all that is marked: what is seen before, what comes of each, and undone as one."""

import pytest

import keymaps
from tests.screens.support import (
    SMALL,
    USUAL,
    WIDE,
    burst,
    last_event,
    opened,
    picture,
    press,
    queue_of,
    settled,
)
from workbench.actions import batch, doing
from workbench.domain.acts import PERSONS


def recorded(bench, many):
    return [bench.record(text=f"停水 {n}") for n in range(many)]


def marks_of(app):
    return set(queue_of(app).marking.marks)


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL])
async def test_a_mark_is_seen_without_colour_and_the_count_in_the_first_line(bench, tmp_path, size):
    recorded(bench, 3)
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "space", "shift+down")
        assert "2 marked" in picture(app).splitlines()[0]
        assert sum(line.startswith((" *", ">*")) for line in picture(app).splitlines()) == 2
        await press(pilot, "up", "space")
        assert "1 marked" in picture(app).splitlines()[0]
        await press(pilot, "escape")
        assert "No case is marked any more; there were 1." in picture(app)
        assert not marks_of(app)


async def test_a_range_and_all_of_the_view(bench, tmp_path):
    cases = recorded(bench, 6)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "down", "V", "down", "down", "V")
        assert len(marks_of(app)) == 3
        await press(pilot, "escape", "home", "space", "end", "shift+up")
        assert len(marks_of(app)) == 6
        await press(pilot, "escape", "asterisk")
        assert marks_of(app) == {case.case_id for case in cases}


async def test_marks_stay_with_their_case_and_what_is_in_another_view_is_counted_and_told(bench, tmp_path):
    cases = recorded(bench, 3)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk")
        doing.do(bench.desk("bo"), "take", cases[1].case_id, {})
        bench.record(text="vor allen", people="12")
        await press(pilot, "3")
        assert marks_of(app) == {case.case_id for case in cases}
        assert "3 marked, 1 not in this view" in picture(app).splitlines()[0]
        await press(pilot, "1")
        assert "3 marked " in picture(app).splitlines()[0]


async def test_one_form_for_all_that_are_marked_and_each_has_its_entry(bench, tmp_path):
    cases = recorded(bench, 3)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk", "e")
        assert "marked cases: 3" in picture(app)
        assert "3 will" in picture(app)
        await press(pilot, "text:今晚来水", "ctrl+o")
        assert "3 done" in picture(app)
        for case in cases:
            event = last_event(bench.desk(), case)
            assert (event.act, event.data["text"]) == ("reply", "今晚来水")
        assert not marks_of(app)
        await press(pilot, "u")
        assert "3 taken back" in picture(app)
        assert {last_event(bench.desk(), case).act for case in cases} == {"undo"}


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_who_will_not_is_listed_with_the_reason_before_and_after_and_stays_marked(
    bench, tmp_path, size
):
    cases = recorded(bench, 3)
    doing.do(bench.desk("bo"), "take", cases[1].case_id, {})
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "asterisk", "t")
        assert "2 will, 1 will not" in picture(app)
        assert "held by bo" in picture(app)
        await press(pilot, "ctrl+o")
        assert "2 done, 1 refused" in picture(app)
        assert "held by bo" in picture(app)
        assert marks_of(app) == {cases[1].case_id}
        await press(pilot, "escape")
        assert "1 marked" in picture(app).splitlines()[0]


async def test_saved_twice_in_one_burst_it_is_stored_once(bench, tmp_path):
    cases = recorded(bench, 3)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk", "n", "text:停水")
        burst(app, "ctrl+o", "ctrl+o", "ctrl+o")
        await settled(pilot)
        assert [bench.now(case).version for case in cases] == [2, 2, 2]


async def test_somebody_in_another_window_takes_one_in_between(bench, tmp_path):
    cases = recorded(bench, 3)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk", "t")
        doing.do(bench.desk("bo"), "take", cases[2].case_id, {})
        await press(pilot, "ctrl+o")
        assert "2 done, 1 refused" in picture(app)
        assert bench.now(cases[2]).handler == "bo"
        assert marks_of(app) == {cases[2].case_id}


async def test_put_aside_nothing_is_done_the_marks_stay_and_the_words_come_back(bench, tmp_path):
    recorded(bench, 2)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk", "n", "text:halb", "escape")
        assert len(marks_of(app)) == 2
        await press(pilot, "n")
        assert "halb" in picture(app)


async def test_what_is_about_one_case_is_refused_and_says_how_to_go_on(bench, tmp_path):
    cases = recorded(bench, 2)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk", "b")
        assert "about one case" in picture(app)
        assert not queue_of(app).asking
        assert bench.now(cases[0]).version == 1


async def test_esc_stops_between_two_cases_and_tells_what_was_done(bench, tmp_path, monkeypatch):
    cases, real = recorded(bench, 30), doing.do
    done = []

    def slow(*given, **more):
        done.append(real(*given, **more))
        if len(done) == 3:
            burst(app, "escape")
            while not queue_of(app).bulk._running.is_set():
                pass
        return done[-1]

    monkeypatch.setattr(batch.doing, "do", slow)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk", "n", "text:停水", "ctrl+o")
        assert "3 done, 27 not begun" in picture(app)
        assert sum(bench.now(case).version == 2 for case in cases) == 3
        assert len(marks_of(app)) == 27


async def test_a_sum_that_is_told_is_asked_about_once_for_all(bench, tmp_path):
    cases = recorded(bench, 3)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk", "e", "text:赔您300元", "ctrl+o")
        assert "300元" in picture(app)
        assert [bench.now(case).version for case in cases] == [1, 1, 1]
        await press(pilot, "escape", "ctrl+o", "2")
        assert "3 done" in picture(app)
    assert all(last_event(bench.desk(), case).data["no_offer"] for case in cases)


async def test_the_menu_says_that_it_is_about_all_that_is_marked(bench, tmp_path):
    cases, target = recorded(bench, 3), bench.record(text="整栋停水")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "space", "space", "space", "comma")
        assert "marked cases: 3" in picture(app)
        await press(pilot, "L", f"text:{target.number}", "ctrl+o")
        assert "3 done" in picture(app)
    assert {link.number for case in cases for link in bench.now(case).links} == {target.number}


async def test_a_single_act_after_it_is_what_undo_takes_back(bench, tmp_path):
    cases = recorded(bench, 2)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "asterisk", "n", "text:alle", "ctrl+o", "n", "text:eins", "ctrl+o", "u")
        assert sorted(bench.now(case).version for case in cases) == [2, 4]
        assert "taken back" in picture(app)


async def test_where_a_page_is_read_the_key_turns_it_and_marks_nothing(bench, tmp_path):
    recorded(bench, 2)
    async with opened(bench.desk(), tmp_path, SMALL) as (app, pilot):
        await press(pilot, "enter", "space")
        assert queue_of(app).panes.top.scroll_offset.y > 0
        assert not marks_of(app)


@pytest.mark.parametrize("keymap", ["default", "vim", "cua", "ime-safe"])
async def test_every_keymap_walks_it_by_keys_that_pass_an_input_method(bench, tmp_path, keymap):
    cases = recorded(bench, 4)
    own = keymaps.load(keymap, keymaps.known(PERSONS))

    def key(context, command):
        return next(key for key in own.keys(context, command) if keymaps.passes_input_method(key))

    async with opened(bench.desk(), tmp_path) as (app, pilot):
        app.keys.keymap = own
        await press(pilot, key("queue", "mark"), "end", key("queue", "mark_range"))
        assert len(marks_of(app)) == 4
        await press(pilot, "escape", key("queue", "mark_all"), key("queue", "note"), "text:停水")
        await press(pilot, key("form", "submit"))
        assert [last_event(bench.desk(), case).act for case in cases] == ["note"] * 4
        await press(pilot, key("queue", "undo"))
        assert [last_event(bench.desk(), case).act for case in cases] == ["undo"] * 4
        await press(pilot, key("queue", "again"), key("form", "submit"))
        assert sorted(bench.now(case).version for case in cases) == [3, 3, 3, 4]
