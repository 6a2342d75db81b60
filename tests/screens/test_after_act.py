"""After an act by key: stay, next, back; no burst of keys acts on the case that has just come."""

import pytest
from support import USUAL, WIDE, burst, last_event, opened, picture, press, queue_of, settled

from screens import after_act, commands
from screens.after_act import SEEN_SECONDS
from screens.case_pane import CasePane
from workbench.domain.upcoming import SYSTEM


@pytest.fixture
def clock_of_keys(monkeypatch):
    """Let a busy machine be no pause between two keys: time passes where a test says so."""
    now = [1000.0]
    monkeypatch.setattr(after_act, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def three(bench):
    return [bench.record(people=people) for people in (12, 3, 1)]


def acts_of(bench, case):
    return [event.act for event in bench.desk().timeline(case.case_id) if event.by != SYSTEM]


@pytest.mark.parametrize("value", ["", "stay"])
async def test_by_default_the_cursor_stays(bench, three, tmp_path, monkeypatch, clock_of_keys, value):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", value)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "a", "enter", "a")
        assert queue_of(app).reader.case_id == three[0].case_id
        assert bench.now(three[1]).handler is None
        await press(pilot, "n", "text:again", "ctrl+o")
        assert "note" in acts_of(bench, three[0]), "a key acts at once"


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_next_goes_to_the_most_urgent_and_takes_it(
    bench, three, tmp_path, monkeypatch, clock_of_keys, size
):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "next")
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "t")
        assert queue_of(app).reader.case_id == three[0].case_id, "one takes a case to go on with it"
        await press(pilot, "n", "text:called", "ctrl+o")
        screen = queue_of(app)
        assert screen.reader.case_id == three[1].case_id
        assert bench.now(three[1]).handler == "mei"
        assert three[0].number in screen.said
        assert three[1].number in screen.said
        clock_of_keys[0] += SEEN_SECONDS
        await press(pilot, "enter", "n", "text:called too", "ctrl+o")
        assert last_event(bench.desk(), three[1]).act == "note"
        assert screen.reader.case_id == three[2].case_id
        clock_of_keys[0] += SEEN_SECONDS
        await press(pilot, "n", "text:and here", "ctrl+o")
        assert "There is nothing else that you could do now." in screen.said
        assert three[2].number in screen.said


async def test_undo_takes_the_act_back_and_not_the_taking_that_followed(
    bench, three, tmp_path, monkeypatch, clock_of_keys
):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "next")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "t", "a", "u")
        assert last_event(bench.desk(), three[0]).act == "undo"
        assert bench.now(three[1]).handler == "mei"
        assert queue_of(app).reader.case_id == three[1].case_id


@pytest.mark.parametrize("keys", ["aaaaaa", "awwaa", "amma", "avva", "aaja", "a,1,2a", "aRRRa"])
async def test_a_burst_acts_on_no_case_that_has_just_come(
    bench, three, tmp_path, monkeypatch, clock_of_keys, keys
):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "next")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "t")
        burst(app, f"text:{keys}")
        await settled(pilot)
        assert "acknowledge" in acts_of(bench, three[0])
        assert acts_of(bench, three[1]) == ["record", "take"], "taken, and nothing else"
        assert acts_of(bench, three[2]) == ["record"]
        assert not queue_of(app).asking or queue_of(app).panel.kind == "more"


async def test_a_burst_through_a_form_ends_at_the_form(bench, three, tmp_path, monkeypatch, clock_of_keys):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "next")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "t")
        burst(app, "n", "text:called", "ctrl+o", "ctrl+o", "a", "n", "text:c", "f8", "f6")
        await settled(pilot)
        assert acts_of(bench, three[0]) == ["record", "take", "note"]
        assert acts_of(bench, three[1]) == ["record", "take"]
        assert not queue_of(app).asking
        assert "has just come" in picture(app)


async def test_after_a_moment_a_key_acts_and_every_key_of_a_long_burst_asks_for_one(
    bench, three, tmp_path, monkeypatch, clock_of_keys
):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "next")
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "t", "a")
        for _each in range(4):
            clock_of_keys[0] += SEEN_SECONDS - 0.1
            await press(pilot, "a")
        assert acts_of(bench, three[1]) == ["record", "take"]
        clock_of_keys[0] += SEEN_SECONDS
        await press(pilot, "a")
        assert acts_of(bench, three[1]) == ["record", "take", "acknowledge"]


async def test_what_was_offered_after_an_act_is_asked_first(
    bench, three, tmp_path, monkeypatch, clock_of_keys
):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "next")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "t", "e", "text:我们明天上午9点上门", "ctrl+o")
        screen = queue_of(app)
        assert screen.asking, "a time was told: it is offered as a promise"
        assert screen.reader.case_id == three[0].case_id
        await press(pilot, "f12")  # another key: the one that saved bounces
        assert acts_of(bench, three[0])[-1] == "promise"
        assert screen.reader.case_id == three[1].case_id


async def test_back_returns_from_the_page_to_the_list(bench, three, tmp_path, monkeypatch, clock_of_keys):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "back")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "t", "enter")
        screen = queue_of(app)
        assert isinstance(screen.panes.top, CasePane)
        burst(app, "a", "a", "c", "w")
        await settled(pilot)
        assert screen.panes.top is None
        assert not screen.asking
        assert bench.now(three[1]).version == three[1].version
        clock_of_keys[0] += SEEN_SECONDS
        await press(pilot, "n", "text:from the list", "ctrl+o")
        assert screen.panes.top is None
        assert screen.reader.case_id == three[0].case_id


async def test_a_refused_act_goes_nowhere(bench, three, tmp_path, monkeypatch, clock_of_keys):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "next")
    bench.act(three[0], "assign", "bo", to="bo")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        at = queue_of(app).reader.case_id
        await press(pilot, "t")
        assert queue_of(app).reader.case_id == at
        await press(pilot, "n", "escape")
        assert queue_of(app).reader.case_id == at


async def test_two_windows_with_next_take_no_case_twice(bench, tmp_path, monkeypatch, clock_of_keys):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "next")
    cases = [bench.record() for _each in range(6)]
    async with (
        opened(bench.desk("mei"), tmp_path / "a") as (_one, left),
        opened(bench.desk("bo"), tmp_path / "b") as (_two, right),
    ):
        await press(left, "m")
        await press(right, "m")
        for _each in range(2):
            clock_of_keys[0] += SEEN_SECONDS
            await press(left, "a")
            await press(right, "a")
    handlers = [bench.now(case).handler for case in cases]
    assert sorted(filter(None, handlers)) == ["bo"] * 3 + ["mei"] * 3


async def test_what_does_not_come_into_view_holds_no_key_for_ever(
    bench, three, tmp_path, monkeypatch, clock_of_keys
):
    monkeypatch.setenv("WORKBENCH_AFTER_ACT", "next")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        queue_of(app).commands.after.came(12345)
        await press(pilot, "a")
        assert acts_of(bench, three[0]) == ["record"]
        clock_of_keys[0] += after_act.SHOWN_SECONDS
        await press(pilot, "a")
        assert acts_of(bench, three[0]) == ["record", "acknowledge"]
    assert commands.SLID_SECONDS
