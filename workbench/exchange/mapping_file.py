"""Reads a mapping file: every fault at once, each with its line, its key and the nearest right name."""

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Table
from pathlib import Path

from workbench.domain.errors import UsageError
from workbench.domain.text import safe_text
from workbench.exchange import mapping_parts
from workbench.exchange.mapping import Mapping, key_of
from workbench.toml.checks import LONGEST_TEXT, Checker
from workbench.toml.checks import Path as Place
from workbench.toml.faults import Fault, listed
from workbench.toml.reading import placed, refusing, tables_of, text_of
from workbench.words import N_, Show, as_it_is

OPTION = "--mapping"
LONGEST_KEY = 6  # parts of a dotted key; a mapping needs two

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
    file = safe_text(str(path))
    with refusing(MappingFaultsError):
        text = text_of(path, file)
    return parsed(text, file, headers, vocabulary)


def parsed(
    text: str, file: str, headers: Collection[str] | None = None, vocabulary: Vocabulary | None = None
) -> Mapping:
    """Read a mapping from ``text``; ``file`` stands in the faults.

    Raises:
        MappingFaultsError: with all that is wrong.
    """
    with refusing(MappingFaultsError):
        tables = tables_of(text, file, LONGEST_KEY)
    doc = Doc(headers, vocabulary or {})
    mapping = mapping_parts.build(doc, tables)
    if doc.found:
        raise MappingFaultsError(placed(doc.found, text, file))
    return mapping
