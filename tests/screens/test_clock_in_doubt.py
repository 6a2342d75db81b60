"""A clock in doubt on the screen: the verdict and the entry say so; what time brought waits for an act."""

from datetime import timedelta
from pathlib import Path

from desks import Bench, Clock

from screens.case_reader import read
from screens.present import case_text, timeline
from tests.screens.support import opened, picture, press, settled
from workbench.actions import doing
from workbench.desk import Desk
from workbench.wording.names import Names


def bent(bench: Bench, clock: Clock) -> int:
    """Return a case that was answered too late, by a clock that says that it was in time."""
    case = bench.record()
    clock.pass_(hours=5)
    bench.act(case, "note", text="x")
    clock.at -= timedelta(hours=3)
    bench.act(case, "reply", text="x")
    return case.case_id


def test_the_verdict_and_the_entry_say_so_on_the_case(bench: Bench, clock: Clock) -> None:
    key = bent(bench, clock)
    shown = str(case_text.preview(read(bench.desk(), key), 120, 60))
    assert "in doubt" in shown
    entry = bench.desk().timeline(key)[-1]
    words = Names(bench.desk().rules().policy)
    assert "the clock said 2026-11-21 14:00" in timeline.full(entry, words, 80).plain


async def test_the_pane_of_the_case_says_so(bench: Bench, clock: Clock, tmp_path: Path) -> None:
    bent(bench, clock)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "enter")
        assert "in doubt" in picture(app)


async def test_the_sweep_of_the_screen_waits_and_says_so_once(
    bench: Bench, clock: Clock, tmp_path: Path
) -> None:
    desk = Desk(bench.store, "mei", clock, uptime=lambda: None)
    case = doing.record(desk, {"text": "x"})
    clock.pass_(days=400)
    async with opened(desk, tmp_path) as (app, pilot):
        app.sweep()
        await settled(pilot)
        assert "workbench sweep --yes" in picture(app)
        assert len(desk.timeline(case.case_id)) == 1
        doing.do(desk, "note", case.case_id, {"text": "x"})
        app.sweep()
        await settled(pilot)
    assert desk.timeline(case.case_id)[-1].by == "system"
