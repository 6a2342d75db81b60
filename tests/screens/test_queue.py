"""The queue on the screen: what stands in it at which size, and that the cursor stays on its case."""

from pathlib import Path

import pytest
from desks import Bench, Clock

from tests.screens.support import SMALL, USUAL, WIDE, noticed, opened, picture, press, queue_of, settled
from workbench import words
from workbench.domain.cases import Case


def three_cases(bench: Bench, clock: Clock) -> list[Case]:
    """Record three cases an hour apart, the first one the most urgent."""
    given = (
        {
            "customer": "王芳",
            "site": "云栖花园",
            "unit": "3-1201",
            "text": "卫生间天花板漏水",
            "people": "12",
        },
        {"customer": "Smith", "site": "North Gate", "unit": "7", "text": "The lift is out of order"},
        {"customer": "欧阳建国", "phone": "13812345678", "text": "停车费多收了", "kind": "inquiry"},
    )
    cases = []
    for facts in given:
        cases.append(bench.record(**facts))
        clock.pass_(hours=1)
    return cases


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_number_and_countdown_stand_whole_at_every_size(
    size: tuple[int, int], language: str, bench: Bench, clock: Clock, tmp_path: Path
) -> None:
    cases = three_cases(bench, clock)
    words.use(language)
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        shown = picture(app)
        lines = shown.splitlines()
        assert len(lines) == size[1]
        for case, left in zip(cases, ("0:00:00", "01:00", "02:00"), strict=True):
            line = next(line for line in lines if line[2:].startswith(case.number))
            assert left in line
        clock.pass_(seconds=1)
        queue_of(app).table.tick()
        await settled(pilot)
        assert "!-00:00" in picture(app)


WORDS = {
    ("zh", SMALL): ["待办", "剩余", "响应"],
    ("zh", USUAL): ["王芳", "重大 热点", "卫生间天花板漏水", "经办人"],
    ("zh", WIDE): ["云栖花园 3-1201", "12 人一起投诉", "[####", "登记", "无人；首问 mei"],
    ("en", SMALL): ["To do", "Time left", "Response"],
    ("en", USUAL): ["Smith", "Major hot", "The lift", "Handler"],
    ("en", WIDE): [
        "North Gate 7",
        "12 people complain together",
        "[####",
        "Recorded",
        "nobody; first asked: mei",
    ],
}


@pytest.mark.parametrize(("language", "size"), WORDS)
async def test_wider_screens_say_more(
    language: str, size: tuple[int, int], bench: Bench, clock: Clock, tmp_path: Path
) -> None:
    three_cases(bench, clock)
    words.use(language)
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        shown = picture(app)
        if size == WIDE and language == "en":
            await press(pilot, "j")
            shown += picture(app)
        missing = [text for text in WORDS[language, size] if text not in shown]
    assert not missing


async def test_the_end_of_a_number_is_in_one_style(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path, SMALL) as (app, _pilot):
        strips = app.screen._compositor.render_strips()
        pieces = [segment.text for strip in strips for segment in strip]
    assert any(case.number in piece for piece in pieces)


async def test_the_cursor_stays_on_its_case_when_others_change_the_order(
    bench: Bench, clock: Clock, tmp_path: Path
) -> None:
    cases = three_cases(bench, clock)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        await press(pilot, "j")
        assert screen.table.case_id == cases[1].case_id
        bench.act(cases[0], "propose", "li", text="x")  # now the first one is due later
        await noticed(app, pilot)
        assert screen.table.case_id == cases[1].case_id
        assert screen.table.cursor == 0


async def test_a_case_that_leaves_hands_its_place_to_the_next(
    bench: Bench, clock: Clock, tmp_path: Path
) -> None:
    cases = three_cases(bench, clock)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "3", "c", "text:好了", "ctrl+o")  # unassigned: a closed case leaves
        screen = queue_of(app)
        assert screen.table.case_id == cases[1].case_id
        assert screen.table.cursor == 0


async def test_other_peoples_changes_appear_by_themselves(bench: Bench, clock: Clock, tmp_path: Path) -> None:
    cases = three_cases(bench, clock)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        assert "大李" not in picture(app)
        bench.act(cases[0], "take", "大李")
        await pilot.pause(0.7)  # the program looks twice a second
        await settled(pilot)
        assert "大李" in picture(app)


async def test_the_tabs_count_and_their_keys_open_them(bench: Bench, clock: Clock, tmp_path: Path) -> None:
    cases = three_cases(bench, clock)
    bench.act(cases[1], "take")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        assert "2Mine 1" in picture(app)
        await press(pilot, "2")
        shown = picture(app)
        assert "[2Mine 1]" in shown
        assert cases[1].number in shown
        assert cases[0].number not in shown
        await press(pilot, "right")
        assert "[3Unassigned 2]" in picture(app)


async def test_an_empty_queue_says_so(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path, USUAL) as (app, _pilot):
        assert "Press r to record the first" in picture(app)
        assert "Enter open" not in picture(app), "there is nothing to open"
    bench.act(bench.record(kind="inquiry"), "close", outcome="x")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, _pilot):
        assert "Nothing is left to do here." in picture(app)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("handler:none", [0, 1, 2]),
        ("level<=2", [0]),
        ("site:云栖", [0]),
        ("lift", [1]),
        ("site:North lift", [1]),
        ("kind:Inquiry", [2]),
        ("类型:咨询", [2]),
        ("phone:13812345678", [2]),
        ("hot:yes", [0]),
        ("漏水", [0]),
    ],
)
async def test_the_filter_narrows_the_queue(
    typed: str, found: list[int], bench: Bench, clock: Clock, tmp_path: Path
) -> None:
    cases = three_cases(bench, clock)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "/", f"text:{typed}", "enter")
        shown = list(queue_of(app).table.source.ids)
        assert typed in picture(app).splitlines()[0]
        await press(pilot, "escape")
        assert len(queue_of(app).table.source) == 3
    assert sorted(shown) == sorted(cases[at].case_id for at in found)


@pytest.mark.parametrize("typed", ["nosuch:1", "level:", "kind:nonsense", "people:many"])
async def test_a_filter_that_cannot_be_understood_is_a_sentence_and_stays(
    typed: str, bench: Bench, tmp_path: Path
) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "/", f"text:{typed}", "enter")
        assert "! " in picture(app)
        assert len(queue_of(app).table.source) == 1


async def test_a_case_opens_whole_with_its_reckoning_and_closes_again(bench: Bench, tmp_path: Path) -> None:
    case = bench.record(text="第一行\n第二行")
    bench.act(case, "note", text="看过现场")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "enter")
        assert "Received at" in picture(app)
        await press(pilot, "space")
        assert "看过现场" in picture(app)
        await press(pilot, "y")
        assert "3:00:00" in picture(app)
        await press(pilot, "escape")
        assert "Time left" in picture(app)


async def test_help_lists_the_keys_and_the_palette_runs_by_name(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "?")
        assert "f8" in picture(app).lower()
        await press(pilot, "q", ":", "text:take", "enter")
    assert bench.now(case).handler == "mei"


async def test_time_alone_brings_a_level_before_anybody_sweeps(
    bench: Bench, clock: Clock, tmp_path: Path
) -> None:
    bench.record()
    clock.pass_(days=16)
    bench.store.read_only = True  # nobody may write it down
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        queue_of(app).feed.freshen()
        await settled(pilot)
        assert "Serious hot" in picture(app)


async def test_the_queue_of_promises_counts_down_the_promise(
    bench: Bench, clock: Clock, tmp_path: Path
) -> None:
    case = bench.record()
    bench.act(case, "promise", text="明早派人", due="+5h")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        assert "03:00 Response" in picture(app)
        await press(pilot, "6")
        assert "05:00 Promise" in picture(app)
