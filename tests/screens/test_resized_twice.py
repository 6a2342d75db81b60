"""A terminal that changes its size twice at once comes to rest in the last one."""

from pathlib import Path

import pytest
from desks import Bench
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from tests.screens.support import USUAL, opened, picture, press, queue_of, settled

STALE, LAST = Size(100, 30), Size(120, 40)


async def test_a_size_that_is_no_more_is_not_drawn_and_the_last_one_is(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, real = list[Size | None](), Screen._refresh_layout

    def counted(screen: Screen[object], size: Size | None = None, **more: bool) -> None:
        drawn.append(size)
        real(screen, size, **more)

    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await pilot.resize_terminal(*LAST)
        await settled(pilot)
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        queue_of(app).post_message(Resize(STALE, STALE))
        await settled(pilot)
        assert STALE not in drawn
        assert queue_of(app).size == LAST
        assert len(picture(app).splitlines()) == LAST.height
        await press(pilot, "?")
        assert queue_of(app).panes.helping
