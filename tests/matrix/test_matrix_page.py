"""docs/matrix.md shows what the records say, and what is open there is what comes today."""

import pytest
from matrix import page
from matrix.axes import ROADS, STATES, Cell, has_road
from matrix.house import of_state
from matrix.roads import prepared, walked

from workbench.domain import acts


def test_the_tables_of_the_page_are_those_that_the_records_give():
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.written(text) == text, "write them anew: python tests/matrix/page.py"
    assert [name for _head, name, _table, _end in page.BLOCK.findall(text)] == ["roads", "decided", "open"]


@pytest.mark.parametrize("row", [*page.DECISIONS, *page.OPEN], ids=lambda row: row.today)
def test_every_row_is_about_something(row):
    assert row.road in ROADS
    assert row.states == "all" or set(row.states.split(", ")) <= set(STATES)
    assert [act for act in acts.PERSONS if row.holds(acts.BY_ID[act]) and has_road(acts.BY_ID[act], row.road)]


@pytest.mark.parametrize(
    ("cell", "today"),
    [
        (Cell("reply", "force", "the-handler", "import"), "done"),
        (Cell("reply", "merged", "the-handler", "import"), "done"),
        (Cell("close", "force", "the-handler", "import"), "look"),
        (Cell("close", "merged", "the-manager", "import"), "look"),
        (Cell("compensate", "corrected", "the-handler", "key"), "request"),
        (Cell("close", "open", "the-intake", "import"), "refused"),
        (Cell("callback", "force", "the-manager", "campaign"), "refused"),
        (Cell("reveal", "force", "the-manager", "campaign"), "done"),
        (Cell("close", "grave", "the-handler", "import"), "request"),
        (Cell("close", "grave", "the-manager", "import"), "done"),
        (Cell("close", "gated", "the-handler", "import"), "refused"),
        (Cell("acknowledge", "gated", "the-handler", "import"), "done"),
        (Cell("propose", "gated", "the-handler", "import"), "done"),
        (Cell("pay", "open", "the-handler", "undo"), "stays"),
        (Cell("approve", "open", "the-head-office", "undo"), "stays"),
    ],
    ids=str,
)
def test_what_the_page_says_of_today_is_what_comes(houses, cell, today):
    assert of_state(houses, cell.state).within(cell, lambda scene: walked(prepared(scene))).kind == today
