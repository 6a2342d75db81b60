"""How far the cells of an .xls workbook reach.

Sources: [MS-XLS] 2.4 (cells), 2.4.265 (shared texts); [MS-CFB] 2 (the file around the sheets).
"""

from array import array
from collections.abc import Iterator, Sequence
from struct import error as too_short
from struct import unpack_from

from workbench.exchange.extent import Extent

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_SECTOR = 0xFFFFFFF8  # this and above: the end of a chain, or none
STREAMS = ("workbook", "book")
ENTRY = 128  # bytes of a line of the directory
CELLS = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}  # those that hold a value
BEGIN, MANY, SHARED, TEXTS, MORE = 0x0809, 0x00BD, 0x00FD, 0x00FC, 0x003C
BYTES = 3  # of a character, at most


def workbook(extent: Extent, data: bytes) -> None:
    """Take the filled cells of all sheets; what is no such file is left to its reader, which says so.

    Raises:
        UsageError: the workbook is too large.
    """
    try:
        stream = _stream(data)
    except (too_short, IndexError):
        return
    found = list(_records(stream))
    texts = _lengths(stream, found)
    for kind, at, size in found:
        if kind == BEGIN:
            extent.next_sheet()
        elif kind in CELLS and size >= 6:
            row, column = unpack_from("<HH", stream, at)
            last = unpack_from("<H", stream, at + size - 2)[0] if kind == MANY else column
            index = unpack_from("<I", stream, at + 6)[0] if kind == SHARED and size >= 10 else len(texts)
            extent.cell(row + 1, max(column, last) + 1, texts[index] if index < len(texts) else size)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (id, start of the content, its size)."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        if at + 4 + size > len(stream):
            return
        yield kind, at + 4, size
        at += 4 + size


def _lengths(stream: bytes, found: Sequence[tuple[int, int, int]]) -> Sequence[int]:
    """Return the bytes that each shared text takes; those up to the first that makes no sense."""
    first = next((place for place, (kind, *_) in enumerate(found) if kind == TEXTS), len(found))
    parts = []
    for place, (kind, at, size) in enumerate(found[first:]):
        if place and kind != MORE:
            break
        parts.append(memoryview(stream)[at : at + size])
    lengths: array[int] = array("q")
    try:
        reader = _Texts(parts)
        while True:
            lengths.append(BYTES * reader.skip_text())
    except (too_short, IndexError):
        return lengths


class _Texts:
    """Walks through the shared texts, which go on from one record to the next."""

    def __init__(self, parts: Sequence[memoryview]) -> None:
        self.parts = parts
        self.part, self.at = 0, 8  # two counts stand before the first text

    def skip_text(self) -> int:
        """Go on to the next text; return the characters of this one."""
        if self.at >= len(self.parts[self.part]):
            self.part, self.at = self.part + 1, 0
        letters, flags = unpack_from("<HB", self.parts[self.part], self.at)
        self.at += 3
        runs = self._number("<H") if flags & 8 else 0
        extra = self._number("<I") if flags & 4 else 0
        left, cells = letters, 2 if flags & 1 else 1
        while left > (room := (len(self.parts[self.part]) - self.at) // cells):
            left -= room
            self.part, self.at = self.part + 1, 1
            cells = 2 if self.parts[self.part][0] & 1 else 1
        self.at += left * cells
        self._skip(4 * runs + extra)
        return int(letters)

    def _number(self, form: str) -> int:
        [number] = unpack_from(form, self.parts[self.part], self.at)
        self.at += 2 if form == "<H" else 4
        return int(number)

    def _skip(self, size: int) -> None:
        while size > (room := len(self.parts[self.part]) - self.at):
            size -= room
            self.part, self.at = self.part + 1, 0
        self.at += size


# ---------------------------------------------------------------- the file around the sheets


def _stream(data: bytes) -> bytes:
    """Return the stream of the sheets.

    Raises:
        IndexError, struct.error: the file is cut short, or its chains lead nowhere.
    """
    size, small = (1 << shift for shift in unpack_from("<HH", data, 30))
    table = _table(data, size)
    body = memoryview(data)[size:]
    directory = _chain(body, size, table, unpack_from("<I", data, 48)[0])
    for at in range(0, len(directory), ENTRY):
        length = min(max(unpack_from("<H", directory, at + 64)[0] - 2, 0), 64)
        if directory[at : at + length].decode("utf-16-le", "replace").lower() not in STREAMS:
            continue
        start, long = unpack_from("<II", directory, at + 116)
        if long >= unpack_from("<I", data, 56)[0]:
            return _chain(body, size, table, start)[:long]
        root = _chain(body, size, table, unpack_from("<I", directory, 116)[0])
        below = _numbers(_chain(body, size, table, unpack_from("<I", data, 60)[0]))
        return _chain(memoryview(root), small, below, start)[:long]
    return b""


def _table(data: bytes, size: int) -> Sequence[int]:
    """Return which sector follows which."""
    places = list(unpack_from("<109I", data, 76))
    after, seen = unpack_from("<I", data, 68)[0], 0
    while after < NO_SECTOR and seen <= len(data) // size:
        more = unpack_from(f"<{size // 4}I", data, size * (after + 1))
        places += more[:-1]
        after, seen = more[-1], seen + 1
    sectors = (data[size * (place + 1) : size * (place + 2)] for place in places if place < NO_SECTOR)
    return _numbers(b"".join(sectors))


def _numbers(data: bytes) -> Sequence[int]:
    return unpack_from(f"<{len(data) // 4}I", data)


def _chain(body: memoryview, size: int, table: Sequence[int], start: int) -> bytes:
    """Return the sectors of a chain, joined; one that goes round in a circle ends."""
    found: list[memoryview] = []
    while start < NO_SECTOR and len(found) <= len(body) // size:
        found.append(body[size * start : size * (start + 1)])
        start = table[start]
    return b"".join(found)
