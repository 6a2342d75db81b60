"""How far the cells of a sheet written in XML reach, read as it is unpacked.

Tags are found by pattern: a parser refuses sheets that every spreadsheet opens, and takes five times as
long. Where the pattern could be misled it finds a cell too many, never one too few.

Sources: ECMA-376 part 1, 18.3.1 (worksheets) and 18.4 (shared strings); OpenDocument 1.2 part 1, 9.1.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from workbench.exchange.extent import Extent, column_number
from workbench.exchange.limits import CELL_LETTERS, SHEET_TEXTS, too_large
from workbench.words import N_

LONGEST = 4 * CELL_LETTERS  # bytes from one tag to the next
FAR = 10**7  # a row or column that no sheet has
# no possessive quantifiers: before 3.11.5 the library matches groups behind them wrongly (CPython gh-106052)
_ATTRIBUTES = rb"([^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*>)"
_NAME = rb"<(?:[\w.\-]+:)?"
_SHEET = re.compile(
    _NAME + rb"(row|c)(?=[\s>/])(?: r=\"([A-Z]*)(\d+)\")?(?:" + _ATTRIBUTES + rb")?"
    rb"(?:\s*(</)|\s*" + _NAME + rb"v>(\d+))?"
)
_COLUMNS = re.compile(rb"<c r=\"([A-Z]+)\d+\"")
_CELL_ROWS = re.compile(rb"<c r=\"[A-Z]+(\d+)\"")
_ROWS = re.compile(rb"<row r=\"(\d+)\"")
_INDEX = re.compile(rb"t=\"s\"[^<>]*><v>(\d{1,9})")
_REF = re.compile(rb"(?<![\w:.\-])r\s*=\s*[\"']\s*([A-Za-z]*)(\d+)")
_SHARED = re.compile(rb"(?<![\w:.\-])t\s*=\s*[\"']\s*s\s*[\"']")
_TEXT = re.compile(_NAME + rb"si(?=[\s>/])")
_ODS = re.compile(
    _NAME + rb"(table|table-row|table-cell|covered-table-cell)(?=[\s>/])(?:" + _ATTRIBUTES + rb")?"
)
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']\s*(\d+)")


def _pieces(path: Path, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield XML in pieces that end before a tag.

    Raises:
        UsageError: a text between two tags is longer than a cell may be.
    """
    kept = b""
    for chunk in chunks:
        kept += chunk
        cut = kept.rfind(b"</")
        cut = cut if cut > 0 else max(kept.rfind(b"<"), 0)
        yield kept[:cut]
        kept = kept[cut:]
        if len(kept) > LONGEST:
            raise too_large(path, N_("it holds a text of more than {limit} characters"), limit=CELL_LETTERS)
    yield kept


def lengths_of_texts(path: Path, chunks: Iterable[bytes]) -> Sequence[int]:
    """Return how many bytes each shared text takes, its tags included.

    Raises:
        UsageError: there are too many, or one is too long.
    """
    starts = array("q")
    read = 0
    for piece in _pieces(path, chunks):
        starts.extend(read + found.start() for found in _TEXT.finditer(piece))
        read += len(piece)
        if len(starts) > SHEET_TEXTS:
            raise too_large(path, N_("it holds more than {limit} different texts"), limit=SHEET_TEXTS)
    starts.append(read)
    return array("q", (after - before for before, after in pairwise(starts)))


def sheet(extent: Extent, chunks: Iterable[bytes], texts: Sequence[int]) -> None:
    """Take the filled cells of an Excel sheet.

    Raises:
        UsageError: the workbook is too large.
    """
    row = column = 0
    longest = max(texts, default=0)
    for piece in _pieces(extent.path, chunks):
        if (quick := _usual(piece, texts)) and extent.holds(*quick[:2]):
            row, column = max(row, quick[0]), quick[1]
            extent.more(quick[2])
            continue
        shown = 0
        for kind, letters, digits, given, ends, value in _SHEET.findall(piece):
            named = [(letters, digits)] if digits else []
            if b"r" in _whole(given):  # it may stand after others, or be written in another way
                named += _REF.findall(given)
            if kind == b"row":
                row, column = max([row + 1, *(_number(each) for _, each in named)]), 0
                continue
            at, column = row, column + 1
            for name, number in named:
                at, column = max(at, _number(number)), max(column, _column(name))
            if ends or _whole(given)[-2:] == b"/>":
                continue
            if at > extent.rows or column > extent.columns:
                extent.cell(at, column)
            if len(texts) and _SHARED.search(given):
                place = int(value[:9] or len(texts))  # without a number here, it may be any
                shown += texts[place] if place < len(texts) else longest
        extent.more(shown)


def _usual(piece: bytes, texts: Sequence[int]) -> tuple[int, int, int] | None:
    """Return (rows, columns, bytes of texts) of a piece as nearly every program writes it, else None.

    Cells without a value are taken for filled: whoever finds them too far out looks again.
    """
    columns, rows = _COLUMNS.findall(piece), _ROWS.findall(piece)
    if len(columns) != piece.count(b"<c") or len(rows) != piece.count(b"<row") or b":c" in piece:
        return None
    numbers = {_number(digits) for digits in {*rows, *_CELL_ROWS.findall(piece)}}
    shown = _bytes_shown(piece, texts) if len(texts) else 0
    if shown is None:
        return None
    return max(numbers, default=0), max(map(_column, set(columns)), default=0), shown


def _bytes_shown(piece: bytes, texts: Sequence[int]) -> int | None:
    """Return the bytes of the shared texts that cells show; None if they are written in another way."""
    found = [int(index) for index in _INDEX.findall(piece)]
    if b"'" in piece or len(found) != piece.count(b'"s"') or max(found, default=0) >= len(texts):
        return None
    return sum(map(texts.__getitem__, found))


def tables(extent: Extent, chunks: Iterable[bytes]) -> None:
    """Take the filled cells of the tables of an OpenDocument spreadsheet, each as often as it is repeated.

    Raises:
        UsageError: the workbook is too large.
    """
    row = column = rows = shown = 0
    for piece in _pieces(extent.path, chunks):
        at = 0
        for found in _ODS.finditer(piece):
            extent.more((found.start() - at) * shown)
            at, shown = found.end(), 0
            kind, given = found[1], _whole(found[2])
            times = max([1, *map(_number, _REPEATED.findall(given))])
            if kind == b"table":
                extent.next_sheet()
                row = column = rows = 0
            elif kind == b"table-row":
                row, column, rows = row + rows, 0, times
            else:
                column += times
                if not given.endswith(b"/>") or b"value" in given or b"formula" in given:
                    extent.cell(row + rows, column)
                    shown = times * rows
        extent.more((len(piece) - at) * shown)


def _whole(given: bytes | None) -> bytes:
    """Return what stands in a tag.

    Raises:
        ValueError: the tag has no end: what readers would make of it is anybody's guess.
    """
    if not given:
        raise ValueError("a tag has no end")
    return given


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) < len(str(FAR)) else FAR


@cache
def _column(letters: bytes) -> int:
    return column_number(letters) if len(letters) <= len("XFD") else FAR
