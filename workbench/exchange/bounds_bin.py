"""How far the cells of a sheet of an .xlsb workbook reach.

Source: [MS-XLSB] 2.1.4 (records), 2.4 (cells).
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from struct import unpack_from

from workbench.exchange.extent import Extent
from workbench.exchange.limits import SHEET_TEXTS, too_large
from workbench.words import N_

ROW, BLANK, SHARED, LAST_CELL, TEXT = 0, 1, 7, 11, 19  # ids of records


def _records(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield (id, content) of the records of an .xlsb part; a part cut short ends."""
    kept = b""
    for chunk in chunks:
        kept, at = kept + chunk, 0
        while (head := _head(kept, at)) and head[1] + head[2] <= len(kept):
            kind, start, size = head
            yield kind, kept[start : start + size]
            at = start + size
        kept = kept[at:]


def _head(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Return (id, start of the content, its size) of the record at ``at``; None where it is cut off."""
    numbers = []
    for most in (2, 4):
        number = place = 0
        while True:
            if at >= len(data):
                return None
            number |= (data[at] & 0x7F) << 7 * place
            place, at = place + 1, at + 1
            if not data[at - 1] & 0x80 or place == most:
                break
        numbers.append(number)
    return numbers[0], at, numbers[1]


def lengths_of_texts(path: Path, chunks: Iterable[bytes]) -> Sequence[int]:
    """Return the bytes that each shared text of an .xlsb workbook takes."""
    found = array("q")
    for kind, content in _records(chunks):
        if kind == TEXT:
            found.append(len(content))
        if len(found) > SHEET_TEXTS:
            raise too_large(path, N_("it holds more than {limit} different texts"), limit=SHEET_TEXTS)
    return found


def sheet(extent: Extent, chunks: Iterable[bytes], texts: Sequence[int]) -> None:
    """Take the filled cells of an .xlsb sheet.

    Raises:
        UsageError: the workbook is too large.
    """
    row = 0
    for kind, content in _records(chunks):
        if kind == ROW and len(content) >= 4:
            row = unpack_from("<I", content)[0] + 1
        elif BLANK < kind <= LAST_CELL and len(content) >= 4:
            index = unpack_from("<I", content, 8)[0] if kind == SHARED and len(content) >= 12 else len(texts)
            extent.cell(
                row, unpack_from("<I", content)[0] + 1, texts[index] if index < len(texts) else len(content)
            )
