"""The tour: it says the next thing to try, sees what was really done, and is never in the way."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from desks import NOON, Clock
from textual.pilot import Pilot

from keymaps import known, load
from screens.app import WorkbenchApp
from screens.drafts import Drafts
from screens.keys import Keys
from screens.opening import PLAIN, Opening, opening
from screens.queue.columns import cells
from screens.tour import kept
from screens.tour.steps import BY_COMMAND, STEPS
from screens.tour.tour import Tour
from storage.store import Store
from tests.screens.support import SMALL, USUAL, picture, press, queue_of, settled
from workbench import words
from workbench.demo import demo
from workbench.desk import Desk
from workbench.domain import acts

CASES = 30
SHOWN = Opening(may_tour=True, shows_tour=True)
Open = Callable[..., AbstractAsyncContextManager[tuple[WorkbenchApp, Pilot[int]]]]
# step: what somebody does in answer to what the line says, the key first
WAY: dict[str, tuple[str, ...]] = {
    "record": ("{key}", "tab", "text:厨房漏水", "ctrl+o"),
    "take": ("{key}",),
    "reply": ("{key}", "text:师傅在路上", "ctrl+o"),
    "close": ("{key}", "text:水管已换好", "ctrl+o"),
    "callback": ("{key}", "1", "ctrl+o"),
    "undo": ("{key}",),
    "find": ("{key}", "text:漏水", "enter"),
    "next": ("{key}",),
}


@pytest.fixture
def open_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return what opens the demonstration as its clerk."""
    monkeypatch.setattr("screens.tour.tour.ECHO_SECONDS", 0.0)

    @asynccontextmanager
    async def opens(
        begin: Opening = SHOWN, keymap: str = "default", language: str = "en", size: tuple[int, int] = USUAL
    ) -> AsyncIterator[tuple[WorkbenchApp, Pilot[int]]]:
        words.use(language)
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        person = demo.build(path, NOON, "", CASES)
        store = Store(path)
        desk, keys = Desk(store, person, Clock()), Keys(load(keymap, known(acts.PERSONS)))
        app = WorkbenchApp(desk, keys, Drafts(path, person, tmp_path / "drafts"), opening=begin)
        async with app.run_test(size=size) as pilot:
            await seen(app, pilot)
            yield app, pilot
        store.close()

    return opens


async def seen(app: WorkbenchApp, pilot: Pilot[int], *keys: str) -> str:
    """Press keys one after another, let the clock beat, and return what the line says."""
    for key in keys:
        await press(pilot, key)
    for _ in range(2):
        app.beat()
        await settled(pilot)
    return said(app)


def tour_of(app: WorkbenchApp) -> Tour:
    return queue_of(app).tour  # type: ignore[no-any-return]


def said(app: WorkbenchApp) -> str:
    return str(tour_of(app).line.content)


def named(app: WorkbenchApp, command: str) -> str:
    """Return the key that the line has to name."""
    return str(queue_of(app).keys.first("queue", command))


def pressed(app: WorkbenchApp, command: str) -> list[str]:
    """Return what to press for a step, by the keymap in force."""
    key = queue_of(app).keys.keymap.keys("queue", command)[0]
    return [each.format(key=key) for each in WAY[command]]


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("keymap", ["default", "ime-safe"])
async def test_the_whole_tour_by_the_keys_that_it_names(keymap: str, language: str, open_: Open) -> None:
    async with open_(keymap=keymap, language=language) as (app, pilot):
        for at, step in enumerate(STEPS, 1):
            assert f"{at}/{len(STEPS)}" in said(app)
            assert f"{named(app, step.command)}" in said(app), step
            await seen(app, pilot, *pressed(app, step.command))
            assert step.command in tour_of(app).done
            await seen(app, pilot, *(["escape"] if step.command == "find" else []))
        assert tour_of(app).step is None
        assert named(app, "help") in said(app)
        assert tour_of(app).on
    assert kept.known() == set(BY_COMMAND)


async def test_a_form_that_was_put_aside_is_no_step(open_: Open) -> None:
    async with open_() as (app, pilot):
        await seen(app, pilot, "r", "tab", "text:x", "escape")
        assert tour_of(app).done == set()


async def test_what_is_done_in_another_order_counts_and_nobody_is_stuck(open_: Open) -> None:
    async with open_() as (app, pilot):
        await seen(app, pilot, "3", "t")
        assert tour_of(app).done == {"take"}
        assert f"{named(app, 'record')} " in said(app)
        await seen(
            app, pilot, "n", "text:记一笔", "ctrl+o", "d", "escape", "f", "text:漏水", "enter", "escape"
        )
        assert tour_of(app).done == {"take", "find"}
        await seen(app, pilot, *pressed(app, "record"))
        assert tour_of(app).step is BY_COMMAND["reply"]


async def test_where_it_cannot_be_done_it_says_where_it_can(open_: Open) -> None:
    async with open_(Opening("", True, True, frozenset({"record"}))) as (app, pilot):
        assert "3:" in said(app)
        assert named(app, "take") in await seen(app, pilot, "3")
        assert tour_of(app).step is BY_COMMAND["take"]


async def test_another_form_and_another_pane_name_their_way_back(open_: Open) -> None:
    async with open_() as (app, pilot):
        assert "Ctrl+O stores this, Esc puts it aside" in await seen(app, pilot, "n")
        assert "Esc puts this aside" in await seen(app, pilot, "escape", "d")
        assert "ends" not in said(app)  # the key would only lead back
        assert named(app, "record") in await seen(app, pilot, "escape")
        assert "told?" in await seen(app, pilot, "2", "down", "e")


async def test_escape_at_the_list_ends_it_and_the_menu_goes_on_with_it(open_: Open) -> None:
    async with open_() as (app, pilot):
        await seen(app, pilot, *pressed(app, "record"))
        await seen(app, pilot, "escape")
        assert not tour_of(app).on
        assert "Tour" not in picture(app)
        assert ", z" in queue_of(app).said
        assert "2/8" in await seen(app, pilot, ",", "z")
        await seen(app, pilot, ",", "z")  # once more leaves a step out
        assert tour_of(app).step is BY_COMMAND["reply"]
    assert kept.known() == {"record", "take"}
    async with open_(opening("", "begin")) as (app, _pilot):
        assert tour_of(app).step is BY_COMMAND["reply"]


async def test_a_second_escape_for_the_form_that_was_closed_does_not_end_it(
    open_: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_() as (app, pilot):
        monkeypatch.setattr("screens.tour.tour.ECHO_SECONDS", 60.0)
        await seen(app, pilot, "n", "escape", "escape")
        assert tour_of(app).on
        monkeypatch.setattr("screens.tour.tour.ECHO_SECONDS", 0.0)
        await seen(app, pilot, "escape")
        assert not tour_of(app).on


async def test_it_is_offered_once_in_the_demonstration_and_never_elsewhere(open_: Open) -> None:
    assert opening("decide", "") == Opening("decide")
    assert (opening("decide", "there").may_tour, opening("decide", "there").shows_tour) == (True, False)
    assert opening("", "offer").shows_tour
    async with open_(opening("", "offer")) as (app, _pilot):
        assert tour_of(app).on
    again = opening("", "offer")
    assert (again.may_tour, again.shows_tour) == (True, False)
    assert opening("", "begin").shows_tour


@pytest.mark.parametrize("kept_text", ["", "{", "[]", '{"done": 3}', '{"done": ["nonsense"]}'])
def test_a_file_that_cannot_be_understood_begins_anew(kept_text: str) -> None:
    kept.keep(())
    kept.path().write_text(kept_text, encoding="utf-8")
    assert kept.known() == frozenset()


def test_a_folder_that_cannot_be_written_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null/nowhere")
    kept.keep(("record",))
    assert kept.known() in (None, frozenset())


async def test_in_a_store_of_ones_own_it_says_where_it_runs(open_: Open) -> None:
    async with open_(PLAIN) as (app, pilot):
        await seen(app, pilot, ",", "z")
        assert not tour_of(app).on
        assert "demo --tour" in queue_of(app).said


async def test_only_the_words_of_the_line_change_while_one_works(open_: Open) -> None:
    async with open_() as (app, pilot):
        line, parts = tour_of(app).line, {*queue_of(app).query("*")}
        before = line.region, {part: part.region for part in parts}
        await seen(app, pilot, "3", "t")
        app.queue.tour._mark("record")
        assert "3/8" in said(app)
        assert (line.region, {part: part.region for part in parts}) == before
        assert parts <= {*queue_of(app).query("*")}


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("keymap", ["default", "vim", "cua", "ime-safe"])
async def test_every_sentence_fits_a_small_terminal(keymap: str, language: str, open_: Open) -> None:
    async with open_(keymap=keymap, language=language, size=SMALL) as (app, pilot):
        tour, wide = tour_of(app), []
        for step in STEPS:
            texts = [each for each in (step.say, step.filling, step.elsewhere) if each]
            keys = queue_of(app).keys
            values = {
                "key": keys.first("queue", step.command),
                "save": keys.first("form", "submit"),
                "queue": "3",
            }
            head = words._("Tour {n}/{of}").format(n=8, of=8)
            wide += [each for each in texts if cells(f" {head}  {words._(each).format(**values)}") > SMALL[0]]
        assert wide == []
        assert await shown_whole(tour, pilot)


async def shown_whole(tour: Tour, pilot: Any) -> bool:
    await settled(pilot)
    return str(tour.line.content).strip() in picture(pilot.app)


async def test_the_supervisor_begins_at_the_desk_of_decisions(open_: Open) -> None:
    from screens.desk_pane import DeskPane

    async with open_(Opening("decide", True)) as (app, _pilot):
        assert isinstance(queue_of(app).panes.top, DeskPane)
