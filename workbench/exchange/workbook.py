"""Rows of the first sheet of a workbook; needs the ``excel`` extra."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from workbench.domain.errors import UsageError
from workbench.exchange import bounds, encodings
from workbench.exchange.limits import CELL_LETTERS
from workbench.exchange.table import METER_EVERY, Meter, Record, row_fault
from workbench.words import N_, Said

EXACT = 10**15  # a workbook keeps 15 digits of a number and makes the others up


def _sheet_rows(path: Path) -> Iterator[list[Any]]:
    """Yield the rows of the first sheet.

    Raises:
        UsageError: the reader is not installed, or the file is no workbook.
    """
    if find_spec("python_calamine") is None:
        raise UsageError(N_("reading workbooks needs one more package: pip install python-calamine"))
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except (CalamineError, OSError, IndexError) as why:
        raise encodings.unreadable(path, why) from why
    yield from sheet.iter_rows()


def headline(path: Path) -> list[str]:
    """Return the cells of the first row, of a workbook that was measured.

    Raises:
        UsageError: the file is too large, or as ``sheet_rows``.
    """
    bounds.ensure(path)
    return [_cell_text(cell) for cell in next(_sheet_rows(path), [])]


def records(path: Path, width: int, meter: Meter | None = None) -> Iterator[Record]:
    """Yield the rows under the headline; ``line`` is the row of the sheet."""
    for row, values in enumerate(_sheet_rows(path), 1):
        if meter is not None and row % METER_EVERY == 0:
            meter.size, meter.place = max(meter.size, 2 * row), row  # a sheet does not tell its length
        if row == 1:
            continue
        cells = [_cell_text(value) for value in values]
        cells = list(chain(cells, repeat("", width - len(cells))))
        if any(cells):
            yield Record(row, cells, row_fault(cells, width) or _long_fault(cells))


def _long_fault(cells: list[str]) -> Said | None:
    """Refuse a cell that a text file could not hold either."""
    for place, cell in enumerate(cells, 1):
        if len(cell) > CELL_LETTERS:
            return Said(
                N_("column {column} holds more than {limit} characters."), column=place, limit=CELL_LETTERS
            )
    return None


def _cell_text(value: object) -> str:
    """Return a cell as the text that a CSV of the sheet would hold.

    Numbers of more than 15 digits keep the form with an exponent, so that an identity number which
    the workbook has already spoilt is refused and not stored wrong.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < EXACT:
            return str(int(value))
        return repr(value) if abs(value) < EXACT else f"{value:.14E}"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value) if value is not None else ""
