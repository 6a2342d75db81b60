"""The rows that could not be taken: where they stand, why, and what they hold."""

import csv
import io
from collections.abc import Sequence
from typing import IO

from workbench.domain.text import safe_text
from workbench.exchange.cells import guarded
from workbench.exchange.table import Record
from workbench.words import Said


class Rejects:
    """Writes rejected rows as CSV: line, reason, and the cells as they came (guarded like an export).

    Args:
        file: Takes UTF-8 with a byte order mark, for spreadsheets.
        headers: The columns of the file that is read.
    """

    def __init__(self, file: IO[bytes], headers: Sequence[str]) -> None:
        self.text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        self.rows = csv.writer(self.text, lineterminator="\r\n")
        self.rows.writerow(["line", "reason", *map(guarded, headers)])

    def add(self, record: Record, said: Said) -> None:
        """Write one row."""
        cells = (guarded(cell.replace("\0", "\ufffd")) for cell in record.cells)
        self.rows.writerow([record.line, guarded(safe_text(str(said))), *cells])

    def done(self) -> None:
        """Hand the file back to whoever lent it."""
        self.text.detach()
