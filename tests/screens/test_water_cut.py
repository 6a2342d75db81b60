"""A water cut: forty-three calls of one building in an hour, two clerks at one store, a supervisor who looks on.

Three customers ring twice. Nobody takes what another holds; each customer is told once, and called once.
"""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from tests.screens.support import USUAL, opened, picture, press, queue_of, settled
from workbench.reports import board
from workbench.reports.board_state import Asked

CUSTOMERS, RUNG_TWICE = 40, 3
BY_KEYS = 4  # recorded by keys; the others as the form records them
BUILDING = "云栖花园"
WORDS, TOLD, DONE = "整栋楼停水了", "阀门已修好，今晚八点来水", "八点已恢复供水"


@pytest.fixture(autouse=True)
def _quick_eyes(monkeypatch):
    """Let a test see at once who has come to the dialler."""
    monkeypatch.setattr("screens.dial_pane.SEEN_SECONDS", 0.0)


def home(at):
    return f"3-{at // 4 + 1:02d}{at % 4 + 1:02d}"


def phone(at):
    return f"138001380{at:02d}"


async def recorded(pilot, at):
    """Take a call: the phone, the words, and where it is."""
    await press(pilot, "r", f"text:{phone(at)}", "tab", f"text:{WORDS}")
    while pilot.app.focused.parent.parent.field.name != "site":
        await pilot.press("tab")
    await press(pilot, f"text:{BUILDING}", "tab", f"text:{home(at)}", "ctrl+o")


async def rung_again(pilot, at):
    await press(pilot, "r", f"text:{phone(at)}", "tab", "text:还没水", "f4", "ctrl+o")


def cases(bench):
    desk = bench.desk()
    with bench.store.reading() as db:
        ids = [row[0] for row in db.all("SELECT case_id FROM cases ORDER BY case_id")]
    return [desk.case(case_id) for case_id in ids]


def done(bench, act):
    """Return how often something was done to each case."""
    desk = bench.desk()
    return [sum(event.act == act for event in desk.timeline(case.case_id)) for case in cases(bench)]


def seen(bench, *names):
    """Return figures of the supervisor's board."""
    figures = board.board(bench.desk("sup"), Asked()).figures()
    return tuple(figures[name].count for name in names)


async def taken(pilot):
    """Press the key of the next case until nothing is left that nobody holds; the other does the same meanwhile."""
    for _ in range(CUSTOMERS):
        await press(pilot, "m")
        if "There is nothing else" in queue_of(pilot.app).said:
            return


async def on_all_of_mine(pilot, key, *typed):
    """Mark the clerk's own queue, and do one act to all of it."""
    await press(pilot, "2", "asterisk", key, *typed, "ctrl+o")
    while "marked" in picture(pilot.app).splitlines()[0]:
        await settled(pilot)


async def rung_up(pilot):
    """Ring whoever the dialler brings, until it brings nobody."""
    await press(pilot, "D")
    while queue_of(pilot.app).panes.top.case_id is not None:
        await press(pilot, "1", "text:4", "ctrl+o")


async def test_forty_three_calls_by_two_clerks(bench, tmp_path):
    for name in ("mei", "lin"):
        (tmp_path / name).mkdir()
    async with (
        opened(bench.desk("mei"), tmp_path / "mei", USUAL) as (_first, mei),
        opened(bench.desk("lin"), tmp_path / "lin", USUAL) as (_second, lin),
    ):
        clerks = (mei, lin)
        for at in range(BY_KEYS):
            await recorded(clerks[at % 2], at)
        for at in range(BY_KEYS, CUSTOMERS):
            bench.clock.pass_(seconds=75)
            bench.record(("mei", "lin")[at % 2], text=WORDS, phone=phone(at), site=BUILDING, unit=home(at))
        for at in range(RUNG_TWICE):
            await rung_again(clerks[at % 2], at)
        assert seen(bench, "open", "unassigned", "silence") == (CUSTOMERS, CUSTOMERS, RUNG_TWICE)

        await asyncio.gather(*map(taken, clerks))
        held = Counter(case.handler for case in cases(bench))
        assert held.keys() == {"mei", "lin"}
        assert done(bench, "take") == [1] * CUSTOMERS
        assert not any(case.handoffs for case in cases(bench))
        assert seen(bench, "unassigned", "by_person.mei.unsolved") == (0, held["mei"])

        await asyncio.gather(*(on_all_of_mine(each, "e", f"text:{TOLD}") for each in clerks))
        assert done(bench, "reply") == [1] * CUSTOMERS
        assert seen(bench, "open", "silence", "opinions") == (CUSTOMERS, 0, 0)

        bench.clock.at += timedelta(hours=2)
        await asyncio.gather(*(on_all_of_mine(each, "c", f"text:{DONE}") for each in clerks))
        assert seen(bench, "open", "opinions") == (0, CUSTOMERS)

        bench.clock.at += timedelta(hours=1)
        await asyncio.gather(*map(rung_up, clerks))
        assert done(bench, "callback") == [1] * CUSTOMERS
        assert {case.status for case in cases(bench)} == {"done"}
        assert seen(bench, "open", "opinions") == (0, 0)
