"""What goes to standard output and to standard error. Nothing that a customer typed gets there raw."""

import json
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from workbench.domain.regexes import later
from workbench.domain.text import safe_text
from workbench.wording.cells import fitted, padded, width

GAP = 2  # cells between two columns
NARROWEST = 6  # cells of a column that had to be cut
# JSON may hold any character, a terminal may not get any: these are written as escapes, which is the
# same document. C1 controls, DEL, direction controls, invisible and tag characters, line separators.
_ESCAPED = later(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def document(value: Any) -> None:
    """Print one JSON document."""
    sys.stdout.write(dumps(value, indent=2) + "\n")


def array(elements: Iterable[Any]) -> None:
    """Print one JSON array, element by element, so that a million need no room."""
    sys.stdout.write("[")
    first = True
    for element in elements:
        sys.stdout.write(("\n" if first else ",\n") + dumps(element))
        first = False
    sys.stdout.write("]\n" if first else "\n]\n")


def dumps(value: Any, indent: int | None = None) -> str:
    """Return ``value`` as JSON that is harmless in a terminal."""
    return _ESCAPED.sub(_escape, json.dumps(value, ensure_ascii=False, indent=indent))


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def line(text: str = "") -> None:
    """Print one line of data."""
    sys.stdout.write(safe_text(text, newlines=True) + "\n")


def flush() -> None:
    """Let whoever reads along have what was printed so far."""
    sys.stdout.flush()


def tell(text: str) -> None:
    """Say something about the work; it is not data, and the work goes on where nobody can hear it."""
    with suppress(OSError):
        sys.stderr.write(safe_text(text, newlines=True) + "\n")


def cells_across() -> int:
    """Return how wide standard output is; a file has room for everything."""
    if not sys.stdout.isatty():
        return sys.maxsize
    from shutil import get_terminal_size

    return get_terminal_size().columns


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    wordy: Collection[int] = (),
    red: Collection[int] = (),
) -> None:
    """Print a table: drawn by rich on a terminal, plain columns elsewhere.

    ``wordy`` are the places of the columns that may be cut where the terminal is narrow, ``red`` of those
    that alarm; their words alarm without colour, too.
    """
    safe = [[safe_text(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _rich_table(headings, safe, wordy, red)
        return
    for text in _plain(headings, safe):
        sys.stdout.write(text + "\n")


def _plain(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = _widths(headings, rows)
    for row in (headings, *rows):
        yield "  ".join(padded(cell, cells) for cell, cells in zip(row, widths, strict=True)).rstrip()


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(width(row[at]) for row in (headings, *rows)) for at in range(len(headings))]


def _rich_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], wordy: Collection[int], red: Collection[int]
) -> None:
    from rich.console import Console  # 45 ms that only a terminal has to pay
    from rich.table import Table
    from rich.text import Text

    console = Console(markup=False, emoji=False, highlight=False, no_color="NO_COLOR" in os.environ)
    widths = _squeezed(_widths(headings, rows), console.width, wordy)
    drawn = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for at, (heading, cells) in enumerate(zip(headings, widths, strict=True)):
        drawn.add_column(Text(fitted(heading, cells)), overflow="fold", style="bold red" if at in red else "")
    for row in rows:
        drawn.add_row(*(Text(fitted(cell, cells)) for cell, cells in zip(row, widths, strict=True)))
    console.print(drawn)


def _squeezed(widths: list[int], room: int, wordy: Collection[int]) -> list[int]:
    """Return the widths with the widest of the wordy columns made narrower until all fit."""
    widths = list(widths)
    while sum(widths) + GAP * len(widths) > room:
        widest = max(wordy, key=lambda at: widths[at], default=None)
        if widest is None or widths[widest] <= NARROWEST:
            return widths
        widths[widest] -= 1
    return widths
