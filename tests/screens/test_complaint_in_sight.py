"""What is wrong with a field is in sight, however low the form stands on the screen."""

from pathlib import Path

import pytest
from desks import Bench

from screens.ask.field_row import FieldRow
from tests.screens.support import SMALL, USUAL, WIDE, opened, picture, press, queue_of, settled


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
async def test_a_refusal_about_the_last_field_is_seen(
    size: tuple[int, int], bench: Bench, tmp_path: Path
) -> None:
    bench.record(customer="孙")
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "c", "text:已补寄，差价不退", "tab", "2", "tab", "2", "ctrl+o")
        assert "This is not solved" in picture(app)


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
async def test_a_refusal_about_no_field_stands_where_the_keys_go(
    size: tuple[int, int], bench: Bench, tmp_path: Path
) -> None:
    bench.record(customer="孙")
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "c", "text:已补寄", "tab", "tab", "tab")
        form = queue_of(app).panes.form
        assert form is not None
        form.complain("", "Nobody may do this today.")
        await settled(pilot)
        assert "Nobody may do this today." in picture(app)


async def test_a_refusal_is_seen_however_late_the_screen_is_laid_out(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its line has no height until then: whoever follows it at once scrolls to where it is not yet."""
    bench.record(customer="孙")
    async with opened(bench.desk(), tmp_path, SMALL) as (app, pilot):
        await press(pilot, "c", "text:已补寄，差价不退", "tab", "2", "tab", "2")
        monkeypatch.setattr(FieldRow, "call_after_refresh", lambda _row, follow: follow())
        await press(pilot, "ctrl+o")
        assert "This is not solved" in picture(app)
