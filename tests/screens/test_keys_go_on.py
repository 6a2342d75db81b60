"""What others commit is read into a list while keys go on; what the person asks for makes them wait."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from desks import Bench

from screens import campaign_pane
from tests.screens.support import burst, noticed, opened, press, queue_of, settled
from tests.screens.test_keys_in_lists import OPENED, in_lists
from workbench.reports import desk, shift

READS = {"desk": (desk, "rows"), "handover": (shift, "held"), "campaigns": (campaign_pane, "_read")}


@pytest.mark.parametrize("name", OPENED)
@pytest.mark.parametrize("asked", [False, True])
async def test_keys_wait_for_what_the_person_asked_for_only(
    name: str, asked: bool, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_lists(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await noticed(app, pilot)
        await press(pilot, *OPENED[name])
        begun, go = Event(), Event()
        module, function = READS[name]
        read = getattr(module, function)

        def slow(*given: Any) -> Any:
            begun.set()
            go.wait(20)
            return read(*given)

        monkeypatch.setattr(module, function, slow)
        try:
            if asked:
                burst(app, "f5")
            else:
                bench.record("bo", text="又一件")
                queue_of(app).feed.last_key = 0.0
                queue_of(app).feed.poll()
            while not begun.is_set():
                await pilot.pause(0.02)
            burst(app, "j")
            await pilot.pause(0.1)
            assert bool(app.gate.held) is asked
        finally:
            go.set()
        await settled(pilot)


async def test_a_commit_of_others_lets_no_key_go_that_waits(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_lists(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await noticed(app, pilot)
        await press(pilot, "d")
        go, reads = Event(), []
        read = desk.rows

        def slow(*given: Any) -> Any:
            reads.append(given)
            go.wait(20)
            return read(*given)

        monkeypatch.setattr(desk, "rows", slow)
        try:
            burst(app, "f5")
            while len(reads) < 1:
                await pilot.pause(0.02)
            bench.record("bo", text="又一件")
            queue_of(app).feed.last_key = 0.0
            queue_of(app).feed.poll()
            while len(reads) < 2:
                await pilot.pause(0.02)
            burst(app, "j")
            await pilot.pause(0.1)
            assert app.gate.held
        finally:
            go.set()
        await settled(pilot)
