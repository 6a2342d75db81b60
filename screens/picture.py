"""The queue as a picture, drawn by the program itself, for the README."""

import asyncio
from pathlib import Path

from keymaps import known, load
from screens.app import WorkbenchApp
from screens.drafts import Drafts
from screens.keys import Keys
from workbench.desk import Desk
from workbench.domain import acts

REST_SECONDS = 0.5  # until the preview and the counts are there


def svg(desk: Desk, size: tuple[int, int] = (120, 40), keys: tuple[str, ...] = ()) -> str:
    """Return the queue screen as SVG, ``size`` in cells, after ``keys`` were pressed.

    Raises:
        StoreError: the store cannot be read.
    """
    return asyncio.run(_drawn(desk, size, keys))


async def _drawn(desk: Desk, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    drafts = Drafts(desk.store.path, desk.person, Path("nowhere"))  # a picture shows nobody's drafts
    app = WorkbenchApp(desk, Keys(load("default", known(acts.PERSONS))), drafts)
    async with app.run_test(size=size) as pilot:
        for key in (None, *keys):
            if key is not None:
                await pilot.press(key)
            await pilot.pause(REST_SECONDS)
            await app.workers.wait_for_complete()
        return app.export_screenshot(title="Workbench")
