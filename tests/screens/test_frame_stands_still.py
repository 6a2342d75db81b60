"""List, card and strip stand where they stand: whatever is read, asked or typed, no place of the frame moves."""

import pytest
from support import SMALL, USUAL, opened, press, queue_of, settled

from screens.ask.form import Form

SIZES = [SMALL, USUAL, (100, 30), (120, 40), (200, 60)]
ALWAYS = ("#top", "#tabs", "#strip", "#keys", "#status")  # whatever is asked but a menu
ABOVE = ("#list", "#preview")  # one may stand in for the other, none may grow where both are seen
TOUR = [
    ["j"], ["e"], ["text:tomorrow at ten"], ["escape"], ["enter"], ["e"], ["escape"], ["q"], ["c"], ["escape"],
    ["r"], ["text:the lift is stuck"], ["escape"], ["d"], ["j"], ["escape"], ["d", "H"], ["escape"],
    ["/"], ["escape"], ["f1"], ["escape"], ["2"], ["1"],
]  # fmt: skip


def places(app, names):
    found = {name: app.screen.query_one(name) for name in names}
    return {name: widget.region for name, widget in found.items() if widget.display and widget.region.height}


async def toured(app, pilot, then):
    for keys in TOUR:
        await press(pilot, *keys)
        await settled(pilot)
        then(keys)


@pytest.mark.parametrize("size", SIZES)
async def test_no_place_of_the_frame_ever_moves(bench, tmp_path, size):
    for n in range(8):
        bench.act(bench.record(text=f"{n} 号楼停电"), "take")
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await settled(pilot)
        first = places(app, ALWAYS)
        assert set(first) == set(ALWAYS)
        both = places(app, ABOVE)

        def stands(keys):
            assert places(app, ALWAYS) == first, keys
            now = places(app, ABOVE)
            if set(now) == set(both) and not app.screen.has_class("-on-card"):
                assert now == both, keys

        await toured(app, pilot, stands)


async def test_a_place_that_grows_is_seen(bench, tmp_path):
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await settled(pilot)
        first = places(app, ALWAYS)
        app.screen.query_one("#strip").styles.height = 9
        await settled(pilot)
        assert places(app, ALWAYS) != first


@pytest.mark.parametrize("size", SIZES)
async def test_the_strip_tells_what_came_last_and_makes_room_for_a_form(bench, tmp_path, size):
    case = bench.record(text="the lift is stuck")
    bench.act(case, "reply", text="somebody comes at nine")
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await settled(pilot)
        queue = queue_of(app)
        said = "\n".join(strip.text for strip in queue.history.lines)
        assert "somebody comes at nine" in said
        await press(pilot, "n")
        assert isinstance(queue.question, Form)
        assert not queue.history.display
        assert queue.question.region.y >= app.screen.query_one("#strip").region.y


async def test_a_place_that_comes_back_holds_nothing_of_the_case_before(bench, tmp_path):
    """On a busy machine the strip may get its size only after everything was drawn."""
    bench.record(text="甲家漏水", customer="王芳")
    bench.record(text="乙家吵闹", customer="李强")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await settled(pilot)
        screen = queue_of(app)
        seen = screen.reader.dossier.case.text
        other = {"甲家漏水": "乙家吵闹", "乙家吵闹": "甲家漏水"}[seen]
        screen.history.display = False
        await pilot.pause()
        await press(pilot, "j")
        await settled(pilot)
        screen.history.display = True
        await pilot.pause()
        await settled(pilot)
        shown = "\n".join(strip.text for strip in screen.history.lines)
        assert (other in shown, seen in shown) == (True, False)


async def test_the_page_of_a_case_is_laid_out_once_and_holds_nothing_of_the_case_before(bench, tmp_path):
    first, second = bench.record(text="电梯困人"), bench.record(text="地库漏水")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        queue = queue_of(app)
        pages, words = [], []
        for by in (1, -1):
            queue.table.move(by)
            await press(pilot, "enter")
            pages.append(queue.panes.top)
            words.append("\n".join(line.text for line in queue.panes.top.lines))
            await press(pilot, "escape")
        assert pages[0] is pages[1] is queue.page
        assert not queue.page.display
        assert sorted((first.text in text, second.text in text) for text in words) == [
            (False, True),
            (True, False),
        ]
        queue.page.begin()
        assert queue.page.lines == []
