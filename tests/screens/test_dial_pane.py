"""The dialler by keys: one customer after another, an outcome on one key, until nobody is left."""

from pathlib import Path
from threading import enumerate as enumerate_threads

import pytest
from campaign_support import took
from desks import Bench
from textual.events import Key

from keymaps import known, load
from screens.app import WorkbenchApp
from screens.drafts import Drafts
from screens.keys import Keys
from storage.claims import Claims
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
from workbench import words
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.setup import dialling
from workbench.setup.dial_list import Wanted

FIRST, SECOND = "13800138001", "13800138002"


@pytest.fixture(autouse=True)
def _quick_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test see at once who has come; what was typed before that was still meant for another."""
    monkeypatch.setattr("screens.dial_pane.SEEN_SECONDS", 0.0)


def closed(bench: Bench, phone: str, customer: str = "王芳") -> Case:
    case = bench.record(phone=phone, customer=customer)
    return bench.act(case, "close", outcome="换了水管")


def calls(bench: Bench, case: Case) -> int:
    return sum(event.act == "callback" for event in bench.desk().timeline(case.case_id))


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_it_shows_who_what_happened_and_how_many_are_left_in_both_languages(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    case = closed(bench, FIRST)
    words.use(language)
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "D")
        shown = picture(app)
        for said in ("王芳", "138****8001", case.number[-6:]):
            assert said in shown
        assert FIRST not in shown
        assert ("Dialler: 1 now, 0 later" if language == "en" else "拨号：待拨 1，稍后 0") in shown


async def test_the_outcomes_bring_one_after_another_until_nobody_is_left(
    bench: Bench, tmp_path: Path
) -> None:
    fine, absent, busy, refused = (closed(bench, f"1380013800{at}") for at in range(4))
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "D", "1")
        await press(pilot, "text:5", "ctrl+o")
        await press(pilot, "2")
        await press(pilot, "3")
        await press(pilot, "text:+3h", "ctrl+o")
        await press(pilot, "4")
        assert "the next try, of 2: Sat 2026-11-21 15:00" in " ".join(picture(app).split())
    assert (bench.now(fine).status, bench.now(fine).csi) == ("done", 5)
    assert bench.now(absent).callback_again_at is not None
    assert last_event(bench.desk(), busy).data["again_at"] == "2026-11-21T07:00:00.000000Z"
    assert bench.now(refused).status == "done"
    assert [calls(bench, case) for case in (fine, absent, busy, refused)] == [1, 1, 1, 1]


async def test_cases_and_a_campaign_are_mixed_and_one_customer_comes_once(
    bench: Bench, tmp_path: Path
) -> None:
    took(bench, f"王芳,{FIRST},,,", f"李雷,{SECOND},,,")
    first, second = closed(bench, FIRST), closed(bench, FIRST)
    async with opened(bench.desk(), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "D", "1")
        assert "交付回访" in picture(app)
        await press(pilot, "text:4", "ctrl+o")
        assert "cases: 2  contacts: 1" in picture(app)
        assert "李雷" in picture(app)
        await press(pilot, "2")
    assert {bench.now(each).csi for each in (first, second)} == {4}


async def test_keys_without_letters_do_as_well(bench: Bench, tmp_path: Path) -> None:
    case = closed(bench, FIRST)
    keys = Keys(load("ime-safe", known(acts.PERSONS)))
    desk = bench.desk()
    app = WorkbenchApp(desk, keys, Drafts(desk.store.path, desk.person, tmp_path))
    async with app.run_test(size=USUAL) as pilot:
        await settled(pilot)
        await press(pilot, "D")
        assert queue_of(app).panes.top is None
        await press(pilot, "ctrl+d", "ctrl+t")
        assert FIRST in picture(app)
        await press(pilot, "2")
    assert [event.act for event in desk.timeline(case.case_id)][-2:] == ["reveal", "callback"]


async def test_a_full_width_digit_is_the_digit(bench: Bench, tmp_path: Path) -> None:
    case = closed(bench, FIRST)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "D")
        app.post_message(Key("２", "２"))
        await settled(pilot)
    assert calls(bench, case) == 1


async def test_a_burst_of_outcomes_is_one_outcome_and_never_one_on_somebody_unseen(
    bench: Bench, tmp_path: Path
) -> None:
    cases = [closed(bench, f"1380013800{at}") for at in range(4)]
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "D")
        burst(app, "2", "2", "4", "5", "2")
        await settled(pilot)
        assert "has only just come" in picture(app)
    assert sorted(calls(bench, case) for case in cases) == [0, 0, 0, 1]


async def test_a_key_that_comes_before_anybody_can_have_looked_does_nothing(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.dial_pane.SEEN_SECONDS", 3600.0)
    case = closed(bench, FIRST)
    async with opened(bench.desk(), tmp_path, USUAL) as (_app, pilot):
        await press(pilot, "D", "2")
    assert calls(bench, case) == 0


async def test_who_stands_here_is_offered_to_nobody_else_until_one_leaves(
    bench: Bench, tmp_path: Path
) -> None:
    closed(bench, FIRST)
    theirs = Claims(bench.path, "bo", "another window", bench.clock)

    def offered() -> bool:
        found = dialling.offer(bench.desk("bo"), theirs, Wanted())
        theirs.release()
        return found is not None

    async with opened(bench.desk(), tmp_path, USUAL) as (_app, pilot):
        await press(pilot, "D")
        assert not offered()
        bench.clock.pass_(minutes=4)
        queue_of(pilot.app).panes.top.renew()
        await settled(pilot)
        bench.clock.pass_(minutes=4)
        assert not offered()
        await press(pilot, "escape")
        assert offered()


async def test_a_program_that_is_left_gives_the_customer_back(bench: Bench, tmp_path: Path) -> None:
    closed(bench, FIRST)
    async with opened(bench.desk(), tmp_path, USUAL) as (_app, pilot):
        await press(pilot, "D")
        assert len([*bench.path.parent.glob("store.db.dial.*")]) == 2  # the lock and the claim
        await press(pilot, "ctrl+q")
    for each in enumerate_threads():
        if each.name == "claims":
            each.join(20)
    assert [path.suffix for path in bench.path.parent.glob("store.db.dial.*")] == [".lock"]


async def test_who_is_passed_over_goes_to_others_and_does_not_come_again(
    bench: Bench, tmp_path: Path
) -> None:
    closed(bench, FIRST, "王芳")
    closed(bench, SECOND, "李雷")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "D", "5")
        assert "李雷" in picture(app)
        theirs = Claims(bench.path, "bo", "another window", bench.clock)
        found = dialling.offer(bench.desk("bo"), theirs, Wanted())
        assert found is not None
        assert found.phone == FIRST


async def test_what_somebody_else_put_on_the_case_meanwhile_is_said_and_the_next_comes(
    bench: Bench, tmp_path: Path
) -> None:
    case = closed(bench, FIRST)
    closed(bench, SECOND, "李雷")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "D")
        bench.act(case, "callback", "bo", reached="yes", csi="5")
        await press(pilot, "2")
        assert "bo has called back meanwhile" in picture(app)
        assert "李雷" in picture(app)
    assert calls(bench, case) == 1


async def test_the_last_outcome_is_taken_back_and_the_customer_comes_again(
    bench: Bench, tmp_path: Path
) -> None:
    case = closed(bench, FIRST)
    closed(bench, SECOND, "李雷")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "D", "2")
        assert "李雷" in picture(app)
        await press(pilot, "u")
        assert "王芳" in picture(app)
        await press(pilot, "u")
        assert "no outcome" in picture(app)
    assert bench.now(case).callback_again_at is None


async def test_the_answers_can_be_put_on_each_case_by_choice(bench: Bench, tmp_path: Path) -> None:
    cases = [closed(bench, FIRST), closed(bench, FIRST)]
    async with opened(bench.desk(), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "D", "1")
        form = queue_of(app).panes.form
        assert [row.field.name for row in form.rows][:5] == ["csi", "nps", "mood", "on_0", "on_1"]
        await press(pilot, "text:3", "tab", "tab", "tab", "tab", "3", "ctrl+o")
    assert sorted(bench.now(case).status for case in cases) == ["closed", "done"]


async def test_other_calls_are_a_key_away(bench: Bench, tmp_path: Path) -> None:
    bench.record(phone=SECOND, customer="李雷")
    closed(bench, FIRST)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "D", "right", "right")
        assert "Dialler: 1 now, 0 later  opinions" in picture(app)
        assert "王芳" in picture(app)
        await press(pilot, "left")
        assert "李雷" in picture(app)


async def test_a_store_for_reading_only_takes_no_outcome(bench: Bench, tmp_path: Path) -> None:
    from storage.store import Store
    from workbench.desk import Desk

    case = closed(bench, FIRST)
    store = Store(bench.path, read_only=True)
    async with opened(Desk(store, "mei", bench.clock), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "D", "2")
        assert "reading only" in picture(app)
    store.close()
    assert calls(bench, case) == 0
