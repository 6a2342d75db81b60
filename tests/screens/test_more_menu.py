"""The menu of further acts: what it lists, in which order, how a line is reached, and why it cannot be done."""

from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, office

import keymaps
from screens.ask.more import MoreMenu
from screens.keys import Keys
from screens.present import topics
from tests.screens.support import SMALL, USUAL, WIDE, last_event, opened, picture, press, queue_of
from workbench import actions, words
from workbench.domain import acts

IN_MENU = [each.id for each in actions.every() if each.id in keymaps.load(
    "default", keymaps.known(acts.PERSONS)).contexts["more"]]  # fmt: skip


def lines(bench: Bench, case=None) -> list[topics.Line]:  # type: ignore[no-untyped-def]
    keys = Keys(keymaps.load("default", keymaps.known(acts.PERSONS)))
    return topics.menu(bench.desk(), case, keys.in_menu)


def test_every_act_without_a_key_of_its_own_stands_in_the_menu_once(bench: Bench) -> None:
    shown = [line.id for line in lines(bench, bench.record())]
    assert sorted(shown) == sorted({*IN_MENU, *topics.DOORS})


def test_every_act_of_the_menu_has_a_topic() -> None:
    assert set(IN_MENU) <= {act for act in acts.PERSONS if acts.BY_ID[act].topic is not acts.Topic.HANDLING}


def test_what_cannot_be_done_says_why(bench: Bench) -> None:
    said = {line.id: line.why_not for line in lines(bench, bench.record())}
    assert "no sum to pay" in said["pay"]
    assert said["tell"] == ""


def test_without_a_case_every_act_on_one_says_so_and_the_screens_still_open(bench: Bench) -> None:
    said = {line.id: line.why_not for line in lines(bench)}
    open_all_the_same = set(topics.DOORS) - set(topics.OF_A_CASE)
    assert {said.pop(door) for door in open_all_the_same} == {""}
    assert set(said.values()) == {"There is no case under the cursor."}


@pytest.mark.parametrize(
    ("act", "given", "person", "first"),
    [
        ("dispatch", {"to": "mei"}, "bo", ["accept", "refuse", "seen"]),
        ("press", {"text": "今天答复"}, "zong", ["answer", "seen"]),
        ("handover", {"to": "mei"}, "bo", ["confirm", "refuse", "seen"]),
        ("tell", {"to": "mei", "text": "看一下"}, "bo", ["seen"]),
    ],
)
def test_what_this_person_owes_stands_on_top(
    act: str, given: dict[str, str], person: str, first: list[str], bench: Bench
) -> None:
    office(bench)
    holder = "mei" if act == "press" else "bo"
    case = bench.act(held(bench, holder), act, person, **given)
    likely = [line.id for line in lines(bench, case) if line.topic == topics.NEXT]
    assert likely == first


@pytest.mark.parametrize("size", [USUAL, WIDE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_the_menu_fits_and_leaves_the_case_in_sight(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    case = bench.record()
    words.use(language)
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "comma")
        shown = picture(app).splitlines()
        assert len([row for row in shown if case.number in row]) >= 2
        assert [row for row in shown if " d   " in row], "the first topic is in sight"
        await press(pilot, "end")
        assert [row for row in picture(app).splitlines() if row.startswith(" > ")]


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
@pytest.mark.parametrize("keys", [["enter"], ["?"], ["d"]])
async def test_menu_and_palette_are_in_sight_wherever_they_are_opened(
    size: tuple[int, int], keys: list[str], bench: Bench, tmp_path: Path
) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, *keys, ":")
        assert "All commands" in picture(app)
        await press(pilot, "escape", "escape", *([] if keys == ["?"] else [*keys, "comma"]))
        assert keys == ["?"] or "More acts" in picture(app)


@pytest.mark.parametrize("key", ["comma", "ctrl+k"])
async def test_a_letter_opens_the_form_of_its_act(key: str, bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, key, "t", "text:li", "tab", "text:请看", "ctrl+o")
        assert "Told  told: li" in picture(app).splitlines()[-1]
    assert last_event(bench.desk(), case).data["informed"] == ["li"]


async def test_a_number_goes_to_its_line_and_enter_does_it(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "ctrl+k")
        menu = queue_of(app).panel.question
        assert isinstance(menu, MoreMenu)
        at = [line.id for line in menu.lines].index("profile")
        await press(pilot, f"text:{at + 1}")
        assert menu.list.cursor == at
        await press(pilot, "enter")
        assert "Temperament" in picture(app)


async def test_a_line_that_cannot_be_done_says_why_and_the_menu_stays(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "comma", "M")
        assert "no sum to pay" in picture(app).splitlines()[-1]
        assert queue_of(app).panel.kind == "more"
        await press(pilot, "escape")
        assert queue_of(app).panel.kind == ""
    assert last_event(bench.desk(), case).act == "record"
