"""The page for a terminal: blocks and sparklines where one looks on, plain signs where it goes to a file."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workbench.domain.text import safe_text
from workbench.reports import page
from workbench.reports.evening.model import Bars, Chart, Columns, Paper
from workbench.reports.page import Table
from workbench.wording.cells import fitted, padded, width
from workbench.words import _

SPARKS = "▁▂▃▄▅▆▇█"
BLOCK = "█"
PLAIN_BLOCK = "#"
LABEL, LONGEST, SHORTEST = 30, 40, 10  # cells of a label, of a bar
ROOM = 100  # cells of a line that goes to a file
INDENT = 2


class Paint(NamedTuple):
    """How lines are drawn: for how many cells, and whether blocks may be used."""

    cells: int = ROOM
    blocks: bool = False


def lines(paper: Paper, paint: Paint) -> Iterator[str]:
    """Yield the page line by line."""
    yield from (safe_text(text) for text in (paper.title, paper.under) if text)
    yield ""
    yield from (safe_text(text) for text in paper.sentences)
    yield from (safe_text(_("Warning: {warning}").format(warning=text)) for text in paper.warnings)
    for table in paper.figures:
        yield from _table(table)
    for chart in paper.charts:
        yield from ("", safe_text(chart.title), *drawn(chart, paint))
    for table in (*paper.lists, *paper.more):
        yield from _table(table)
    if paper.definitions:
        yield from ("", _("What is counted"))
        for each in paper.definitions:
            yield safe_text(f"  {each.name}: {each.means}")
            if each.line:
                yield safe_text(f"    {each.line}")
    yield ""
    yield from (safe_text(text) for text in paper.ends)


def _table(table: Table) -> Iterator[str]:
    yield from ("", safe_text(table.title), *page.columns(table))
    if len(table.rows) > page.MOST_ROWS:
        yield "  " + _("and {n} more").format(n=len(table.rows) - page.MOST_ROWS)


def drawn(chart: Chart, paint: Paint) -> Iterator[str]:
    """Yield a chart: a bar a line, or a sparkline a series."""
    return _bars(chart, paint) if isinstance(chart, Bars) else _sparks(chart, paint)


def _bars(chart: Bars, paint: Paint) -> Iterator[str]:
    labels = [fitted(safe_text(bar.label), LABEL) for bar in chart.bars]
    label_cells = max(map(width, labels), default=0)
    words_cells = max((width(bar.words) for bar in chart.bars), default=0)
    room = paint.cells - INDENT - label_cells - words_cells - 4
    room = max(min(room, LONGEST), SHORTEST)
    for label, bar in zip(labels, chart.bars, strict=True):
        cells = bar_of(bar.value / (chart.whole or 1), room, BLOCK if paint.blocks else PLAIN_BLOCK)
        words = " " * (words_cells - width(bar.words)) + bar.words
        yield f"  {padded(label, label_cells)}  {words}  {cells}".rstrip()


def bar_of(share: float, room: int, sign: str) -> str:
    """Return a bar of ``share`` (of 1) in ``room`` cells; the least that is anything is one cell."""
    cells = round(share * room)
    return sign * (max(cells, 1) if share > 0 else 0)


def _sparks(chart: Columns, paint: Paint) -> Iterator[str]:
    names = max((width(series.name) for series in chart.series), default=0)
    most = max((max(series.values, default=0) for series in chart.series), default=0)
    room = max(paint.cells - INDENT - names - 2, SHORTEST)
    for series in chart.series:
        values = series.values[-room:] if paint.blocks else series.values
        line = sparkline(values, most) if paint.blocks else " ".join(str(value) for value in values)
        yield f"  {padded(series.name, names)}  {line}"
    yield "  " + safe_text(chart.said)


def sparkline(values: Sequence[int], most: int) -> str:
    """Return a column a value, of which ``most`` is the highest; nought is the lowest."""
    top = len(SPARKS) - 1
    return "".join(SPARKS[-(-value * top // most) if most else 0] for value in values)
