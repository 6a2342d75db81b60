"""A shift is handed over by keys, with what this person recorded and nobody has taken."""

from pathlib import Path

from desks import Bench
from duty_support import held, office

from tests.screens.support import opened, picture, press


async def test_what_nobody_has_taken_stands_in_the_handing_over(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    mine = held(bench)
    loose = bench.record("mei", text="门禁坏了", site="金色家园")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "comma", "o")
        assert mine.number in picture(app)
        assert loose.number in picture(app)
        await press(pilot, "H", "text:bo", "ctrl+o")
    assert [bench.now(case).owed("handover")[0].owner for case in (mine, loose)] == ["bo", "bo"]
