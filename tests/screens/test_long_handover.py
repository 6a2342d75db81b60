"""A shift of many cases: only the lines that come into sight are read whole, and all are handed over."""

from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, office

from screens.handover_pane import HandoverPane
from tests.screens.support import USUAL, opened, picture, press, queue_of, settled
from workbench.reports import shift, unswept

MANY = shift.FIRST + 12


def many(bench: Bench, cases: int = MANY) -> None:
    office(bench)
    for at in range(cases):
        held(bench, text=f"第{at}件")


def test_only_the_first_cases_are_folded(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    many(bench)
    folded: list[int] = []
    fold = unswept.fold
    monkeypatch.setattr(
        unswept, "fold", lambda site, key, *more: folded.append(key) or fold(site, key, *more)
    )
    rows = shift.held(bench.desk("mei"))
    assert (len(rows), len(folded)) == (MANY, shift.FIRST)
    assert [row.known for row in rows] == [True] * shift.FIRST + [False] * 12
    whole = shift.held(bench.desk("mei"), first=MANY)
    last = shift.filled(bench.desk("mei"), [rows[-1].case_id])
    assert last == whole[-1:]
    assert [(row.number, row.customer) for row in rows] == [(row.number, row.customer) for row in whole]


async def test_a_line_far_down_is_read_when_it_comes_into_sight(bench: Bench, tmp_path: Path) -> None:
    many(bench)
    async with opened(bench.desk("mei"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "comma", "o")
        pane = queue_of(app).panes.top
        assert isinstance(pane, HandoverPane)
        assert not pane.rows[-1].known
        await press(pilot, "G")
        assert pane.list.cursor == MANY - 1, "the cursor stays where it went"
        assert pane.rows[-1].known
        assert pane.rows[-1].next_step
        assert pane.rows[-1].next_step[:6] in picture(app)
        await press(pilot, "H", "text:bo", "ctrl+o")
        assert f"{MANY} cases handed over" in picture(app).splitlines()[-1]


async def test_only_the_lines_that_were_asked_for_count_as_read(bench: Bench, tmp_path: Path) -> None:
    many(bench, 3 * shift.FIRST)
    async with opened(bench.desk("mei"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "comma", "o")
        pane = queue_of(app).panes.top
        assert isinstance(pane, HandoverPane)
        await press(pilot, "G")
        middle = 3 * shift.FIRST // 2
        assert (pane.rows[-1].known, pane.rows[middle].known) == (True, False)
        pane.list.go(middle)
        await settled(pilot)
        assert pane.rows[middle].known
        assert pane.rows[middle].next_step, "it was read when the cursor came there"
