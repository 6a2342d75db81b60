"""How large a file may be that is read as a table, and the one sentence that says it is larger.

A text file is read row by row, so that only a row has a limit. A workbook is held in memory, one value a
place from the first filled cell to the farthest: what it would take is counted before it is opened.
"""

from pathlib import Path

from workbench.domain.errors import UsageError
from workbench.words import N_, Said

MB = 1 << 20
MOST_COLUMNS = 1_000
CELL_LETTERS = 1_000_000  # characters; a longer cell is a file gone wrong
ROW_LETTERS = 4 * CELL_LETTERS
MOST_UNPACKED = 4 * 1024 * MB  # bytes inside a .gz

SHEET_ROWS = 1_048_576  # as many as a workbook can have
SHEET_CELLS = SHEET_ROWS * 16  # places, filled or not, at 32 bytes
SHEET_TEXTS = 5_000_000  # different texts
SHEET_BYTES = 1024 * MB  # unpacked; and of all texts, written out cell by cell
PART_BYTES = 64 * MB  # of a part of a workbook that is neither a sheet nor its texts
FILE = "FILE"
MAPPING = "--mapping"

ADVICE = N_("{file} is too large to be read as a table: {what}. Delete what does not belong to the table,"
            " or save it as CSV in smaller files.")  # fmt: skip


def too_large(path: Path, template: str, **values: object) -> UsageError:
    """Return the error that names the limit and what to do."""
    return UsageError(ADVICE, option=FILE, file=str(path), what=Said(template, **values))


def ensure_columns(path: Path, columns: int) -> None:
    """Refuse a headline of too many columns.

    Raises:
        UsageError: it has more than ``MOST_COLUMNS``.
    """
    if columns > MOST_COLUMNS:
        raise too_large(path, N_("it has {n} columns, and {limit} are read"), n=columns, limit=MOST_COLUMNS)
