"""The last act once more on the case under the cursor: filled in, never twice on one case by a burst."""

import pytest

from tests.screens.support import USUAL, burst, last_event, opened, picture, press, queue_of, settled
from workbench.domain.cases import Event

AGAIN = ("full_stop", "ctrl+e", "text:。")


def recorded(bench, many=2):
    return [bench.record(text=f"停水 {n}") for n in range(many)]


def acts_of(bench, case) -> list[str]:
    return [event.act for event in bench.desk().timeline(case.case_id)]


def newest(bench, case) -> Event:
    return last_event(bench.desk(), case)


@pytest.mark.parametrize("key", AGAIN)
async def test_the_form_comes_filled_and_one_more_key_saves(bench, tmp_path, key):
    first, second = recorded(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "s", "text:bo", "tab", "text:轮班", "ctrl+o", "down", key)
        assert "轮班" in picture(app)
        assert acts_of(bench, second) == ["record"]
        await press(pilot, "ctrl+o")
    assert newest(bench, second).data == newest(bench, first).data
    assert newest(bench, second).act == "assign"


async def test_an_act_that_asks_for_nothing_is_done_at_once_and_a_burst_does_it_once(bench, tmp_path):
    first, second = recorded(bench)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "t", "down")
        burst(app, "full_stop", "full_stop", "full_stop")
        await settled(pilot)
        assert "was done here just now" in picture(app)
    assert acts_of(bench, first) == acts_of(bench, second) == ["record", "take"]


async def test_on_the_case_where_it_was_done_it_is_not_done_again(bench, tmp_path):
    case = recorded(bench, 1)[0]
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "n", "text:gesehen", "ctrl+o")
        burst(app, "full_stop", "full_stop")
        await settled(pilot)
        assert "was done here just now; go on to another case." in picture(app)
        assert not queue_of(app).asking
    assert acts_of(bench, case) == ["record", "note"]


async def test_after_an_undo_it_may_be_done_there_again(bench, tmp_path):
    case = recorded(bench, 1)[0]
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "t", "u", "full_stop")
    assert acts_of(bench, case) == ["record", "take", "undo", "take"]


async def test_nothing_and_what_is_about_one_case_are_not_repeated(bench, tmp_path):
    recorded(bench)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "full_stop")
        assert "Nothing was done here yet" in picture(app)
        await press(pilot, "h", "text:noch einmal", "ctrl+o", "down", "full_stop")
        assert "about one case" in picture(app)
        assert not queue_of(app).asking


async def test_a_refusal_says_why_and_the_act_stays_the_last(bench, tmp_path):
    first, second, third = recorded(bench, 3)
    bench.act(second, "take", "bo")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "t", "down", "full_stop")
        assert "held by bo" in picture(app)
        await press(pilot, "down", "full_stop")
    assert bench.now(third).handler == bench.now(first).handler == "mei"


async def test_on_marked_cases_it_is_one_form_for_all(bench, tmp_path):
    first, *others = recorded(bench, 4)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "n", "text:停水", "ctrl+o", "down", "space", "space", "space", "full_stop")
        assert "3 will" in picture(app)
        await press(pilot, "ctrl+o")
    assert [newest(bench, case).data["text"] for case in (first, *others)] == ["停水"] * 4


async def test_the_number_is_copied_by_its_new_key(bench, tmp_path):
    case = recorded(bench, 1)[0]
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "number_sign")
        assert f"{case.number} is in the clipboard." in picture(app)
