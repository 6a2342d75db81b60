"""What kind of table a file is: encoding, delimiter, headlines, and a few rows to show."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from workbench.domain.errors import UsageError
from workbench.domain.text import gist, mask_numbers
from workbench.exchange import encodings, table
from workbench.words import N_, _

DELIMITERS = (",", "\t", ";")
SAMPLES = 3
SHOWN = 20  # characters of a sample cell
LONGEST = 160  # characters of a sample row


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A file that was looked at. ``encoding`` is empty for a workbook, which needs none."""

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]

    def records(self, meter: table.Meter | None = None) -> Iterator[table.Record]:
        """Read the rows under the headline, one at a time."""
        if not self.encoding:
            from workbench.exchange import workbook

            return workbook.records(self.path, len(self.headers), meter)
        return table.records(self.path, self.encoding, self.delimiter, len(self.headers), meter)


def sniff(path: Path, encoding: str = "", delimiter: str = "") -> Sniffed:
    """Look at ``path`` and say how to read it; ``encoding`` and ``delimiter`` win where given.

    Raises:
        UsageError: the file cannot be read as a table.
    """
    if path.suffix.lower() in (".xlsx", ".xls", ".ods", ".xlsb"):
        from workbench.exchange import workbook

        return taken(path, "", "", workbook.headline(path))
    if path.suffix.lower() in (".jsonl", ".json", ".pdf", ".docx", ".doc"):
        raise UsageError(
            N_("{file}: only CSV, TSV and XLSX files can be imported."), option=encodings.FILE, file=str(path)
        )
    codec = encodings.find(path, encoding)
    marks = (delimiter,) if delimiter else DELIMITERS
    heads, faults = [], []
    for each in marks:
        try:
            heads.append((each, table.headline(path, codec, each)))
        except UsageError as why:  # quotation marks that make no sense with this one
            faults.append(why)
    mark, head = max(heads, key=lambda pair: len(pair[1]), default=("", []))  # the first of equals
    if faults and len(head) < 2:
        raise faults[0]
    return taken(path, codec, mark, head)


def described(file: Sniffed) -> list[str]:
    """Return what a person should look at before trusting the reading: the encoding and some rows.

    The lines hold text of the file as it came; make them safe before they are shown.
    """
    if file.encoding:
        mark = {"\t": _("tab")}.get(file.delimiter, file.delimiter)
        how = _("{file}: read as {encoding}, {n} columns, separated by {mark}").format(
            file=file.path.name,
            encoding=file.encoding.removesuffix("-sig").upper(),
            n=len(file.headers),
            mark=mark,
        )
    else:
        how = _("{file}: the first sheet, {n} columns").format(file=file.path.name, n=len(file.headers))
    rows = (
        " | ".join(gist(mask_numbers(cell), SHOWN) for cell in row if cell)[:LONGEST] for row in file.samples
    )
    return [how, *(f"  {row}" for row in rows)]


def taken(path: Path, encoding: str, delimiter: str, head: list[str]) -> Sniffed:
    """Join what was found, with sample rows.

    Raises:
        UsageError: there is no headline.
    """
    if not any(cell.strip() for cell in head):
        raise UsageError(
            N_("{file} has no headline: its first row is empty."), option=encodings.FILE, file=str(path)
        )
    found = Sniffed(path, encoding, delimiter, unique(head), ())
    good = (tuple(record.cells) for record in found.records() if record.fault is None)
    return Sniffed(path, encoding, delimiter, found.headers, tuple(islice(good, SAMPLES)))


def unique(head: list[str]) -> tuple[str, ...]:
    """Return names by which every column can be reached.

    The second ``name`` is ``name#2``, a column without a name is ``#5`` by its place.
    """
    names: list[str] = []
    for place, cell in enumerate(head, 1):
        plain = " ".join(cell.replace("\0", "").split())
        name, copy = plain or f"#{place}", 2
        while name in names:
            name, copy = f"{plain}#{copy}", copy + 1
        names.append(name)
    return tuple(names)
