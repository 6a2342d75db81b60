"""Every key of the queue does in every list what it does in the queue, to the case of the line there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from campaign_support import NAME, called, took
from desks import Bench
from duty_support import held, office
from textual.pilot import Pilot

from keymaps import LISTS
from screens import case_reader
from screens.app import WorkbenchApp
from screens.ask.filter import FilterBar
from screens.ask.find import FindBar
from screens.ask.more import MoreMenu
from screens.ask.palette import Palette
from screens.ask.views_menu import ViewsMenu
from screens.board_pane import BoardPane
from screens.campaign_pane import CampaignPane
from screens.case_pane import CasePane
from screens.desk_pane import DeskPane
from screens.dial_pane import DialPane
from screens.help_page import HelpPage
from screens.pane import QUEUE_ONLY, Pane
from screens.record_pane import RecordPane
from storage.queues import QUEUES
from tests.screens.support import opened, picture, press, queue_of, settled
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.setup import campaign_calls

MOVES = ("down", "up", "top", "bottom", "page_down", "page_up")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_LANG", "en")


def in_lists(bench: Bench) -> Case:
    """Let one case stand in every list of mei, and another one under the cursor of the queue."""
    office(bench)
    took(bench)
    called(bench, 1, reached="yes", csi="1", text="阳台漏水")
    campaign_calls.record_case(bench.desk(), NAME, 1, {"text": "阳台漏水", "site": "金色家园"})
    with bench.store.reading() as db:
        key = int(db.value("SELECT case_id FROM campaign_contact WHERE contact = 1"))
    target = bench.act(bench.desk().case(key), "take", "mei")
    bench.act(target, "press", "zong", text="今天答复")
    held(bench, handler="bo", text="电梯困人", flag=["media"])
    return bench.desk().case(key)


OPENED = {
    "desk": ("d",),
    "handover": ("comma", "o"),
    "campaigns": (":", "text:campaigns", "enter", "enter"),
}


async def at_the_case(app: WorkbenchApp, pilot: Pilot[int], name: str, case: Case) -> Pane:
    """Open a list and put its cursor on ``case``."""
    await press(pilot, *OPENED[name])
    pane = queue_of(app).panes.top
    assert isinstance(pane, Pane)
    for _line in range(10):
        if pane.case_id == case.case_id:
            break
        await press(pilot, "j")
    assert pane.case_id == case.case_id
    assert queue_of(app).table.case_id != case.case_id, "the queue stands on another case"
    return pane


@pytest.mark.parametrize("name", OPENED)
async def test_every_act_is_about_the_case_of_the_line(
    name: str, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = in_lists(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        screen = queue_of(app)
        begun: list[tuple[str, int]] = []
        monkeypatch.setattr(screen.acting, "begin", lambda act, case: begun.append((act, case.case_id)))
        monkeypatch.setattr(screen.acting, "reveal", lambda case: begun.append(("reveal", case.case_id)))
        pane = await at_the_case(app, pilot, name, case)
        keymap, tried = screen.keys.keymap, set[str]()
        for act in (*acts.PERSONS, "reveal"):
            for key in keymap.keys("queue", act):
                own = keymap.action(pane.CONTEXT, key)
                if (own is not None and pane.knows(own)) or act == acts.RECORD.id:
                    continue
                tried.add(act)
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
                assert begun == [(act, case.case_id)], key
                begun.clear()
        own = {acts.RECORD.id} | ({acts.REVEAL.id} if name == "campaigns" else set())  # of the contact there
        wanted = {act for act in acts.PERSONS if keymap.keys("queue", act)} - own
        assert tried >= wanted, "no list hides an act"
        assert screen.panes.top is pane


OF_THE_LIST = "This key is one of the list; Esc goes back there."


async def expect(app: WorkbenchApp, command: str, pane: Pane, case: Case) -> None:
    """Hold that a command of the queue that is no act has come to what it means."""
    screen = queue_of(app)
    top, question = screen.panes.top, screen.panel.question
    if command.startswith("queue."):
        assert (top, screen.feed.queue) == (None, QUEUES[int(command.removeprefix("queue.")) - 1])
        return
    checks: dict[str, Callable[[], Any]] = {
        "record": lambda: isinstance(top, RecordPane),
        "why": lambda: isinstance(top, CasePane) and top.case_id == case.case_id,
        "copy_number": lambda: case.number in screen.said,
        "next": lambda: case.number in screen.said or "nothing else" in screen.said,
        "pane": lambda: screen.said == "This key does nothing here.",
        "filter": lambda: isinstance(question, FilterBar) and top is None,
        "find": lambda: isinstance(question, FindBar) and top is None,
        "palette": lambda: isinstance(question, Palette) and top is pane,
        "more": lambda: isinstance(question, MoreMenu) and question.case == case and top is pane,
        "board": lambda: isinstance(top, BoardPane),
        "decide": lambda: isinstance(top, DeskPane) and (top is pane) == isinstance(pane, DeskPane),
        "help": lambda: isinstance(top, HelpPage),
        "dial": lambda: isinstance(top, DialPane),
        **dict.fromkeys(QUEUE_ONLY, lambda: screen.said == OF_THE_LIST),
        "again": lambda: "Nothing was done here yet" in screen.said,
        "views": lambda: isinstance(question, ViewsMenu) and top is pane,
        "quit": lambda: top is None or (isinstance(top, CampaignPane) and not top.name_shown),
        "next_queue": lambda: (top, screen.feed.queue) == (None, QUEUES[1]),
        "previous_queue": lambda: (top, screen.feed.queue) == (None, QUEUES[-1]),
    }
    assert checks[command](), (command, screen.said, top, question)


@pytest.mark.parametrize("name", OPENED)
async def test_every_other_key_of_the_queue_works_in_a_list(name: str, bench: Bench, tmp_path: Path) -> None:
    case = in_lists(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        screen = queue_of(app)
        keymap = screen.keys.keymap
        commands = {command for command in keymap.contexts["queue"] if command not in acts.PERSONS}
        for command in sorted(commands - {"open", "reveal", "refresh", *MOVES} | {acts.RECORD.id}):
            pane = await at_the_case(app, pilot, name, case)
            keys = keymap.keys("queue", command)
            key = next(k for k in keys if keymap.action(pane.CONTEXT, k) in (None, command, "cancel", "case"))
            if (command, pane.CONTEXT) == (acts.RECORD.id, "campaign"):
                continue  # the same wish: a case that comes of the contact
            await press(pilot, key)
            await expect(app, command, pane, case)
            await press(pilot, "escape", "escape", "1")


@pytest.mark.parametrize("name", OPENED)
async def test_after_an_act_the_list_shows_what_has_become_of_the_line(
    name: str, bench: Bench, tmp_path: Path
) -> None:
    case = in_lists(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        pane = await at_the_case(app, pilot, name, case)
        await press(pilot, "n", "text:看过现场", "ctrl+o")
        assert queue_of(app).panes.top is pane
        assert pane.case_id == case.case_id, "the cursor stays"
        assert queue_of(app).reader.dossier.case.version == bench.now(case).version
    assert bench.desk().timeline(case.case_id)[-1].act == "note"


async def test_what_an_act_ends_leaves_the_list_and_the_next_line_comes(bench: Bench, tmp_path: Path) -> None:
    case = in_lists(bench)
    bench.act(held(bench, text="路灯"), "press", "zong", text="催一下")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        pane = await at_the_case(app, pilot, "desk", case)
        assert isinstance(pane, DeskPane)
        await press(pilot, "enter", "text:已答复", "ctrl+o")
        assert (pane.row and pane.row.kind, pane.list.cursor) == ("press", 0)
        assert pane.case_id != case.case_id


async def test_a_line_about_no_case_says_so_in_a_sentence(bench: Bench, tmp_path: Path) -> None:
    in_lists(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, *OPENED["campaigns"])
        pane = queue_of(app).panes.top
        while isinstance(pane, Pane) and pane.case_id is not None:
            await press(pilot, "j")
        for key in ("n", "t", "y", "."):
            await press(pilot, key)
            assert "No case has come of this contact yet; r records one." in picture(app).splitlines()[-1]
        await press(pilot, "comma")
        menu = queue_of(app).panel.question
        assert isinstance(menu, MoreMenu)
        assert menu.case is None
        assert menu.lines, "the menu opens all the same"


async def test_an_empty_list_says_that_there_is_no_case(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    async with opened(bench.desk("yun"), tmp_path) as (app, pilot):
        for keys in (("d",), ("comma", "o"), (":", "text:campaigns", "enter")):
            await press(pilot, *keys, "n")
            assert "There is no case under the cursor." in picture(app).splitlines()[-1]


async def test_the_neighbour_in_the_list_is_read_with_the_key_for_it(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    keys = [
        bench.act(held(bench, text=text), "press", "zong", text="催").case_id for text in ("漏水", "路灯")
    ]
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "d")
        pane = queue_of(app).panes.top
        await press(pilot, "right", "]")
        top = queue_of(app).panes.top
        assert isinstance(top, CasePane)
        assert top.case_id == keys[1]
        await press(pilot, "q")
        assert queue_of(app).panes.top is pane
        assert isinstance(pane, DeskPane)
        assert pane.case_id == keys[1], "the list has gone along"


async def test_leaving_twice_in_a_row_stays_in_the_program(bench: Bench, tmp_path: Path) -> None:
    in_lists(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "d")
        await pilot.press("q", "q")
        await settled(pilot)
        assert "once more leaves" in picture(app)
        assert app.return_code is None


async def test_the_help_says_which_keys_a_list_takes_from_the_queue(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        keymap = queue_of(app).keys.keymap
        digits = ("reached", "not_reached", "later", "refused", "skip")
        ways = {
            "next_list": ("right", "right_square_bracket"),
            "previous_list": ("left", "left_square_bracket"),
        }
        dial = [(command, str(at), f"queue.{at}") for at, command in enumerate(digits, 1)]
        dial += [(own, key, own.replace("list", "queue")) for own, keys in ways.items() for key in keys]
        taken = {
            "desk": [("read", "right", "next_queue")], "campaign": [], "dial": sorted(dial),
            "board": [("next_figure", "right", "next_queue"), ("previous_figure", "left", "previous_queue")],
        }  # fmt: skip
        assert {context: list(keymap.hidden(context)) for context in LISTS} == taken
        for context, keys in (("desk", ("d",)), ("campaign", (":", "text:campaigns", "enter"))):
            await press(pilot, "1", *keys, "f1")
            shown = picture(app)
            assert "Every other key does what it does in the queue" in shown
            said = 'Right is "Read the case" here, and "Next queue" in the queue.'
            assert (said in shown) is bool(taken[context])
            await press(pilot, "escape")


def test_what_is_about_the_queue_itself_is_named() -> None:
    assert QUEUE_ONLY == ("export", "save_view", "mark", "mark_range", "mark_all")


@pytest.mark.parametrize("name", OPENED)
async def test_the_case_of_the_line_is_what_the_screen_knows(name: str, bench: Bench, tmp_path: Path) -> None:
    case = in_lists(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        reader = queue_of(app).reader
        await at_the_case(app, pilot, name, case)
        assert reader.dossier.case.case_id == case.case_id
        await press(pilot, "escape", "escape", "escape")
        assert queue_of(app).panes.top is None
        assert reader.dossier.case.case_id == queue_of(app).table.case_id, (
            "back at the queue it is the one there"
        )


async def test_a_line_about_no_case_leaves_no_case_on_the_screen(bench: Bench, tmp_path: Path) -> None:
    in_lists(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        assert queue_of(app).reader.dossier is not None
        await press(pilot, *OPENED["campaigns"][:-1])
        assert queue_of(app).reader.dossier is None


async def test_only_the_line_on_which_the_cursor_rests_is_read(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(bench)
    cases = [bench.act(held(bench, text=f"第{n}件"), "press", "zong", text="催") for n in range(6)]
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "d")
        looked: list[int] = []
        read = case_reader.read
        monkeypatch.setattr(case_reader, "read", lambda desk, key: looked.append(key) or read(desk, key))
        monkeypatch.setattr(case_reader, "PAUSE_SECONDS", 3600)
        for _line in cases[1:]:
            await press(pilot, "j")
        assert looked == []
        monkeypatch.setattr(case_reader, "PAUSE_SECONDS", 0.01)
        await press(pilot, "k")
        pane = queue_of(app).panes.top
        assert isinstance(pane, Pane)
        while not looked:
            await pilot.pause(0.01)
        assert set(looked) == {pane.case_id}
