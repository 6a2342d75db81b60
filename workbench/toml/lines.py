"""Where a key stands in a TOML text: tomllib gives values without their lines.

Made for texts that tomllib has accepted; only a fault pays for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.toml.checks import Path

_TOKEN = re.compile(
    r'''(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')'''
    r"""|(?P<comment>\#[^\n]*)|(?P<mark>[\n\[\]{},=.])|(?P<bare>[^\s"'\#\[\]{},=.]+)""",
    re.DOTALL,
)
_END = ("", "\n", 0)


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield (kind, text, line) of everything but blanks and comments."""
    line = 1
    for found in _TOKEN.finditer(text):
        kind, word = found.lastgroup or "", found[0]
        if kind != "comment":
            yield kind, word, line
        line += word.count("\n")


def longest_key(text: str) -> int:
    """Return the number of parts of the longest dotted key, or of anything else joined by dots."""
    longest = parts = 1
    for _kind, word, _line in tokens(text):
        if word == ".":
            parts += 1
            longest = max(longest, parts)
        elif word in "\n[]{},=":
            parts = 1
    return longest


def lines_of(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every table, key and list element of a TOML text."""
    scan = _Scan(list(tokens(text)))
    scan.document()
    return scan.lines


def line_at(lines: dict[Path, int], path: Path) -> int:
    """Return the line of ``path``, else of the table that it is in; 1 for the whole document."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _unquoted(kind: str, word: str) -> str:
    if kind != "string":
        return word
    import tomllib

    return str(tomllib.loads(f"key={word}")["key"])


@dataclass
class _Scan:
    given: list[tuple[str, str, int]]
    at: int = 0
    lines: dict[Path, int] = field(default_factory=dict)
    last: dict[Path, int] = field(default_factory=dict)  # newest element of each [[list of tables]]

    @property
    def next(self) -> tuple[str, str, int]:
        return self.given[self.at] if self.at < len(self.given) else _END

    def took(self, mark: str) -> bool:
        """Step over ``mark`` if it is next."""
        kind, word, _line = self.next
        here = self.at < len(self.given) and kind == "mark" and word == mark
        self.at += here
        return here

    def key(self) -> tuple[str, ...]:
        """Read a dotted key."""
        parts: list[str] = []
        while self.at < len(self.given):
            kind, word, _line = self.next
            if kind == "mark" and word != ".":
                break
            if kind != "mark":
                parts.append(_unquoted(kind, word))
            self.at += 1
        return tuple(parts)

    def mark(self, table: Path, parts: tuple[str, ...], line: int) -> Path:
        """Note the line of each part of a key below ``table`` and return its whole path."""
        path = table
        for part in parts:
            path = (*path, part)
            self.lines.setdefault(path, line)
            if path in self.last:
                path = (*path, self.last[path])
        return path

    def document(self) -> None:
        table: Path = ()
        while self.at < len(self.given):
            line = self.next[2]
            if self.took("\n"):
                continue
            if self.took("["):
                table = self.header(line)
            else:
                self.pair(table)

    def header(self, line: int) -> Path:
        if not self.took("["):
            path = self.mark((), self.key(), line)
            self.lines[path] = line
            self.took("]")
            return path
        *outer, name = self.key()
        path = (*self.mark((), tuple(outer), line), name)
        self.lines.setdefault(path, line)
        self.last[path] = self.last.get(path, -1) + 1
        path = (*path, self.last[path])
        self.lines[path] = line
        _ = self.took("]"), self.took("]")
        return path

    def pair(self, table: Path) -> None:
        line = self.next[2]
        before = self.at
        path = self.mark(table, self.key(), line)
        if self.took("="):
            self.value(path)
        self.at += self.at == before  # whatever it is, go on

    def value(self, path: Path) -> None:
        if self.took("{"):
            while self.at < len(self.given) and not self.took("}"):
                if not (self.took(",") or self.took("\n")):
                    self.pair(path)
        elif self.took("["):
            self.elements(path)
        else:
            while self.at < len(self.given) and (self.next[0] != "mark" or self.next[1] == "."):
                self.at += 1

    def elements(self, path: Path) -> None:
        index = 0
        while self.at < len(self.given) and not self.took("]"):
            if self.took("\n"):
                continue
            if self.took(","):
                index += 1
                continue
            before = self.at
            self.lines[*path, index] = self.next[2]
            self.value((*path, index))
            self.at += self.at == before
