"""A case that leaves the list pulls the next one under the cursor: no key may act on it before it was seen."""

import pytest
from support import USUAL, opened, picture, press

from screens import commands
from screens.queue import table


async def test_a_key_that_comes_before_anybody_saw_the_cursor_slide_acts_on_nothing(
    bench, tmp_path, monkeypatch
):
    first, second = bench.record(text="first"), bench.record(text="second")
    now = [100.0]
    for module in (commands, table):
        monkeypatch.setattr(module, "monotonic", lambda: now[0])
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "3", "t", "t")
        assert bench.now(first).handler == "mei"
        assert bench.now(second).handler is None
        assert f"The cursor has come to {second.number}" in picture(app)
        await press(pilot, "t")
        assert bench.now(second).handler == "mei"


@pytest.mark.parametrize("wait", ["j", "time"])
async def test_whoever_has_moved_or_looked_acts_at_once(bench, tmp_path, monkeypatch, wait):
    made = [bench.record(text=f"case {n}") for n in range(4)]
    now = [100.0]
    for module in (commands, table):
        monkeypatch.setattr(module, "monotonic", lambda: now[0])
    async with opened(bench.desk(), tmp_path, USUAL) as (_app, pilot):
        await press(pilot, "3", "t")
        if wait == "j":
            await press(pilot, "j")
        now[0] += commands.SLID_SECONDS + 0.1 if wait == "time" else 0
        await press(pilot, "t")
        assert sum(bench.now(case).handler == "mei" for case in made) == 2
