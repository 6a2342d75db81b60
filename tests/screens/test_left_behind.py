"""What somebody who has left leaves behind, by keys: it stands in the list of unassigned cases."""

from pathlib import Path

from desks import Bench
from duty_support import held, office

from tests.screens.support import opened, picture, press
from workbench.setup import people


async def test_a_colleague_takes_what_was_left_from_the_list_of_unassigned_cases(
    bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    case = held(bench)
    bench.act(case, "promise", text="明天上门", due="+20h")
    people.remove_person(bench.desk("zong"), "mei")
    async with opened(bench.desk("bo"), tmp_path) as (app, pilot):
        await press(pilot, "3")
        assert case.number in picture(app)
        await press(pilot, "t")
    taken = bench.now(case)
    assert (taken.handler, taken.handoffs) == ("bo", 0)
    assert [duty.owner for duty in taken.owed("promise")] == ["bo"]


async def test_the_supervisor_has_the_duty_on_the_desk(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = held(bench)
    bench.act(case, "promise", text="明天上门", due="+20h")
    people.remove_person(bench.desk("zong"), "mei")
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "d")
        assert "明天上门" in picture(app)
        await press(pilot, "enter", "ctrl+o")
    assert [duty.state for duty in bench.now(case).promises] == ["kept"]
