"""A word of a policy in both languages, and an id that has one."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct

from workbench import words


class Name(Struct, frozen=True):
    """A word of the policy in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if words.language() == "zh" else self.en


class Term(Struct, frozen=True):
    """One id of a vocabulary: a channel, a category, an impact, a fault, a waiting reason."""

    id: str
    name: Name


T = TypeVar("T", bound=Term)


def name_of(terms: Mapping[str, T], term_id: str) -> str:
    """Return the name of ``term_id`` in the language in use; an unknown id (imported) as it is."""
    term = terms.get(term_id)
    return str(term.name) if term else term_id
