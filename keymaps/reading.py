"""A keymap file as tables, with a line for every key in it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keymaps.faults import Faults
from workbench.toml.lines import line_at, lines_of
from workbench.toml.reading import UnusableError, tables_of, text_of

LONGEST_KEY = 4  # parts of a dotted key: contexts.queue.queue.1


@dataclass(frozen=True, slots=True)
class Source:
    """A keymap file that is valid TOML."""

    file: str
    data: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]

    def line(self, where: str) -> int:
        """Return the line, from 1, of ``context.action``, of a context, or of a key at the top."""
        context, _dot, action = where.partition(".")
        places = [("contexts", context, action), ("contexts", context, *action.split(".")), (context,)]
        found = next((place for place in places if place in self.lines), ("contexts", context))
        return line_at(self.lines, found)


def read(path: Path, faults: Faults) -> Source | None:
    """Return the file at ``path``; None with a fault if it cannot be read or is not TOML."""
    try:
        text = text_of(path, path.name)
        return Source(path.name, tables_of(text, path.name, LONGEST_KEY), lines_of(text))
    except UnusableError as error:
        faults.add(path.name, error.fault.line or 1, "", error.fault.said)
        return None
