"""The program without a terminal: opened on a desk, driven by keys, read as text."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.events import Key
from textual.pilot import Pilot

from keymaps import known, load
from screens.app import WorkbenchApp
from screens.drafts import Drafts
from screens.keys import Keys
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.upcoming import SYSTEM

WIDE, USUAL, SMALL = (120, 40), (80, 24), (60, 20)


@asynccontextmanager
async def opened(
    desk: Desk, drafts: Path, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[WorkbenchApp, Pilot[int]]]:
    """Open the program on ``desk``; drafts go to a folder of the test."""
    keys = Keys(load("default", known(acts.PERSONS)))
    app = WorkbenchApp(desk, keys, Drafts(desk.store.path, desk.person, drafts))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


async def settled(pilot: Any) -> None:
    """Wait until everything that a key began has come to its end: reads, writes and the preview."""
    for _ in range(3):
        await asyncio.sleep(0.06)  # pilot.pause would draw at once, in the middle of a form that opens
        while pilot.app.gate.held or any(not worker.is_finished for worker in pilot.app.workers):
            await asyncio.sleep(0.005)
    await pilot.pause()


async def noticed(app: WorkbenchApp, pilot: Pilot[int]) -> None:
    """Wait until the queue shows what others committed; after a slow reading it rests for a while."""
    feed = queue_of(app).feed
    feed.poll()
    await settled(pilot)
    while feed.stale:
        feed.poll()
        await settled(pilot)


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys one after another as a person does; ``text:`` types what follows it."""
    for key in keys:
        if key.startswith("text:"):
            burst(pilot.app, key)
        else:
            await pilot.press(key)
    await settled(pilot)


def burst(app: WorkbenchApp, *keys: str) -> None:
    """Send keys in one go, as a fast hand or a script does; ``text:`` types what follows it."""
    for key in keys:
        for each in key.removeprefix("text:") if key.startswith("text:") else [key]:
            app.post_message(Key(each, each if len(each) == 1 else None))


def picture(app: WorkbenchApp) -> str:
    """Return what the screen shows, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def last_event(desk: Desk, case: Case) -> Event:
    """Return the newest entry of a case's timeline that a person made; the open program sweeps besides."""
    return next(event for event in reversed(desk.timeline(case.case_id)) if event.by != SYSTEM)


def queue_of(app: WorkbenchApp):  # type: ignore[no-untyped-def]
    """Return the queue screen."""
    assert app.queue is not None
    return app.queue
