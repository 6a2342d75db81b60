"""The rows that could not be taken: where they stand, why, and what they hold.

The file is there to be mended and read again. So its cells are those of the source, sign by sign, and
whoever reads it knows by its first two headlines that the first two cells of a row are not the source's.
"""

import csv
import io
from collections.abc import Sequence
from typing import IO

from workbench.domain.text import safe_text
from workbench.exchange.cells import guarded
from workbench.exchange.headlines import OURS
from workbench.exchange.table import Record
from workbench.words import Said


class Rejects:
    """Writes rejected rows as CSV: line, reason, and the cells as they came.

    Args:
        file: Takes UTF-8 with a byte order mark, for spreadsheets.
        headers: The columns of the file that is read.
    """

    def __init__(self, file: IO[bytes], headers: Sequence[str]) -> None:
        self.text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        self.rows = csv.writer(self.text, lineterminator="\r\n")
        self.rows.writerow([*OURS, *headers])

    def add(self, record: Record, said: Said) -> None:
        """Write one row."""
        self.rows.writerow([record.line, guarded(safe_text(str(said))), *record.cells])

    def done(self) -> None:
        """Hand the file back to whoever lent it."""
        self.text.detach()
