"""The values of a mapping, checked against the columns of its file and the words of the policy."""

from collections.abc import Collection
from collections.abc import Mapping as Table

from workbench.exchange.mapping import key_of
from workbench.toml.checks import LONGEST_TEXT, Checker
from workbench.toml.checks import Path as Place
from workbench.words import N_

Vocabulary = Table[str, Table[str, str]]  # field -> folded id or name -> id


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
            self.unknown(place, text, sorted(set(ids.values())))
        return ids.get(key_of(text), text)
