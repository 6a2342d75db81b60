"""Every row of the page of limits: what has to hold, printed with its verdict at the end of a run."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.bench.table import FEW, NONE, OK, OVER, SMALL, Figure, line

NOT_MEASURED = "not measured"


class Row(NamedTuple):
    """A row of the page: which of its two tables, the work, and its limit in words."""

    table: str
    work: str
    limit: str


NEXT, BUDGET = "next limits", "budgets"
ROWS = {
    "paint": Row(NEXT, "first paint", "2.2 x bare Textual in CPU, flat"),
    "unswept": Row(NEXT, "list on a store that nobody swept", "1.5 x swept; 60 MB"),
    "commit": Row(NEXT, "an open terminal for each commit of anybody", "10 ms CPU, flat"),
    "act-ratio": Row(NEXT, "act against a bare insert and update", "record, close 10 x, others 6 x; 3 x with the disk"),
    "act-p99": Row(NEXT, "p99 of an act with text", "1.5 ms CPU"),
    "verb-ratio": Row(NEXT, "note, show, list against an empty command", "1.6 x; with a table 1.2 x"),
    "import-ratio": Row(NEXT, "import against sqlite-utils insert", "2 x mapped, 3.5 x with clocks"),
    "export-ratio": Row(NEXT, "export CSV against the shell; JSONL against CSV", "for people 5 x, --raw 3 x; 2 x"),
    "summary": Row(NEXT, "summary of a day; a year of analyze", "1 s; 10 s"),
    "search": Row(NEXT, "search: two characters, whole phone, one character", "p95 50, 10, 50 ms"),
    "view": Row(NEXT, "a view opened, a name by its initials; a filter counted", "p95 100 ms CPU; 150 ms"),
    "sweep": Row(NEXT, "sweep, 1,000 due", "2 s"),
    "bulk": Row(NEXT, "backup against SQLite's own; check, simulate a case", "3 x; 0.2, 0.7 ms"),
    "wire": Row(NEXT, "bytes at 80x24: form, Tab, open a case, one whole case", "6 K, 0.8 K, 6 K, 45 K"),
    "line": Row(NEXT, "a key over 9,600 B/s, 200 ms each way: begun, ended", "0.6 s; 1.2 s; not the first picture, nor a page"),
    "disk": Row(NEXT, "bytes a case on disk", "5 KB"),
    "board": Row(NEXT, "the board: first picture; after a commit", "300 ms; 20 ms CPU"),
    "many": Row(NEXT, "one act on 500 cases", "3 s"),
    "act": Row(BUDGET, "durable act", "p50 3 x bare; rules 0.5 ms; p99 10 ms; flat"),
    "paint-ms": Row(BUDGET, "first paint of the queue", "400 ms at 200,000; 700 ms at 1,000,000"),
    "key": Row(BUDGET, "key to finished repaint", "p95 50 ms; other screens 100; list and case 20"),
    "key-bytes": Row(BUDGET, "bytes to the terminal", "2 KB a cursor key; preview 6 KB; page 16 KB"),
    "idle": Row(BUDGET, "idle with countdowns", "1.5 % of a core, 5 KB/s"),
    "memory": Row(BUDGET, "resident memory", "TUI 80 MB; commands 120 MB"),
    "verb": Row(BUDGET, "a verb from the shell", "250 ms; 1.6 x, with a table 1.2 x"),
    "import": Row(BUDGET, "import CSV", "0.5 of the rate of sqlite-utils insert --csv"),
    "history": Row(BUDGET, "import of several rows a case", "5,000 rows/s; again as well"),
    "mail": Row(BUDGET, "import of mail", "200 messages/s; again as well"),
    "export": Row(BUDGET, "export CSV", "for people 5 x the shell; --raw 3 x, 1 x sqlite-utils rows"),
    "summary-hand": Row(BUDGET, "summary of a day, of a month", "1 s, 3 s; 1.5 x SQL by hand"),
    "search-two": Row(BUDGET, "search of a two-character Chinese word", "p95 50 ms, the answers of LIKE"),
    "sweep-due": Row(BUDGET, "sweep with 1,000 due of 1,000,000", "2 s, in proportion to what is due"),
}  # fmt: skip
WORST_FIRST = (OVER, FEW, SMALL, OK)
WIDTHS = (12, 54, 60)


def verdict(figures: Iterable[Figure]) -> str:
    """Return what the figures of a row say together: the worst of them."""
    said = {figure.verdict for figure in figures} - {NONE}
    return next((word for word in WORST_FIRST if word in said), NOT_MEASURED)


def lines(figures: Sequence[Figure]) -> list[str]:
    """Return every row of the page with its verdict, and once more each figure that is over."""
    found = [_cells("table", "work", "limit", "verdict")]
    for key, row in ROWS.items():
        found.append(_cells(*row, verdict(_about(key, figures))))
    over = [figure for figure in figures if figure.verdict == OVER]
    found += ["", f"over: {len(over)} figures" if over else "over: nothing"]
    return found + [f"  {line(figure)}" for figure in over]


def _about(key: str, figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if key in figure.row.split()]


def _cells(*cells: str) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, (*WIDTHS, 0), strict=True)).rstrip()
