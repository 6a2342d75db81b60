"""A customer who is passed around, by keys: a department says it is not theirs, and list and preview show it."""

from pathlib import Path

from desks import Bench
from duty_support import held, office

from tests.screens.support import opened, picture, press
from workbench.domain.passing import passed


async def test_a_department_says_that_it_is_not_theirs_and_the_list_shows_it(
    bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    case = held(bench)
    bench.act(case, "ask", "mei", of="工程部", text="是否渗漏")
    async with opened(bench.desk("tie"), tmp_path) as (_app, pilot):
        await press(pilot, "d", "enter", "text:喷灌不归工程部", "tab", "y", "ctrl+o")
    assert passed(bench.now(case)).as_json() == {"handoffs": 0, "refused": 0, "returned": 0, "not_theirs": 1}
    async with opened(bench.desk("mei"), tmp_path) as (app, _pilot):
        shown = picture(app)
    assert "passed 1: 厨房漏水" in shown
    assert "mei  not theirs: 1" in shown


async def test_a_case_goes_to_another_only_with_a_reason(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = held(bench)
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "s", "text:bo", "ctrl+o")
        assert "mei holds it: say why it changes hands" in picture(app)
        assert bench.now(case).handler == "mei"
        await press(pilot, "text:近", "ctrl+o")
    assert (bench.now(case).handler, bench.now(case).handoffs) == ("bo", 1)
