"""A row tells cases apart: homes of one site, names of four signs, what waits and what runs on."""

import pytest

from screens.queue.bars import tab_line
from screens.queue.columns import Cells, Placed, cells, place
from storage import queues
from storage.queues import QUEUES
from workbench import words
from workbench.wording.names import Names


@pytest.fixture
def cell(bench):
    """Return what stands in a cell of a case."""

    def look(case, column, width):
        desk = bench.desk()
        with desk.store.reading() as db:
            row = queues.rows(db, [case.case_id])[case.case_id]
        return Cells(Names(desk.rules().policy)).cell(Placed(column, "", 0, width), row, bench.clock())

    return look


@pytest.mark.parametrize(
    ("site", "unit", "shown"),
    [
        ("云栖花园", "1-1201", "云~1-1201"),
        ("云栖花园", "12-1201", "云~12-1201"),
        ("云栖", "1-12", "云栖 1-12"),
        ("云栖", "1-1201", "云~1-1201"),
        ("Riverside", "4-12", "River~4-12"),
        ("云栖花园三期", "", "云栖花园~"),
        ("", "1-1201", "1-1201"),
        ("云栖花园", "东区12号楼2单元", "东区12号~"),
    ],
)
def test_the_unit_is_never_cut_before_the_site(bench, cell, site, unit, shown):
    case = bench.record(site=site, unit=unit)
    assert cell(case, "place", 10).rstrip() == shown
    assert cells(cell(case, "place", 10)) == 10


def test_a_name_of_four_signs_is_whole_wherever_names_stand():
    for tongue in ("zh", "en"):
        words.use(tongue)
        widths = [
            column.width for width in range(40, 200) for column in place(width) if column.id == "customer"
        ]
        assert widths
        assert min(widths) >= cells("欧阳小明")


def test_a_paused_case_says_so_and_which_clock_still_runs(bench, cell):
    words.use("en")
    case = bench.record()
    bench.act(case, "take")
    waiting = bench.act(case, "pause", **{"for": "customer"}, reason="until they are home", until="+3d")
    assert cell(waiting, "gist", 30).startswith("paused: ")
    assert cell(waiting, "clock", 10).rstrip() == "paused"
    bench.act(case, "promise", text="tomorrow", due="+1d")
    assert cell(bench.now(case), "clock", 10).rstrip() == "Promise"
    assert cell(bench.now(case), "gist", 30).startswith("paused: ")
    bench.clock.pass_(days=4)
    assert not cell(bench.now(case), "gist", 30).startswith("paused: ")


def test_at_sixty_columns_the_queues_that_hold_something_have_names():
    words.use("zh")
    counts = dict.fromkeys(QUEUES, 0) | {"next-due": 3, "mine": 1, "promises": 1, "hot": 2, "all": 3}
    line = str(tab_line(60, counts, "next-due"))
    assert cells(line) <= 60
    for name in ("待办 3", "2我的1", "6承诺1", "8热点2", "0全部3"):
        assert name in line
    assert "超时" not in line
    full = str(tab_line(60, dict.fromkeys(QUEUES, 12), "next-due"))
    assert cells(full) <= 60


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_from_a_hundred_and_twenty_cells_on_a_site_of_four_signs_stands_whole_beside_its_unit(tongue):
    words.use(tongue)
    for width in range(120, 220):
        widths = {column.id: column.width for column in place(width)}
        assert widths["place"] >= cells("云栖花园 10-1801"), width
        assert widths["gist"] >= 16, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The shop downstairs plays music past midnight", "The shop downst~"),
        ("楼下商铺半夜还在放音乐", "楼下商铺半夜还~"),
        ("the lift\nstops", "the lift stops"),
    ],
)
def test_a_gist_is_cut_as_names_are_and_loses_no_cell_to_the_mark(bench, cell, text, shown):
    assert cell(bench.record(text=text), "gist", 16).rstrip() == shown
