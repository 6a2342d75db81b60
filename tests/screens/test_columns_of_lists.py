"""What a line of a list says where there is little room: what matters most stays, and every cut is marked."""

from pathlib import Path

import pytest
from campaign_support import NAME, called, took
from desks import Bench, Clock
from duty_support import held, office
from textual.content import Content

from screens.list_columns import Column, Rows, cut
from screens.pick_list import PickList
from tests.screens.support import SMALL, USUAL, opened, picture, press, queue_of
from workbench import words
from workbench.actions import doing
from workbench.wording import names

HUGE = (200, 60)
WHY = "误工两天需要补偿请主管尽快决定谢谢"
STEP = "先打电话给客户约时间再带防水师傅上门"
TOLD = "明早九点派人上门查看并当面答复您"


def line_with(text: str, shown: str) -> str:
    """Return the first line of the list that says ``text``."""
    return next(line for line in shown.splitlines()[3:] if text in line)


@pytest.mark.parametrize("size", [SMALL, USUAL, HUGE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_a_request_says_who_asks_for_which_sum_and_why(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    bench.act(held(bench), "compensate", "mei", amount="1500", text=WHY)
    words.use(language)
    async with opened(bench.desk("jin"), tmp_path, size) as (app, pilot):
        await press(pilot, "d")
        row = line_with("1,500.00", picture(app))
        assert " mei " in row
        assert WHY[:4] in row
        assert (WHY in row) or "~" in row


@pytest.mark.parametrize("size", [SMALL, USUAL, HUGE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_a_level_to_confirm_says_from_which_to_which(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    bench.act(bench.record("bo", site="金色家园", flag=["media"]), "amend", "mei", no_flag=["media"])
    words.use(language)
    async with opened(bench.desk("shen"), tmp_path, size) as (app, pilot):
        await press(pilot, "d")
        pane = queue_of(app).panes.top
        before, after = pane.rows[0].levels
        assert before < after
        row = line_with("> ", picture(app))
        assert names.level(before) in row
        assert size == SMALL or names.level(after)[:4] in row


@pytest.mark.parametrize("size", [SMALL, USUAL, HUGE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_the_receiver_of_a_shift_reads_next_step_and_what_was_told_in_the_line(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    case = bench.act(held(bench, customer="王芳"), "reply", "mei", text=TOLD)
    doing.do(bench.desk("mei"), "handover", case.case_id, {"to": "bo", "text": STEP})
    words.use(language)
    async with opened(bench.desk("bo"), tmp_path, size) as (app, pilot):
        await press(pilot, "comma", "o")
        row = line_with("> ", picture(app))
        assert case.number[-5:] in row
        assert STEP[:6] in row
        assert TOLD[:6] in row
        assert "~" in row, "both are longer than their share of any list"


@pytest.mark.parametrize("size", [SMALL, USUAL, HUGE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_a_contact_says_how_far_it_is_and_what_was_said_last(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    took(bench)
    called(bench, 1, reached="yes", csi="1", text="阳台一直漏水没有人来看")
    words.use(language)
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "comma", "R")
        assert NAME in line_with("> ", picture(app))
        await press(pilot, "enter", "end", "home")
        row = line_with("阳台一直", picture(app))
        assert "王芳" in row
        assert ("不满意" if language == "zh" else "unhappy") in row


def test_a_number_is_cut_at_its_beginning_and_the_cut_is_marked() -> None:
    column = Column("", 1, 6, by_its_end=True)
    assert (cut("A261121-00013", 6, column), cut("A1", 6, column)) == ("~00013", "A1")
    assert cut("王芳王芳", 5, column) == "~王芳"
    assert cut("A261121-00013", 6, Column("", 1)) == "A2611~"


def test_only_rows_that_are_looked_at_are_made() -> None:
    made: list[int] = []
    rows = Rows(100_000, lambda at: made.append(at) or (str(at),))
    listed = PickList("x")
    listed.rows, listed.columns = rows, (Column("a"),)
    listed._lay_out(80)
    assert max(made) < 300
    assert rows[99_999] == ("99999",)
    assert rows[99_999] == ("99999",)
    assert made.count(99_999) == 1


async def test_what_an_empty_list_says_is_wrapped_notcut(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path, (40, 20)) as (app, pilot):
        await press(pilot, "d")
        said = queue_of(app).panes.top.list.empty
        shown = "".join(line.strip() for line in picture(app).splitlines())
        assert Content(said).plain.replace(" ", "") in shown.replace(" ", "")


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_what_was_told_says_by_whom_and_on_what(
    size: tuple[int, int], bench: Bench, clock: Clock, tmp_path: Path
) -> None:
    office(bench)
    case = held(bench, handler="bo")
    bench.act(case, "tell", "bo", to="mei", text="先看")
    clock.pass_(minutes=1)
    bench.act(case, "tell", "jin", to="mei", text="看一下")
    words.use("en")
    async with opened(bench.desk("mei"), tmp_path, size) as (app, pilot):
        await press(pilot, "d")
        row = line_with("> ", picture(app))
        assert " jin " in row, "the last who told"
        assert "2 not seen  " in row
        assert "厨" in row
