"""Rows of a sheet of a workbook; needs the ``excel`` extra."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any, NamedTuple

from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.exchange import bounds, encodings, headlines
from workbench.exchange.headlines import LOOKED_AT
from workbench.exchange.limits import CELL_LETTERS, MAPPING
from workbench.exchange.table import METER_EVERY, Meter, Record, row_fault
from workbench.words import N_, Said

SURE = 7  # points of a sheet: three columns that are known, and a row below
EXACT = 10**15  # a workbook keeps 15 digits of a number and makes the others up


def _opened(path: Path) -> Any:
    """Open a workbook.

    Raises:
        UsageError: the reader is not installed, or the file is no workbook.
    """
    if find_spec("python_calamine") is None:
        raise UsageError(N_("reading workbooks needs one more package: pip install python-calamine"))
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as why:
        raise encodings.unreadable(path, why) from why


def _sheet_rows(path: Path, book: Any, name: str) -> Iterator[list[Any]]:
    """Yield the rows of a sheet, from the first of all.

    Raises:
        UsageError: there is none, or it cannot be read.
    """
    from python_calamine import CalamineError

    try:
        sheet = book.get_sheet_by_name(name)
    except (CalamineError, OSError) as why:
        raise encodings.unreadable(path, why) from why
    yield from sheet.iter_rows()


class Head(NamedTuple):
    """Where the table of a workbook begins: its sheet, the row of its headline (from 1), and that."""

    sheet: str
    header_row: int
    cells: list[str]
    first: bool  # sheet of the workbook


def headline(path: Path, sheet: str = "", header_row: int = 0) -> Head:
    """Return the headline of a workbook, measured first; looked for where it is not told.

    A sheet is named, or told by its place (``#2``). Without, it is the first one in whose headline most
    columns are known.

    Raises:
        UsageError: the file is too large, is no workbook, or has no such sheet.
    """
    bounds.ensure(path)
    book = _opened(path)
    names = [_named(path, book.sheet_names, sheet)] if sheet else book.sheet_names
    best, most = Head(names[0] if names else "", 1, [], first=True), -1
    for name in names:
        rows = [[_cell_text(cell) for cell in row]
                for row in islice(_sheet_rows(path, book, name), max(LOOKED_AT, header_row))]  # fmt: skip
        at = header_row - 1 if header_row else headlines.place(rows)
        head = rows[at] if at < len(rows) else []
        points = headlines.known(head) * 2 + any(any(row) for row in rows[at + 1 :]) if any(head) else 0
        if points > most:
            best, most = Head(name, at + 1, head, name == book.sheet_names[0]), points
        if most >= SURE:
            break
    return best


def _named(path: Path, names: list[str], sheet: str) -> str:
    """Return the sheet that is meant.

    Raises:
        UsageError: there is none of that name or at that place.
    """
    number = sheet.removeprefix("#")
    if sheet not in names and number != sheet and number.isdecimal() and 0 < int(number) <= len(names):
        return names[int(number) - 1]
    if sheet not in names:
        raise UsageError(
            N_("{file} has no sheet {name}; its sheets are: {known}."),
            option=MAPPING, file=str(path), name=gist(sheet, 40), known=", ".join(names[:20]),
        )  # fmt: skip
    return sheet


def records(path: Path, width: int, head: tuple[str, int], meter: Meter | None = None) -> Iterator[Record]:
    """Yield the rows under the headline, of a sheet and its row; ``line`` is the row of the sheet."""
    sheet, header_row = head
    for row, values in enumerate(_sheet_rows(path, _opened(path), sheet), 1):
        if meter is not None and row % METER_EVERY == 0:
            meter.size, meter.place = max(meter.size, 2 * row), row  # a sheet does not tell its length
        if row <= header_row:
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
