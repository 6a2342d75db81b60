"""Reads a mapping file: every fault at once, each with its line, its key and the nearest right name."""

import re
from collections.abc import Collection, Iterable
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Any

from workbench.domain import system
from workbench.domain.errors import UsageError
from workbench.domain.text import safe_text
from workbench.exchange import mapping_parts
from workbench.exchange.mapping import Mapping, key_of
from workbench.policy import key_of as key_of_place
from workbench.policy_checks import LONGEST_TEXT, Checker
from workbench.policy_checks import Path as Place
from workbench.policy_faults import Fault, listed
from workbench.policy_lines import line_at, lines_of, longest_key
from workbench.words import N_, Said, Show, as_it_is

OPTION = "--mapping"
LARGEST = 256 * 1024  # bytes
LONGEST_KEY = 6  # parts of a dotted key; a mapping needs two

_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")

Vocabulary = Table[str, Table[str, str]]  # field -> folded id or name -> id


class MappingFaultsError(UsageError):
    """Everything that is wrong with a mapping, a line each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(N_("The mapping has {n} faults:"), option=OPTION, n=len(self.faults))

    def shown(self, show: Show = as_it_is) -> str:
        """Return the faults, a line each, under a headline."""
        return f"{super().shown(show)}\n{listed(self.faults, show)}"


class Doc(Checker):
    """Reads the values of a mapping; knows the file's columns and the policy's words, where given."""

    def __init__(self, headers: Collection[str] | None, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.headers = headers
        self.vocabulary = vocabulary

    def column(self, place: Place, value: object) -> str:
        """Return a column that the file has: by its headline, or by its place as ``#3``."""
        name = self.text(place, value, LONGEST_TEXT)
        if not name or self.headers is None or name in self.headers or self.has_place(name):
            return name
        self.unknown(
            place,
            name,
            self.headers,
            N_("the file has no column {word}."),
            N_("the file has no column {word}; did you mean {near}?"),
        )
        return name

    def has_place(self, name: str) -> bool:
        """Tell whether ``name`` is the place of a column, like ``#3``."""
        number = name.removeprefix("#")
        return number != name and number.isdecimal() and 0 < int(number) <= len(self.headers or ())

    def columns(self, place: Place, value: object) -> tuple[str, ...]:
        """Return one column or several."""
        if isinstance(value, list):
            if not value:
                self.fault(place, N_("must not be empty."))
            return tuple(self.column(where, item) for where, item in self.items(place, value))
        return (self.column(place, value),)

    def meaning(self, place: Place, field: str, value: object) -> str:
        """Return what ``value`` means for a fact: an id of the policy, or the text itself."""
        plain = str(value) if type(value) is int else value
        text = self.text(place, plain, LONGEST_TEXT)
        ids = self.vocabulary.get(field)
        if not text or not ids:
            return text
        if key_of(text) not in ids:
            self.unknown(
                place,
                text,
                sorted(set(ids.values())),
                N_("{word} is not known; known are: {known}."),
                N_("{word} is not known; did you mean {near}?"),
            )
        return ids.get(key_of(text), text)


def load(path: Path, headers: Collection[str] | None = None, vocabulary: Vocabulary | None = None) -> Mapping:
    """Read the mapping at ``path`` and check it against a file's columns and the policy's words.

    Raises:
        MappingFaultsError: with all that is wrong; the file missing counts.
    """
    return parsed(contents(path), safe_text(str(path)), headers, vocabulary)


def parsed(
    text: str, file: str, headers: Collection[str] | None = None, vocabulary: Vocabulary | None = None
) -> Mapping:
    """Read a mapping from ``text``; ``file`` stands in the faults.

    Raises:
        MappingFaultsError: with all that is wrong.
    """
    tables = toml(text, file)
    doc = Doc(headers, vocabulary or {})
    mapping = mapping_parts.build(doc, tables)
    if doc.found:
        lines = lines_of(text)
        raise MappingFaultsError(
            Fault(file, line_at(lines, place), key_of_place(place), said) for place, said in doc.found
        )
    return mapping


def refused(file: str, template: str, *, line: int = 0, **values: object) -> MappingFaultsError:
    """Return the one fault that keeps the rest from being read."""
    return MappingFaultsError([Fault(file, line, "", Said(template, **values))])


def contents(path: Path) -> str:
    """Return the text of a mapping file without its byte order mark.

    Raises:
        MappingFaultsError: the file is missing, too large or not UTF-8.
    """
    file = safe_text(str(path))
    try:
        with system.opened(path) as opened:
            raw = opened.read(LARGEST + 1)
    except (OSError, ValueError) as why:  # ValueError: a NUL in the name
        raise refused(file, N_("cannot be read: {why}."), why=system.reason(why)) from None
    if len(raw) > LARGEST:
        raise refused(file, N_("has more than {n} KB."), n=LARGEST // 1024)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = raw[: why.start].count(b"\n") + 1
        raise refused(file, N_("is not UTF-8 text."), line=line) from None


def toml(text: str, file: str) -> dict[str, Any]:
    """Return what ``text`` holds; whatever is wrong with it is one sentence.

    Raises:
        MappingFaultsError: it is not TOML, or nests deeper than a mapping can.
    """
    import tomllib  # only an import with a mapping needs it

    if len(text) > LARGEST:
        raise refused(file, N_("has more than {n} KB."), n=LARGEST // 1024)
    if max(line.count(".") for line in text.split("\n")) >= LONGEST_KEY and longest_key(text) > LONGEST_KEY:
        raise refused(file, N_("has a key with more than {n} parts."), n=LONGEST_KEY)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise refused(file, N_("is nested too deeply.")) from None
    except tomllib.TOMLDecodeError as why:
        at = _AT_LINE.search(str(why))
        line = int(at[1]) if at else text.count("\n") + 1
        said = safe_text(_AT_LINE.sub("", str(why)))[:100]
        raise refused(file, N_("is not TOML here: {why}."), line=line, why=said) from None
    except ValueError:  # a number of more than 4,300 digits
        raise refused(file, N_("has a number that is too long.")) from None
