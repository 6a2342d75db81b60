"""A workbook of cases; needs the ``excel`` extra. Texts are texts: never a formula, never a link."""

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from tempfile import gettempdir
from traceback import clear_frames
from typing import IO, Any

from storage.engine import Row
from workbench.domain.errors import StoreFullError, UsageError, WorkbenchError
from workbench.domain.fact import Kind
from workbench.domain.system import reason
from workbench.exchange.files import FULL, UNWRITTEN
from workbench.exchange.tables import Table
from workbench.words import N_

MOST_ROWS = 1_048_575  # of a sheet, without the headline
LONGEST_CELL = 32_767
SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


FORMATS = {Kind.TIME: "yyyy-mm-dd hh:mm", Kind.MONEY: "#,##0.00"}
WIDTHS = {Kind.TIME: 17, Kind.TEXT: 48, Kind.LINE: 18, Kind.PHONE: 14, Kind.CASE_NUMBER: 17, Kind.PARTS: 40}
WIDTH = 11  # letters of any other column


def write(file: IO[bytes], table: Table, *, plain: bool) -> int:
    """Write one sheet and return the number of rows.

    Args:
        plain: For programs: nothing but cells. Else with widths, formats and a filter.

    Raises:
        UsageError: the writer is not installed, or a sheet cannot hold so many rows.
        StoreFullError: the disk takes no more.
    """
    if find_spec("xlsxwriter") is None:
        raise UsageError(N_("writing workbooks needs one more package: pip install XlsxWriter"))
    from xlsxwriter.exceptions import FileCreateError

    try:
        return _write_sheet(file, table, plain=plain)
    except (FileCreateError, OSError, WorkbenchError) as why:
        _let_go(why)
        if isinstance(why, WorkbenchError):
            raise
        cause = why.args[0] if isinstance(why, FileCreateError) else why
        if isinstance(cause, OSError) and cause.errno in FULL:  # of the folder for what is written on the way
            raise StoreFullError(UNWRITTEN, file=gettempdir(), reason=reason(cause)) from None
        raise UsageError(N_("the workbook cannot be written: {reason}."), reason=reason(cause)) from None


def _let_go(why: BaseException | None) -> None:
    """Free what the writer holds, now and in silence: it tries to write once more when it goes."""
    before, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        while why is not None:
            clear_frames(why.__traceback__)
            why = why.__context__
    finally:
        sys.unraisablehook = before


def _write_sheet(file: IO[bytes], table: Table, *, plain: bool) -> int:
    from xlsxwriter import Workbook

    with Workbook(file, SETTINGS) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        formats = [] if plain else [_format(book, head.kind) for head in table.heads]
        for place, head in enumerate(table.heads):
            if not plain:
                sheet.set_column(place, place, max(WIDTHS.get(head.kind, WIDTH), 2 * len(head.title)))
            sheet.write_string(0, place, head.title, book.add_format({"bold": True}))
        done = 0
        for page in table.pages:
            for cells in zip(*page, strict=True):
                done += 1
                _ensure_room(done)
                _write_row(sheet, done, cells, formats)
        if not plain:
            sheet.autofilter(0, 0, done, len(table.heads) - 1)
    return done


def _format(book: Any, kind: Kind) -> Any:
    return book.add_format({"num_format": FORMATS[kind]}) if kind in FORMATS else None


def _ensure_room(rows: int) -> None:
    if rows > MOST_ROWS:
        raise UsageError(N_("a sheet holds {most} rows, and there are more; export to .csv."), most=MOST_ROWS)


def _write_row(sheet: Any, place: int, cells: Row, formats: Sequence[Any]) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, int | float):
            sheet.write_number(place, column, value, *formats[column : column + 1])
        elif value is not None and value != "":
            sheet.write_string(place, column, _cut(value))


def _cut(text: str) -> str:
    """Return ``text`` as a cell can hold it; what is left out is said."""
    if len(text) <= LONGEST_CELL:
        return text
    kept = LONGEST_CELL - 20
    return f"{text[:kept]}...(+{len(text) - kept})"
