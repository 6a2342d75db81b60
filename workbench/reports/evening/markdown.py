"""The page as Markdown; a chart is its table, with a bar in each row."""

from collections.abc import Iterator

from workbench.reports import page
from workbench.reports.evening.model import Bars, Chart, Paper
from workbench.reports.evening.terminal import BLOCK, bar_of
from workbench.reports.page import Page, Table
from workbench.words import _

LONGEST = 20  # signs of a bar


def markdown(paper: Paper) -> str:
    """Return the whole file."""
    remarks = [*paper.sentences, *(_("Warning: {warning}").format(warning=text) for text in paper.warnings)]
    remarks += [text for text in (paper.under, *paper.ends) if text]
    return page.markdown(Page(paper.title, remarks, list(_tables(paper))))


def _tables(paper: Paper) -> Iterator[Table]:
    yield from paper.figures
    yield from (_with_bars(chart) for chart in paper.charts)
    yield from (*paper.lists, *paper.more)
    if paper.definitions:
        yield Table(_("What is counted"), paper.definitions)


def _with_bars(chart: Chart) -> Table:
    if isinstance(chart, Bars):
        lengths = [bar.value / (chart.whole or 1) for bar in chart.bars]
    else:
        first = chart.series[0].values
        lengths = [value / (max(first) or 1) for value in first]
    rows = [
        (*row, bar_of(length, LONGEST, BLOCK)) for row, length in zip(chart.table.rows, lengths, strict=True)
    ]
    return Table(chart.table.title, rows, (*chart.table.head, "") if chart.table.head else ())
