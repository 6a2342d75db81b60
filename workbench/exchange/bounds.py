"""A workbook is measured before it is opened: unpacked piece by piece, and never held.

The reader of workbooks holds all of one in memory, a value for every place up to the farthest filled
cell; a file of 1,500 bytes can ask for a terabyte that way.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from workbench.domain.errors import UsageError
from workbench.exchange import bounds_bin, bounds_xls, bounds_xml, encodings
from workbench.exchange.extent import Extent
from workbench.exchange.limits import MB, PART_BYTES, SHEET_BYTES, too_large
from workbench.words import N_

CHUNK = 1 << 20
TABLES = "content.xml"  # of an OpenDocument spreadsheet
TEXTS = {"sharedstrings.xml": bounds_xml.lengths_of_texts, "sharedstrings.bin": bounds_bin.lengths_of_texts}
LINKS = "workbook.bin.rels"  # says which parts are sheets, where they are not XML
SMALL = re.compile(r"workbook\.(?:xml|bin)|styles\.(?:xml|bin)|.*\.rels|\[content_types\]\.xml")
_TARGET = re.compile(rb"Target\s*=\s*[\"'](?:[^\"']*/)?([^\"'/]*)[\"']")
Measure = Callable[[Extent, Iterable[bytes], Sequence[int]], None]
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def ensure(path: Path) -> None:
    """Refuse a workbook that would not fit into memory.

    Raises:
        UsageError: the file is too large, or cannot be unpacked.
    """
    extent = Extent(path)
    with encodings.open_file(path) as file:
        begin = file.read(len(bounds_xls.MAGIC))
        file.seek(0)
        try:
            if begin == bounds_xls.MAGIC:
                bounds_xls.workbook(extent, _limited(path, file.read(SHEET_BYTES + 1)))
            else:
                _Parts(extent, ZipFile(file)).measure()
        except BROKEN as why:
            raise encodings.unreadable(path, why) from why


def _limited(path: Path, data: bytes) -> bytes:
    if len(data) > SHEET_BYTES:
        raise _too_long(path, SHEET_BYTES)
    return data


def _too_long(path: Path, limit: int) -> UsageError:
    return too_large(path, N_("a part of it unpacks to more than {limit} MB"), limit=limit // MB)


class _Parts:
    """The parts of a packed workbook, each unpacked once."""

    def __init__(self, extent: Extent, archive: ZipFile) -> None:
        self.extent = extent
        self.archive = archive
        self.unpacked = 0
        self.sheets: set[bytes] = set()
        self.texts: Sequence[int] = ()

    def measure(self) -> None:
        """Take the cells of the sheets, after the texts that they show.

        Raises:
            UsageError: the workbook is too large.
            BadZipFile, zlib.error, ...: it cannot be unpacked.
        """
        parts = self.archive.infolist()
        if sum(part.file_size for part in parts) > SHEET_BYTES:
            raise _too_long(self.extent.path, SHEET_BYTES)
        for part in sorted(parts, key=lambda part: _name(part) not in (LINKS, *TEXTS)):
            self._part(part)

    def _part(self, part: ZipInfo) -> None:
        name, chunks = _name(part), self._chunks(part)
        begin = next(chunks, b"")
        chunks = chain((begin,), chunks)
        if name in TEXTS:
            self.texts = TEXTS[name](self.extent.path, chunks)
        elif name == LINKS:
            self.sheets |= {target.lower() for target in _TARGET.findall(b"".join(chunks))}
        elif name == TABLES:
            bounds_xml.tables(self.extent, chunks)
        elif begin.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            self._sheet(bounds_xml.sheet, chunks)
        elif name.encode() in self.sheets:
            self._sheet(bounds_bin.sheet, chunks)
        for _rest in chunks:
            pass  # its length counts

    def _sheet(self, measure: Measure, chunks: Iterator[bytes]) -> None:
        """Take the cells of one sheet of several, of which only one is held."""
        alone = Extent(self.extent.path)
        measure(alone, chunks, self.texts)

    def _chunks(self, part: ZipInfo) -> Iterator[bytes]:
        """Yield what is really packed: what a part says of its length is what anybody wrote there."""
        most = PART_BYTES if SMALL.fullmatch(_name(part)) else SHEET_BYTES
        whole, size = copy(part), 0
        whole.file_size = 2 * SHEET_BYTES
        with self.archive.open(whole) as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                self.unpacked += len(chunk)
                if size > most or self.unpacked > SHEET_BYTES:
                    raise _too_long(self.extent.path, most)
                yield chunk


def _name(part: ZipInfo) -> str:
    """Return the last part of a name, as readers compare it."""
    return part.filename.replace("\\", "/").rpartition("/")[2].lower()
