"""One key goes to the most urgent case for this person; a free one is taken by it, and given back by undo."""

from pathlib import Path

from desks import Bench

from tests.screens.support import opened, picture, press, queue_of


async def test_the_key_takes_the_most_urgent_and_undo_gives_it_back(bench: Bench, tmp_path: Path) -> None:
    calm, grave = bench.record(), bench.record(people=12)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "m")
        screen = queue_of(app)
        assert screen.reader.case_id == grave.case_id
        assert bench.now(grave).handler == "mei"
        assert grave.number in screen.said
        await press(pilot, "u")
        assert (bench.now(grave).handler, bench.now(calm).handler) == (None, None)


async def test_pressed_again_it_goes_on_and_says_when_there_is_nothing_else(
    bench: Bench, tmp_path: Path
) -> None:
    cases = [bench.record(people=people) for people in (12, 3)]
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "2", "m")
        assert queue_of(app).reader.case_id == cases[0].case_id
        assert queue_of(app).feed.queue == "mine"
        await press(pilot, "m")
        assert queue_of(app).reader.case_id == cases[1].case_id
        bench.act(cases[0], "close", outcome="好", resolution="full")
        bench.act(cases[0], "callback", reached="yes", csi="5", text="满意")
        await press(pilot, "m")
        assert "There is nothing else that you could do now." in picture(app)


async def test_two_windows_and_a_burst_take_no_case_twice(bench: Bench, tmp_path: Path) -> None:
    cases = [bench.record() for _each in range(6)]
    async with (
        opened(bench.desk("mei"), tmp_path / "a") as (_one, left),
        opened(bench.desk("bo"), tmp_path / "b") as (_two, right),
    ):
        await press(left, "m", "m", "m")
        await press(right, "m", "m", "m")
    handlers = [bench.now(case).handler for case in cases]
    assert sorted(filter(None, handlers)) == ["bo"] * 3 + ["mei"] * 3
    assert all(
        len([e for e in bench.desk().timeline(case.case_id) if e.act == "take"]) == 1 for case in cases
    )
