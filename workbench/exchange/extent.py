"""What a workbook would take in memory: how far its cells reach, and how long its texts are."""

from pathlib import Path

from workbench.domain.errors import UsageError
from workbench.exchange.limits import MB, MOST_COLUMNS, SHEET_BYTES, SHEET_CELLS, SHEET_ROWS, too_large
from workbench.words import N_

LETTERS = 26


class Extent:
    """Takes the filled cells of a workbook, in any order, and refuses those that are too far out.

    Args:
        path: Named in errors.
        rows, columns: Of the sheet that is being looked at.
        before: Places of the sheets before it.
        texts: Bytes of all texts, each as often as a cell shows it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = self.columns = self.before = self.texts = 0

    def next_sheet(self) -> None:
        """Begin another sheet: all of them are held at once."""
        self.before += self.rows * self.columns
        self.rows = self.columns = 0

    def holds(self, rows: int, columns: int) -> bool:
        """Take cells that reach as far as this; say whether they are near enough, else nothing is taken."""
        rows, columns = max(rows, self.rows), max(columns, self.columns)
        if rows > SHEET_ROWS or columns > MOST_COLUMNS or self.before + rows * columns > SHEET_CELLS:
            return False
        self.rows, self.columns = rows, columns
        return True

    def cell(self, row: int, column: int, texts: int = 0) -> None:
        """Take a filled cell; ``row`` and ``column`` count from 1, ``texts`` are the bytes that it adds.

        Raises:
            UsageError: with it the workbook is too large.
        """
        self.more(texts)
        if not self.holds(row, column):
            raise self._refusal(row, column)

    def more(self, texts: int) -> None:
        """Take bytes of text, as often as cells show it.

        Raises:
            UsageError: with them the workbook is too large.
        """
        self.texts += texts
        if self.texts > SHEET_BYTES:
            raise too_large(
                self.path, N_("its texts have more than {limit} MB, cell by cell"), limit=SHEET_BYTES // MB
            )

    def _refusal(self, row: int, column: int) -> UsageError:
        if column > MOST_COLUMNS or row > SHEET_ROWS:
            return too_large(
                self.path,
                N_("a filled cell stands in row {row}, column {column}; {rows} rows and {limit} columns are"
                   " read"),
                row=row, column=column, rows=SHEET_ROWS, limit=MOST_COLUMNS,
            )  # fmt: skip
        return too_large(
            self.path,
            N_("its cells reach to row {row}, column {column}; {limit} places are read, filled or not"),
            row=max(row, self.rows), column=max(column, self.columns), limit=SHEET_CELLS,
        )  # fmt: skip


def column_number(letters: bytes) -> int:
    """Return the place of a column from 1: A is 1, XFD 16384."""
    number = 0
    for letter in letters.upper():
        number = LETTERS * number + letter - ord("A") + 1
    return number
