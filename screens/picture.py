"""The queue as a picture, drawn by the program itself, for the README."""

import asyncio
import re
from collections.abc import Iterator
from html import unescape
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len

from keymaps import known, load
from screens.app import WorkbenchApp
from screens.drafts import Drafts
from screens.keys import Keys
from workbench.desk import Desk
from workbench.domain import acts

REST_SECONDS = 0.5  # until the preview and the counts are there
CELL = 12.2  # width of a cell in the pictures of Rich, which counts a wide character as one cell
DRAWN = re.compile(
    r'<text class="(?P<style>[^"]*)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="[\d.]+" '
    r'clip-path="(?P<line>[^"]*)">(?P<text>[^<]*)</text>'
)
WORDS = re.compile(r"[!-~]+(?: [!-~]+)*|[^\s!-~]+")
WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # a picture loads nothing from elsewhere
FULL_WIDTH = re.compile(r"\s*font-variant-east-asian: full-width;")  # would widen the Latin letters too


def svg(desk: Desk, size: tuple[int, int] = (120, 40), keys: tuple[str, ...] = ()) -> str:
    """Return the queue screen as SVG, ``size`` in cells, after ``keys`` were pressed.

    Raises:
        StoreError: the store cannot be read.
    """
    return in_cells(asyncio.run(_draw(desk, size, keys)))


async def _draw(desk: Desk, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    drafts = Drafts(desk.store.path, desk.person, Path("nowhere"))  # a picture shows nobody's drafts
    app = WorkbenchApp(desk, Keys(load("default", known(acts.PERSONS))), drafts)
    async with app.run_test(size=size) as pilot:
        for key in (None, *keys):
            if key is not None:
                await pilot.press(key)
            await pilot.pause(REST_SECONDS)
            await app.workers.wait_for_complete()
        return app.export_screenshot(title="Workbench")


def in_cells(picture: str) -> str:
    """Return a picture of Rich with every run of text at its cell, whatever fonts the browser takes."""
    return DRAWN.sub(_place, FULL_WIDTH.sub("", WEB_FONT.sub("", picture)))


def _place(drawn: re.Match[str]) -> str:
    text = unescape(drawn["text"]).replace("\xa0", " ")
    first = float(drawn["x"])
    return "".join(
        f'<text class="{drawn["style"]}" x="{first + at * CELL:g}" y="{drawn["y"]}" '
        f'textLength="{cell_len(run) * CELL:g}" lengthAdjust="{_adjusted(run)}" '
        f'clip-path="{drawn["line"]}">{escape(run).replace(" ", "&#160;")}</text>'
        for at, run in runs(text)
    )


def runs(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands in a line, blanks left out: the cell of its beginning, characters of one width."""
    for word in WORDS.finditer(text):
        at = cell_len(text[: word.start()])
        for _, alike in groupby(word[0], lambda sign: cell_len(sign) > 1):
            run = "".join(alike)
            yield at, run
            at += cell_len(run)


def _adjusted(run: str) -> str:
    """Return how a run fills its cells: signs that some fonts draw wide are pressed into one cell each."""
    return "spacing" if run.isascii() or cell_len(run[0]) > 1 else "spacingAndGlyphs"
