"""Rows of a file of JSON lines: an object a line, whose keys are the columns."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec import DecodeError
from msgspec.json import Decoder

from workbench.exchange import encodings
from workbench.exchange.columns import as_text
from workbench.exchange.limits import CELL_LETTERS, ROW_LETTERS
from workbench.exchange.table import METER_EVERY, Meter, Record
from workbench.words import N_, Said

LOOKED_AT = 1_000  # rows, for their keys
NO_OBJECT = N_("is no JSON object")


def headline(path: Path) -> list[str]:
    """Return the keys of the first rows, in the order in which they come.

    Raises:
        UsageError: the file cannot be read.
    """
    rows = islice(_objects(path), LOOKED_AT)
    return list(dict.fromkeys(key for _line, _size, row in rows if isinstance(row, dict) for key in row))


def records(path: Path, headers: Sequence[str], meter: Meter | None = None) -> Iterator[Record]:
    """Yield the rows; a line that is no object comes with its fault."""
    if meter is not None:
        meter.size = path.stat().st_size
    for line, place, row in _objects(path):
        if meter is not None and line % METER_EVERY == 0:
            meter.place = place
        if not isinstance(row, dict):
            yield Record(line, [""] * len(headers), Said(NO_OBJECT))
            continue
        cells = [_text(row.get(name)) for name in headers]
        long = any(len(cell) > CELL_LETTERS for cell in cells)
        yield Record(line, cells, Said(N_("a value holds more than {limit} characters"), limit=CELL_LETTERS)
                     if long else None)  # fmt: skip


def _objects(path: Path) -> Iterator[tuple[int, int, Any]]:
    """Yield the number of each line, where it ends, and its value; None for what is no JSON."""
    decode, place = Decoder().decode, 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(4 * ROW_LETTERS), b""), 1):
                place += len(line)
                if not line.strip():
                    continue
                try:
                    yield number, place, decode(line)
                except (DecodeError, UnicodeDecodeError, RecursionError):  # the last: brackets in brackets
                    yield number, place, None
    except OSError as why:
        raise encodings.unreadable(path, why) from why


def _text(value: Any) -> str:
    """Return a value as a cell holds it; several ids with commas between."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ",".join(value)
    return value if isinstance(value, str) else as_text(value)
