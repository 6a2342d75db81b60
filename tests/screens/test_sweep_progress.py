"""A sweep that takes long says on the screen how far it is, and leaves the keys alone."""

from pathlib import Path

import pytest
from desks import Bench, Clock

from tests.screens.support import opened, picture, press, settled
from workbench.watch import sweep as sweeping


async def test_a_sweep_in_slices_says_how_far_it_is(
    bench: Bench, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "SLICE", 1)
    monkeypatch.setattr(sweeping, "REST", 0)
    for _ in range(3):
        bench.record()
    clock.pass_(hours=2.25)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        app.sweep()
        await press(pilot, "down")
        await settled(pilot)
        app.beat()
        assert "3 of 3 cases" in picture(app)
