"""Workbooks made by hand, cell by cell, in the four forms that are read."""

import struct
import zipfile
from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def letters(column: int) -> str:
    """The name of a column, counted from 1."""
    name = ""
    while column:
        column, left = divmod(column - 1, 26)
        name = chr(65 + left) + name
    return name


def packed(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def links(kind: str, target: str, *more: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate([(kind, target), *more], 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def xlsx(path: Path, sheet: str, texts: str = "", **parts: str) -> Path:
    """A workbook of one sheet; ``sheet`` is what stands in its ``sheetData``."""
    return packed(path, {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": links("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": links("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}"><sheets>'
                           '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>",
    } | ({"xl/sharedStrings.xml": f"<sst {MAIN}>{texts}</sst>"} if texts else {}) | parts)  # fmt: skip


def xlsx_cell(row: int, column: int, text: str) -> str:
    ref = f"{letters(column)}{row}"
    return f'<row r="{row}"><c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def ods(path: Path, rows: str) -> Path:
    """An OpenDocument spreadsheet; ``rows`` are its ``table:table-row`` elements."""
    names = "".join(f' xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet><table:table table:name='S'>{rows}</table:table>"
    return packed(path, {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0"/>',
        "content.xml": f"<office:document-content{names}>{body}</office:spreadsheet></office:body>"
                       "</office:document-content>",
    })  # fmt: skip


def ods_row(*texts: str, rows: int = 1, columns: int = 1) -> str:
    """A row of cells; the row is repeated ``rows`` times, its last cell ``columns`` times."""
    last = len(texts) - 1
    cells = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns if n == last else 1}">'
        f"<text:p>{text}</text:p></table:table-cell>"
        for n, text in enumerate(texts)
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def record(kind: int, content: bytes) -> bytes:
    """A record of .xlsb."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, cells: list[tuple[int, int, str]]) -> Path:
    """A binary workbook; cells are (row, column, text), counted from 1."""
    sheet = record(129, b"") + record(148, b"\0" * 16) + record(145, b"")
    for row, column, text in cells:
        sheet += record(0, struct.pack("<I", row - 1) + b"\0" * 13)
        sheet += record(6, struct.pack("<II", column - 1, 0) + wide(text))
    sheet += record(146, b"") + record(130, b"")
    book = record(131, b"") + record(143, b"") + record(
        156, struct.pack("<II", 0, 1) + wide("rId1") + wide("S")
    ) + record(144, b"") + record(132, b"")  # fmt: skip
    return packed(path, {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": links("officeDocument", "xl/workbook.bin"),
        "xl/_rels/workbook.bin.rels": links("worksheet", "worksheets/sheet1.bin"),
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
    })  # fmt: skip


def xls(path: Path, cells: list[tuple[int, int, str]], padding: int = 0) -> Path:
    """An .xls workbook (BIFF 8); short ones lie among the small streams, ``padding`` makes them long."""

    def part(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def begin(kind: int) -> bytes:
        return part(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    words = list(dict.fromkeys(text for *_, text in cells))
    texts = part(0xFC, struct.pack("<II", len(cells), len(words)) + b"".join(
        struct.pack("<HB", len(word), 1) + word.encode("utf-16-le") for word in words
    ))  # fmt: skip
    name = struct.pack("<BB", 1, 0) + b"S"

    def globals_for(start: int) -> bytes:
        return begin(5) + part(0x42, struct.pack("<H", 1200)) + part(0x85, struct.pack("<IH", start, 0) + name) + (
            texts + part(0x0A)
        )  # fmt: skip

    stream = globals_for(len(globals_for(0))) + begin(0x10)
    for row, column, text in cells:
        stream += part(0xFD, struct.pack("<HHHI", row - 1, column - 1, 0, words.index(text)))
    stream += part(0x0A) + b"\0" * padding
    path.write_bytes(compound(stream))
    return path


def compound(stream: bytes) -> bytes:
    """A compound file with one stream, ``Workbook``."""
    small = len(stream) < 4096
    body = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    sectors = len(body) // 512
    end, free, fat_mark = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    # sectors: 0 the table, 1 the directory, 2 the small table, 3 and on the body
    table = [fat_mark, end, end, *range(4, 3 + sectors), end]
    below = [*range(1, -(-len(stream) // 64)), end] if small else []

    def numbers(given: list[int]) -> bytes:
        return struct.pack(f"<{len(given)}I", *given).ljust(512, b"\xff")

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        return text.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(text), kind, 1, free, free, child, b"", 0, 0, 0, start, size
        )  # fmt: skip

    root = entry("Root Entry", 5, 1, 3 if small else end, len(body) if small else 0)
    directory = (root + entry("Workbook", 2, free, 0 if small else 3, len(stream))).ljust(512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2 if small else end, int(small), end, 0
    ) + struct.pack("<109I", 0, *[free] * 108)  # fmt: skip
    return head + numbers(table) + directory + numbers(below) + body
