"""How the customer wants to be served stands beside the form in which something is told to them."""

from pathlib import Path

import pytest
from desks import Bench

from tests.screens.support import SMALL, WIDE, opened, picture, press
from workbench import words


@pytest.mark.parametrize("key", ["e", "o", "p", "c", "b"])
async def test_the_strategies_for_temperament_and_style_stand_beside_what_is_told(
    key: str, bench: Bench, tmp_path: Path
) -> None:
    case = bench.record()
    bench.act(case, "profile", temperament="choleric", style="driving")
    async with opened(bench.desk(), tmp_path, WIDE) as (app, pilot):
        await press(pilot, key)
        shown = picture(app)
        assert "Temperament: Choleric. Meet what is reasonable at once" in shown
        assert "Social style: Driving." in shown
        assert "Motive:" not in shown


async def test_an_inner_note_and_an_unknown_customer_have_none(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "e")
        assert "Temperament" not in picture(app)
    bench.act(case, "profile", temperament="choleric")
    async with opened(bench.desk(), tmp_path / "later") as (app, pilot):
        await press(pilot, "n")
        assert "Temperament: " not in picture(app)


async def test_on_a_small_screen_in_chinese_the_hint_leaves_room_for_the_text(
    bench: Bench, tmp_path: Path
) -> None:
    case = bench.record()
    bench.act(case, "profile", temperament="melancholic", style="analytical", motive="vent")
    words.use("zh")
    async with opened(bench.desk(), tmp_path, SMALL) as (app, pilot):
        await press(pilot, "e", "text:您好")
        assert "您好" in picture(app).replace(" ", "")
        assert "抑郁质" in picture(app)
