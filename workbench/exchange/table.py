"""Rows of a delimited text file, one at a time; what is wrong with a row is said with the row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from workbench.domain.errors import UsageError
from workbench.exchange import encodings, limits
from workbench.exchange.headlines import LOOKED_AT, separator
from workbench.exchange.limits import CELL_LETTERS, MOST_COLUMNS, ROW_LETTERS
from workbench.words import N_, Said

NUL = "\0"
METER_EVERY = 500  # rows
SAMPLE_LETTERS = 500_000  # of the first rows: no more are held


class Record(NamedTuple):
    """One row: the physical line it starts on, its cells, and what is wrong with it, if anything."""

    line: int
    cells: list[str]
    fault: Said | None = None


@dataclass(slots=True)
class Meter:
    """How far a file has been read, in bytes on the disk, for a progress bar."""

    size: int = 0
    place: int = 0


class Lines:
    """The physical lines of a file; remembers those of the record that is being read."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.file = encodings.open_file(path)
        self.text = io.TextIOWrapper(encodings.unpack(self.file), encoding=encoding, newline="")
        self.held: list[str] = []
        self.letters = 0

    def __iter__(self) -> Iterator[str]:
        read = self.text.readline
        while line := read(ROW_LETTERS):
            self.held.append(line)
            self.letters += len(line)
            if self.letters >= ROW_LETTERS:
                raise UsageError(
                    N_("{file} is not a table: it holds a row of more than {limit} characters."),
                    option=limits.FILE,
                    file=str(self.path),
                    limit=ROW_LETTERS,
                )
            yield line

    def next_row(self) -> None:
        """Forget the lines of the last record."""
        self.held.clear()
        self.letters = 0

    def close(self) -> None:
        """Give the file back."""
        self.text.close()
        self.file.close()


def first_rows(path: Path, encoding: str, delimiter: str) -> list[list[str]]:
    """Return the first rows as they stand, blank ones too, as far as they can be read.

    Raises:
        UsageError: the first cannot be read with this delimiter.
    """
    lines = Lines(path, encoding)
    csv.field_size_limit(CELL_LETTERS)
    reader, rows, letters = csv.reader(lines, delimiter=delimiter, strict=True), list[list[str]](), 0
    try:
        for row in reader:
            rows.append(row)
            letters += lines.letters
            if len(rows) == LOOKED_AT or letters > SAMPLE_LETTERS:
                break
            lines.next_row()
    except (csv.Error, UsageError) as why:
        if any(rows):
            return rows
        if isinstance(why, UsageError):
            raise
        raise UsageError(
            N_("{file} has no readable headline: {reason}."),
            option=limits.FILE,
            file=str(path),
            reason=str(why),
        ) from why
    finally:
        lines.close()
    return rows


def separator_of(path: Path, encoding: str) -> str:
    """Return what a first line like ``sep=;`` names; empty for any other."""
    lines = Lines(path, encoding)
    try:
        return separator(lines.text.readline(len("sep=;") + 4))
    finally:
        lines.close()


def records(
    path: Path, encoding: str, delimiter: str, width: int, header_row: int = 1, meter: Meter | None = None
) -> Iterator[Record]:
    """Yield the rows under the headline, row ``header_row`` from 1; blank lines and empty rows are none.

    A row that cannot be read comes with its fault; its cells are then what was found, or one cell
    with the lines as they stand.

    Raises:
        UsageError: the file is not a table at all.
    """
    csv.field_size_limit(CELL_LETTERS)
    lines = Lines(path, encoding)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row = 0
    if meter is not None:
        meter.size = path.stat().st_size
    try:
        while True:
            lines.next_row()
            line, row = reader.line_num + 1, row + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as why:
                yield Record(line, ["".join(lines.held)], _reading_fault(why, line, reader.line_num))
                continue
            if row <= header_row:
                continue
            if len(cells) > MOST_COLUMNS:  # each of them would be held: the lines take less
                yield Record(line, ["".join(lines.held)], _width_fault(len(cells), width))
            elif any(cells):
                yield Record(line, cells, row_fault(cells, width))
            if meter is not None and line % METER_EVERY == 0:
                meter.place = lines.file.tell()
    finally:
        lines.close()


def row_fault(cells: list[str], width: int) -> Said | None:
    """Say what is wrong with the shape of a row."""
    if len(cells) != width:
        return _width_fault(len(cells), width)
    for place, cell in enumerate(cells, 1):
        if NUL in cell:
            return Said(N_("column {column} holds a NUL character"), column=place)
    return None


def _width_fault(found: int, width: int) -> Said:
    """Say that a row has another number of cells than the headline."""
    return Said(N_("{found} cells instead of {width}"), found=found, width=width)


def _reading_fault(why: csv.Error, first: int, last: int) -> Said:
    """Say in a person's words why the lines from ``first`` to ``last`` are no row."""
    reason = str(why)
    if "unexpected end of data" in reason:
        return Said(
            N_("a quote opened in line {line} is never closed; nothing after it was read"), line=first
        )
    if "field larger" in reason:
        return Said(
            N_("a cell is longer than {limit} characters; is a quote in line {line} never closed?"),
            limit=CELL_LETTERS,
            line=first,
        )
    return Said(N_("lines {first} to {last} are no row: {reason}"), first=first, last=last, reason=reason)
