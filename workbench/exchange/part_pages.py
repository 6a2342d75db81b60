"""Pages of what belongs to cases, for an export: values, and what they become in each form."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import masks
from workbench.domain.fact import Kind
from workbench.domain.policies import Rules
from workbench.exchange import case_pages
from workbench.exchange import columns as shapes
from workbench.exchange.case_pages import Across
from workbench.exchange.cells import guarded
from workbench.exchange.columns import TYPED, on_filled
from workbench.exchange.csv_plan import quoted
from workbench.exchange.parts import OF_CASE, PARTS, Column, Told
from workbench.exchange.shields import nothing_to_shield, shielded
from workbench.exchange.shown import LocalTimes
from workbench.reports.case_json import masked
from workbench.wording.names import Names
from workbench.words import _

PAGE = 500  # rows
Work = Callable[[Column, Sequence[Any]], Sequence[Any]]


def chosen(what: str, typed: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of the table ``what`` that were asked for; without any, all of them.

    Raises:
        UsageError: an unknown column; names the nearest.
    """
    known = {column.name: column for column in (*OF_CASE, *PARTS[what].columns)}
    for name in typed:
        if name not in known:
            raise shapes.unknown(name, tuple(known))
    return tuple(known[name] for name in dict.fromkeys(typed or known))


def across(
    desk: Desk, db: Db, keys: Sequence[int], what: str, columns: Sequence[Column], work: Work, *,
    unmask: bool, progress: Callable[[int], None],
) -> Iterator[Across]:  # fmt: skip
    """Yield pages of rows by their columns, each value as ``work`` makes it of the one in JSON."""
    rows, done = list[list[Any]](), 0
    for told in case_pages.told(desk, db, keys):
        rows += _rows(told, what, columns, unmask=unmask)
        done += 1
        if len(rows) >= PAGE:
            yield _page(columns, rows, work)
            progress(done)
            rows = []
    if rows:
        yield _page(columns, rows, work)
    progress(done)


def _page(columns: Sequence[Column], rows: Sequence[Sequence[Any]], work: Work) -> Across:
    return [work(column, cells) for column, cells in zip(columns, zip(*rows, strict=True), strict=True)]


def _rows(told: Told, what: str, columns: Sequence[Column], *, unmask: bool) -> Iterator[list[Any]]:
    case = told.case
    of_case = {
        "number": case.number,
        "site": case.site if unmask else masks.of(case, "site"),
        "category": case.category,
        "handler": case.handler,
    }
    for row in PARTS[what].rows(told):
        shown: dict[str, Any] = row if unmask else masked("", row)
        shown |= of_case
        yield [shown.get(column.name) for column in columns]


def as_json(column: Column, cells: Sequence[Any]) -> Sequence[Any]:
    """Return the values of a column as JSON has them."""
    return cells


def work(people: Rules | None, *, as_text: bool) -> Work:
    """Return what makes cells of CSV (``as_text``) or of a workbook: for people by their rules, else raw."""
    if people is None:
        return raw_csv if as_text else raw_sheet
    return csv_for(people) if as_text else sheet_for(people)


def raw_csv(column: Column, cells: Sequence[Any]) -> Sequence[Any]:
    """Return cells of CSV for programs."""
    return [quoted(raw_cell(cell)) for cell in cells]


def raw_cell(value: Any) -> str:
    """Return a value as one text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else shapes.as_text(value)


def csv_for(rules: Rules) -> Work:
    """Return what makes cells of CSV for people."""
    word, times = Words(rules), LocalTimes(rules.zone)

    def work(column: Column, cells: Sequence[Any]) -> Sequence[Any]:
        if column.kind is Kind.TIME:
            return times.texts([cell or "" for cell in cells])
        texts = [raw_cell(cell) for cell in word.of(column, cells)]
        if column.kind is Kind.MONEY:
            return [guarded(text) for text in texts]
        if column.kind in TYPED or column.word or column.kind is Kind.PARTS:
            texts = list(on_filled(shielded, nothing_to_shield)(texts))
        return [quoted(text) for text in texts]

    return work


def sheet_for(rules: Rules) -> Work:
    """Return what makes cells of a workbook for people."""
    word, times = Words(rules), LocalTimes(rules.zone)

    def work(column: Column, cells: Sequence[Any]) -> Sequence[Any]:
        if column.kind is Kind.TIME:
            return times.serials(cells)
        if column.kind is Kind.MONEY:
            return [float(cell) if cell else None for cell in cells]
        return raw_sheet(column, word.of(column, cells))

    return work


def raw_sheet(column: Column, cells: Sequence[Any]) -> Sequence[Any]:
    """Return cells of a workbook for programs."""
    return [cell if isinstance(cell, int | float) and not isinstance(cell, bool) else raw_cell(cell)
            for cell in cells]  # fmt: skip


class Words:
    """Words for the ids of a column, and for yes and no."""

    def __init__(self, rules: Rules) -> None:
        self.names = Names(rules.policy)

    def of(self, column: Column, cells: Sequence[Any]) -> Sequence[Any]:
        """Return the cells in words; those that hold none stay."""
        if column.kind is Kind.YES_NO:
            return ["" if cell is None else _("yes") if cell else _("no") for cell in cells]
        return on_filled(column.word(self.names))(cells) if column.word else cells
