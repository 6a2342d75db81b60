"""What a clerk's keys cost on a slow line, and that the terminal always shows the whole picture."""

import pytest
from support import USUAL, burst, opened, press, settled
from wire_support import Wire

from screens.wire.shown import Shown

LIMITS = {  # bytes at 80x24
    "first paint": 12_000, "open a form": 6_000, "tab": 800, "tab that scrolls": 1_200,
    "character": 300, "save": 5_000, "cursor": 900,
    "open a case": 6_000, "back": 6_000,
}  # fmt: skip
WHOLE_CASE = 45_000


class Till:
    """Counts what each step of a case costs, and compares the terminal with the picture."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot
        self.wire = app.shown = Wire(app)
        self.cost, self.all = {}, 0

    async def press(self, step, *keys):
        self.wire.bytes, before = 0, self.scrolled
        await press(self.pilot, *keys)
        self.note(step if self.scrolled == before else f"{step} that scrolls")

    @property
    def scrolled(self):
        """How far the form for a new case is scrolled: all of it in sight is another then."""
        return [form.scroll_offset.y for form in self.app.screen.query("#record-form")]

    def note(self, step):
        self.cost[step] = max(self.cost.get(step, 0), self.wire.bytes)
        self.all += self.wire.bytes
        assert self.wire.terminal.looks() == self.wire.painted_whole().looks(), step

    async def whole_case(self):
        self.app.on_redraw()
        await settled(self.pilot)
        self.note("first paint")
        for _ in range(3):
            await self.press("cursor", "j")
        await self.press("open a case", "enter")
        await self.press("back", "escape")
        self.all = 0
        await self.press("open a form", "r")
        await self.press("tab", "tab")
        for sign in "厨房漏水":
            await self.press("character", f"text:{sign}")
        for _ in range(3):
            await self.press("tab", "tab")
        await self.press("save", "ctrl+o")
        await self.press("open a form", "e")
        await self.press("text", "text:已派人上门")
        await self.press("save", "ctrl+o")
        await self.press("open a form", "c")
        await self.press("text", "text:已修好")
        await self.press("save", "ctrl+o")
        await self.press("another queue", "0")
        await self.press("open a form", "b")
        await self.press("save", "ctrl+o")


@pytest.fixture
def busy(bench):
    for n in range(15):
        bench.record(customer="王芳", phone=f"1380013800{n % 10}", site="金色家园", unit=f"3-{500 + n}")
    return bench


def over(till):
    """Return what costs more than it may."""
    return {step: size for step, size in till.cost.items() if size > LIMITS.get(step, WHOLE_CASE)}


async def test_a_whole_case_by_keys_stays_within_its_bytes(busy, tmp_path):
    async with opened(busy.desk(), tmp_path, USUAL) as (app, pilot):
        till = Till(app, pilot)
        await till.whole_case()
        assert over(till) == {}
        assert till.all <= WHOLE_CASE


async def test_a_terminal_of_which_nothing_is_kept_costs_more(busy, tmp_path, monkeypatch):
    codes = Shown.codes
    monkeypatch.setattr(Shown, "codes", lambda self, *given: (self.forget(), codes(self, *given))[1])
    async with opened(busy.desk(), tmp_path, USUAL) as (app, pilot):
        app.shown = wire = Wire(app)
        await press(pilot, "r")
        wire.bytes = 0
        await press(pilot, "tab")
        assert wire.bytes > LIMITS["tab"]


async def test_a_burst_of_keys_ends_in_the_right_picture(busy, tmp_path):
    async with opened(busy.desk(), tmp_path, USUAL) as (app, pilot):
        app.shown = wire = Wire(app)
        app.on_redraw()
        burst(app, *"jjjGgk", "enter", "escape", "r", "tab", "text:漏水", "tab", "escape", "2", "3", "0", "?")
        await settled(pilot)
        assert wire.terminal.looks() == wire.painted_whole().looks()
