"""Reads a keymap file that may be anything: calmly, with a line for every fault."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keymaps.faults import Faults
from workbench.words import N_, Said

MOST_BYTES = 256 * 1024
# tomllib takes a time that grows with the square of the dots in one key: minutes for a line of 200 KB.
LONGEST_LINE = 500

_HEADER = re.compile(r"\s*\[\s*contexts\s*\.\s*[\"']?([^\"'\]\s]+)[\"']?\s*\]")
_QUOTES = re.compile("[\"'\\s]")
_AT_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Source:
    """A keymap file that is valid TOML; ``lines`` tells where ``context.action`` stands, from 1."""

    file: str
    data: dict[str, Any]
    lines: dict[str, int]

    def line(self, where: str) -> int:
        """Return the line of a key or table, that of its table if it cannot be told, else 1."""
        return self.lines.get(where) or self.lines.get(where.split(".", 1)[0], 1)


class _UnusableError(Exception):
    """The file cannot be used at all; ``line`` counts from 1."""

    def __init__(self, line: int, said: Said) -> None:
        super().__init__(line, said)
        self.line, self.said = line, said


def read(path: Path, faults: Faults) -> Source | None:
    """Return the file at ``path``; None with a fault if it cannot be read or is not TOML."""
    try:
        text = _text(path)
        return Source(path.name, _parse(text), _lines(text))
    except _UnusableError as error:
        faults.add(path.name, error.line, "", error.said)
        return None


def _text(path: Path) -> str:
    raw = _raw(path)
    if len(raw) > MOST_BYTES:
        raise _UnusableError(1, Said(N_("The file is larger than 256 KB.")))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _UnusableError(line, Said(N_("The file is not UTF-8 text."))) from None
    for number, line_text in enumerate(text.split("\n"), 1):
        if len(line_text) > LONGEST_LINE:
            said = Said(N_("The line is longer than {most} characters."), most=LONGEST_LINE)
            raise _UnusableError(number, said)
    return text


def _raw(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError:
        raise _UnusableError(1, Said(N_("The file is missing or cannot be read."))) from None


def _parse(text: str) -> dict[str, Any]:
    import tomllib  # only needed once a file is there

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _UnusableError(1, Said(N_("The file is nested too deeply."))) from None
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise _UnusableError(line, Said(N_("The file is not valid TOML from here on."))) from None


def _lines(text: str) -> dict[str, int]:
    """Return the line of each key, as ``context.action`` without quotes; of a table, as its name."""
    lines: dict[str, int] = {}
    context = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            context = header[1]
            lines.setdefault(context, number)
            continue
        key, equals, _value = line.partition("=")
        if equals:
            name = f"{context}.{_QUOTES.sub('', key)}".strip(".").removeprefix("contexts.")
            parts = name.split(".", 4)
            for length in range(1, len(parts) + 1):
                lines.setdefault(".".join(parts[:length]), number)
    return lines
