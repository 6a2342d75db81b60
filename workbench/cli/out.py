"""What goes to standard output and to standard error. Nothing that a customer typed gets there raw."""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from workbench.cli.cells import padded, width
from workbench.domain.text import safe_text

# JSON may hold any character, a terminal may not get any: these are written as escapes, which is the
# same document. C1 controls, DEL, direction controls, invisible and tag characters, line separators.
_ESCAPED = re.compile(
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


def tell(text: str) -> None:
    """Say something about the work; it is not data."""
    sys.stderr.write(safe_text(text, newlines=True) + "\n")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: drawn by rich on a terminal, plain columns elsewhere."""
    safe = [[safe_text(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _rich_table(headings, safe)
        return
    for text in _plain(headings, safe):
        sys.stdout.write(text + "\n")


def _plain(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(width(row[at]) for row in (headings, *rows)) for at in range(len(headings))]
    for row in (headings, *rows):
        yield "  ".join(padded(cell, cells) for cell, cells in zip(row, widths, strict=True)).rstrip()


def _rich_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import ASCII2  # 45 ms that only a terminal has to pay
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=ASCII2, show_edge=False, pad_edge=False, header_style="bold")
    for heading in headings:
        drawn.add_column(Text(heading), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    console = Console(markup=False, emoji=False, highlight=False, no_color="NO_COLOR" in os.environ)
    console.print(drawn)
