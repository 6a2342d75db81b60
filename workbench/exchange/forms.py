"""The forms in which a table leaves as text: CSV and JSON lines."""

import codecs
from collections.abc import Iterable, Sequence
from typing import IO

from msgspec.json import Encoder

from workbench.exchange.case_pages import Across
from workbench.exchange.csv_lines import lines
from workbench.exchange.tables import Table


def csv(file: IO[bytes], table: Table) -> int:
    """Write UTF-8 with a byte order mark, which Excel needs to show Chinese; return the number of rows.

    Pages hold texts that are quoted; one may be several cells.
    """
    _begin(file, [head.title for head in table.heads])
    done = 0
    for page in table.pages:
        rows = list(map(",".join, zip(*page, strict=True)))
        if len(table.heads) == 1:  # where an empty line would be no row
            rows = [row or '""' for row in rows]
        file.write("\r\n".join([*rows, ""]).encode())
        done += len(rows)
    return done


def json(file: IO[bytes], table: Table) -> int:
    """Write one JSON object a line; return the number of rows."""
    names = [head.title for head in table.heads]
    encoder, done = Encoder(), 0
    for page in table.pages:
        rows = [dict(zip(names, row, strict=True)) for row in zip(*page, strict=True)]
        file.write(encoder.encode_lines(rows))
        done += len(rows)
    return done


def plain_csv(file: IO[bytes], columns: Sequence[str], pages: Iterable[Across]) -> int:
    """Write CSV as ``csv`` does, of pages that nobody has quoted."""
    _begin(file, columns)
    done = 0
    for page in pages:
        file.write(lines(page).encode())
        done += len(page[0]) if page else 0
    return done


def _begin(file: IO[bytes], columns: Sequence[str]) -> None:
    file.write(codecs.BOM_UTF8)
    file.write(lines([(name,) for name in columns]).encode())
