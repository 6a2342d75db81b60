"""A row is judged as a row: times in the wrong order, words that close nothing, days that may be months."""

import io

import pytest

from tests.exchange.conftest import HEADER, SMALL, Importer, small_row
from workbench.exchange.counts import Counts
from workbench.exchange.notes import Note
from workbench.exchange.rejects import Rejects

STATES = """
source = "states"
[times]
formats = {formats}
zone = "{zone}"
[fields]
external_id = "id"
received_at = "received"
text = "text"
[target]
column = "due"
status = "judged"
counts = ["yes", "no"]
[closing]
at = "closed"
status = "state"
closed = ["closed"]
"""
HEAD = "id,received,text,due,judged,closed,state"


def states(
    importer: Importer, *rows: str, formats: str = '"iso"', zone: str = "Asia/Shanghai", **more: bool
) -> Counts:
    path = importer.write("states.csv", HEAD, *rows)
    return importer.run(path, STATES.format(formats=formats, zone=zone), **more)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"closed": "2026-10-31 08:00:00"}, "closed"),
        ({"replied": "2026-10-31 08:00:00", "reply": "来过"}, "replied"),
        ({"due": "2026-10-31 08:00:00"}, "due"),
    ],
)
def test_what_lies_before_the_receipt_is_a_fault_or_is_counted(
    importer: Importer, cells: dict[str, str], column: str
) -> None:
    row = {"id": "1", "received": "2026-11-01 09:00:00", "text": "漏水", **cells}
    bad = ",".join(row.get(name, "") for name in HEADER.split(","))
    counts = importer.small(small_row(0), bad)
    assert (counts.added, counts.rejected) == (0, 1)
    [(line, said)] = counts.faults
    assert (line, str(said)) == (
        3, f"{column}: 2026-10-31 08:00:00 lies before the receipt; --accept-order takes such rows as they stand",
    )  # fmt: skip
    counts = importer.small(small_row(0), bad, accept_order=True)
    assert (counts.added, counts.notes.many, counts.notes.first) == (2, {Note.ORDER: 1}, {Note.ORDER: [3]})
    assert counts.notes.told() == [
        "Closed, answered or due before they were received, taken as they stand: 1 rows (line 3)."
    ]


def test_rows_in_order_are_taken_without_a_word(importer: Importer) -> None:
    counts = importer.small(small_row(1, closed="2026-11-01 09:00:00"))
    assert (counts.added, counts.notes.told()) == (1, [])


def test_such_rows_can_be_put_aside_and_are_noted_once(importer: Importer) -> None:
    rows = [small_row(1), small_row(2, closed="2026-10-31 08:00:00")]
    out = io.BytesIO()
    aside = Rejects(out, HEADER.split(","))
    counts = importer.small(*rows, rejects=aside)
    aside.done()
    assert (counts.added, counts.rejected) == (1, 1)
    assert "lies before the receipt" in out.getvalue().decode()
    counts = importer.small(*rows, rejects=Rejects(io.BytesIO(), []), accept_order=True)
    assert counts.notes.many == {Note.ORDER: 1}


def test_the_hour_that_comes_twice_is_the_second_one_where_only_that_is_in_order(importer: Importer) -> None:
    """New York, 1 November 2026: the clocks went back from 2:00 to 1:00."""
    row = "1,2026-11-01 01:50:00,x,,,2026-11-01 01:10:00,closed"
    assert states(importer, row, zone="America/New_York").faults == []
    assert importer.all("SELECT received_at, closed_at FROM cases") == [
        ("2026-11-01T05:50:00.000000Z", "2026-11-01T06:10:00.000000Z")
    ]
    late = "2,2026-11-01 03:50:00,x,,,2026-11-01 03:10:00,closed"
    assert states(importer, late, zone="America/New_York").rejected == 1


def test_a_closing_day_without_a_time_is_not_before_the_receipt_of_that_day(importer: Importer) -> None:
    formats = '["iso", "%Y-%m-%d"]'
    assert states(importer, "1,2026-11-01 09:00:00,x,,,2026-11-01,closed", formats=formats).faults == []
    assert importer.all("SELECT closed_at = received_at FROM cases") == [(1,)]
    assert states(importer, "2,2026-11-02 09:00:00,x,,,2026-11-01,closed", formats=formats).rejected == 1


def test_a_closing_time_without_a_word_that_closes_is_said(importer: Importer) -> None:
    rows = [
        f"{n},2026-11-01 09:00:00,x,,,2026-11-02 09:00:00,{'closed' if n < 2 else 'pending'}"
        for n in range(9)
    ]
    counts = states(importer, *rows)
    assert (counts.added, counts.notes.many) == (9, {Note.OPEN: 7})
    assert counts.notes.told() == [
        "A closing time, but no word that closes, so they are open here: 7 rows (line 4, 5, 6, 7, 8, ...)."
    ]
    assert importer.all("SELECT status, count(*) FROM cases GROUP BY 1") == [("done", 2), ("open", 7)]


def test_a_target_without_a_verdict_is_said(importer: Importer) -> None:
    counts = states(importer, "1,2026-11-01 09:00:00,x,2026-11-03 09:00:00,,,", "2,2026-11-01 09:00:00,x,,,,",
                    "3,2026-11-01 09:00:00,x,2026-11-03 09:00:00,yes,,")  # fmt: skip
    assert (counts.notes.many, counts.notes.first) == ({Note.UNJUDGED: 1}, {Note.UNJUDGED: [2]})


@pytest.mark.parametrize(
    ("days", "formats", "open_rows"),
    [
        (["03/04/2026", "05/06/2026"], '"%m/%d/%Y"', 2),
        (["03/04/2026", "05/05/2026"], '"%m/%d/%Y"', 1),  # the fifth of May is that either way
        (["03/04/2026", "05/16/2026"], '"%m/%d/%Y"', 0),  # the second row tells
        (["03/04/2026", "05/16/2026"], '["%m/%d/%Y", "%d/%m/%Y"]', 1),  # where both are allowed, no row tells
        (["2026-04-03", "2026-06-05"], '"%Y-%m-%d"', 0),
        (["Apr 3, 2026", "May 6, 2026"], '"%b %d, %Y"', 0),
    ],
)
def test_days_that_may_be_months_are_said(
    importer: Importer, days: list[str], formats: str, open_rows: int
) -> None:
    rows = [f'{n},"{day}",x,,,,' for n, day in enumerate(days)]
    counts = states(importer, *rows, formats=formats)
    assert counts.added == len(days)
    assert counts.notes.many.get(Note.BOTH_WAYS, 0) == open_rows
    if open_rows:
        assert counts.notes.first[Note.BOTH_WAYS][0] == 2
        assert "read as %m/%d/%Y" in counts.notes.told()[0]


def test_a_dry_run_says_the_same(importer: Importer) -> None:
    counts = importer.small(small_row(1, closed="2026-10-31 08:00:00"), accept_order=True, dry_run=True)
    assert counts.notes.many == {Note.ORDER: 1}
    assert importer.all("SELECT count(*) FROM cases") == [(0,)]


def test_the_mapping_of_the_tests_judges_all_three(importer: Importer) -> None:
    """The control: the small mapping has a target, a closing and an entry."""
    assert all(word in SMALL for word in ("[target]", "[closing]", "[[entries]]"))
