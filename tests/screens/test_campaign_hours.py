"""A campaign rings in the hours in which one may ring, by keys: a next try at night is moved to the morning."""

from pathlib import Path

from campaign_support import took
from desks import Bench

from storage import campaigns as stored
from tests.screens.support import USUAL, opened, picture, press, queue_of
from workbench.domain.times import stamp

OPEN = (":", "text:campaigns", "enter", "enter")


async def test_a_next_try_at_night_comes_in_the_morning_and_the_form_says_so(
    bench: Bench, tmp_path: Path
) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "enter", "2")
        form = queue_of(app).panes.form
        next(row for row in form.rows if row.field.name == "again").control.focus()
        await press(pilot, "text:2026-11-23 23:00")
        shown = " ".join(picture(app).split())
        assert "(moved into the hours in which one may ring)" in shown
        await press(pilot, "ctrl+o")
    with bench.store.reading() as db:
        last = stored.contact(db, bench.store.site_id, 1, 1).last
    assert (last.reached, stamp(last.again_at)) == (False, "2026-11-24T01:00:00.000000Z")
