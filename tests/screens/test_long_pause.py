"""A pause longer than the limit, by keys: the form says the limit, the supervisor grants it on the desk."""

from pathlib import Path

from desks import Bench
from duty_support import held, office

from tests.screens.support import opened, picture, press


async def test_a_long_pause_is_asked_for_and_granted(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = held(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "w")
        assert "Above 30 d" in picture(app)
        await press(pilot, "text:等配件", "tab", "right", "tab", "text:+40d", "ctrl+o")
    assert bench.now(case).pause is None
    assert [duty.data["act"] for duty in bench.now(case).owed("approval")] == ["pause"]
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "d", "enter", "ctrl+o")
    paused = bench.now(case).pause
    assert paused is not None
    assert paused.reason == "等配件"
