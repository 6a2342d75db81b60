"""What kind of table a file is: encoding, delimiter, headlines, and a few rows to show."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from workbench.domain.errors import UsageError
from workbench.domain.text import gist, mask_numbers
from workbench.exchange import encodings, headlines, json_lines, limits, own, table
from workbench.exchange.own import Own
from workbench.words import N_, _

JSON = ".jsonl"
DELIMITERS = (",", "\t", ";", "|")
WORKBOOKS = (".xlsx", ".xls", ".ods", ".xlsb")
SAMPLES = 3
SHOWN = 20  # characters of a sample cell
LONGEST = 160  # characters of a sample row


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A file that was looked at.

    Attributes:
        encoding: Empty for a workbook, which needs none.
        headers: Names by which the columns can be reached.
        ours: Cells that a row begins with and that are not the source's: it is a file of rejects.
        own: What it is, where ``export`` wrote it.
        sheet: Of a workbook.
        first: It is the first one.
        header_row: In which row the headline stands, from 1.
    """

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    ours: int = 0
    own: Own | None = None
    sheet: str = ""
    first: bool = True
    header_row: int = 1

    def records(self, meter: table.Meter | None = None) -> Iterator[table.Record]:
        """Read the rows under the headline, one at a time."""
        width = self.ours + len(self.headers)
        if self.path.suffix.lower() == JSON:
            rows = json_lines.records(self.path, self.headers, meter)
        elif self.encoding:
            rows = table.records(self.path, self.encoding, self.delimiter, width, self.header_row, meter)
        else:
            from workbench.exchange import workbook

            rows = workbook.records(self.path, width, (self.sheet, self.header_row), meter)
        rows = map(self._theirs, rows) if self.ours else rows
        if self.own is None:
            return rows
        read = own.reading(self.own, self.headers, guarded=bool(self.encoding) and not self.ours)
        return (record._replace(cells=read(record.cells)) for record in rows)

    def _theirs(self, record: table.Record) -> table.Record:
        """Return a row without our cells; one that could not be cut into cells as it is."""
        if len(record.cells) <= self.ours:
            return record
        return record._replace(cells=record.cells[self.ours :])


def sniff(path: Path, encoding: str = "", sheet: str = "", header_row: int = 0) -> Sniffed:
    """Look at ``path`` and say how to read it; what is told wins: encoding, sheet, row of the headline.

    Raises:
        UsageError: the file cannot be read as a table.
    """
    if path.suffix.lower() in WORKBOOKS:
        from workbench.exchange import workbook

        head = workbook.headline(path, sheet, header_row)
        found = Sniffed(path, "", "", (), (), 0, None, head.sheet, head.first, head.header_row)
        return _sniffed(found, head.cells)
    if path.suffix.lower() == JSON:
        return _sniffed(Sniffed(path, "", "", (), ()), json_lines.headline(path))
    if path.suffix.lower() in (".json", ".pdf", ".docx", ".doc"):
        raise UsageError(
            N_("{file}: only CSV, TSV, XLSX and JSONL files can be imported."),
            option=limits.FILE,
            file=str(path),
        )
    codec = encodings.find(path, encoding)
    told = table.separator_of(path, codec)
    heads, faults = [], []
    for each in (told,) if told else DELIMITERS:
        try:
            heads.append((each, *_head(path, codec, each, header_row)))
        except UsageError as why:  # quotation marks that make no sense with this one
            faults.append(why)
    mark, at, names = max(heads, key=_promise, default=("", 1, []))  # the first of equals
    if faults and len(names) < 2:
        raise faults[0]
    return _sniffed(Sniffed(path, codec, mark, (), (), header_row=at), names)


def _promise(head: tuple[str, int, list[str]]) -> tuple[int, int]:
    """Say how likely a mark separates the columns: names that are known count before how many there are."""
    return headlines.known(head[2]), len(head[2])


def _head(path: Path, codec: str, mark: str, header_row: int) -> tuple[int, list[str]]:
    """Return the row of the headline, from 1, and its cells, if ``mark`` stands between them."""
    rows = table.first_rows(path, codec, mark)
    rejected = bool(rows) and headlines.ours(
        rows[0]
    )  # its headline stands in the first row, whatever is told
    at = 1 if rejected else header_row or headlines.place(rows) + 1
    return at, rows[at - 1] if at <= len(rows) else []


def described(file: Sniffed, ids: Collection[str] = ()) -> list[str]:
    """Return what a person should look at before trusting the reading: the encoding and some rows.

    The lines hold text of the file as it came; make them safe before they are shown. Cells of the columns
    ``ids`` are names of cases: numbers in the others are masked.
    """
    places = {file.headers.index(name) for name in ids if name in file.headers}
    rows = (
        [gist(cell if at in places else mask_numbers(cell), SHOWN) for at, cell in enumerate(row) if cell]
        for row in file.samples
    )
    return [_how(file), *(f"  {' | '.join(row)[:LONGEST]}" for row in rows)]


def _how(file: Sniffed) -> str:
    """Say how a file is read."""
    if file.encoding:
        said = _("{file}: read as {encoding}, {n} columns, separated by {mark}")
    elif file.path.suffix.lower() == JSON:
        said = _("{file}: JSON lines, {n} keys")
    else:
        said = _("{file}: the sheet {sheet}, {n} columns")
    how = said.format(
        file=file.path.name,
        encoding=file.encoding.removesuffix("-sig").upper(),
        n=len(file.headers),
        mark={"\t": _("tab")}.get(file.delimiter, file.delimiter),
        sheet=file.sheet,
    )
    return (
        how
        if file.header_row == 1
        else _("{how}; the headline is row {row}").format(how=how, row=file.header_row)
    )


def _sniffed(found: Sniffed, head: list[str]) -> Sniffed:
    """Join what was found with the headline and sample rows.

    Raises:
        UsageError: there is no headline.
    """
    if not any(cell.strip() for cell in head):
        raise UsageError(
            N_("{file} has no headline: its row {row} is empty."),
            option=limits.FILE, file=str(found.path), row=found.header_row,
        )  # fmt: skip
    limits.ensure_columns(found.path, len(head))
    ours = headlines.ours(head)
    found = replace(found, headers=_unique(head[ours:]), ours=ours)
    good = (
        tuple(record.cells)
        for record in found.records()
        if record.fault is None and not headlines.is_total(record.cells)
    )
    found = replace(found, samples=tuple(islice(good, SAMPLES)))
    return replace(found, own=own.own_of(found.headers, found.samples))


def _unique(head: list[str]) -> tuple[str, ...]:
    """Return names by which every column can be reached.

    The second ``name`` is ``name#2``, a column without a name is ``#5`` by its place.
    """
    names: dict[str, None] = {}
    for place, cell in enumerate(head, 1):
        plain = " ".join(cell.replace("\0", "").split())
        name, copy = plain or f"#{place}", 2
        while name in names:
            name, copy = f"{plain}#{copy}", copy + 1
        names[name] = None
    return tuple(names)
