"""One cell into one value: read strictly, or refused with the reason."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from workbench.domain import values
from workbench.domain.fact import Fact, Kind
from workbench.exchange.cells import MARK, guarded
from workbench.exchange.mapping import key_of
from workbench.words import N_, Said

LONGEST_ID = 200
LONGEST_LINE = 2_000

_SPOILT = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;|/、，；]")

Reader = Callable[[str], Any]


class RowFaultError(ValueError):
    """A value or a row cannot be taken; ``said`` gives the reason, and the column once that is known."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


def line(text: str) -> str:
    """Return a short text without outer blanks."""
    text = text.strip()
    if len(text) > LONGEST_LINE:
        raise RowFaultError(Said(N_("is longer than {limit} characters"), limit=LONGEST_LINE))
    return text


def unspoilt(text: str) -> str:
    """Return a number that is a name: a phone, an id.

    Raises:
        RowFaultError: a spreadsheet has turned it into a quantity and lost its last digits, or an
            export has put the apostrophe before it that keeps spreadsheets from doing so.
    """
    text = line(text)
    if text.startswith(MARK) and guarded(text[len(MARK) :]) == text:
        template = N_("{value} begins with the apostrophe of an export for spreadsheets; take it off,"
                      " or export with --raw")  # fmt: skip
        raise RowFaultError(Said(template, value=text))
    if "+" in text and _SPOILT.fullmatch(text):
        raise RowFaultError(
            Said(
                N_("{value} was spoilt by a spreadsheet: digits are lost; export the column as text"),
                value=text,
            )
        )
    return text


def identity(text: str) -> str:
    """Return an id of the source."""
    text = unspoilt(text)
    if len(text) > LONGEST_ID:
        raise RowFaultError(Said(N_("is longer than {limit} characters"), limit=LONGEST_ID))
    return text


def _as_it_came(text: str) -> str:
    """Return the customer's words as they came."""
    return text


READERS: Mapping[Kind, Reader] = {
    Kind.ID: identity,
    Kind.PHONE: unspoilt,
    Kind.LINE: line,
    Kind.PERSON: line,
    Kind.TEXT: _as_it_came,
    Kind.MONEY: lambda text: str(values.money(text)),
}


def reader(fact: Fact) -> Reader:
    """Return what reads a fact that is not chosen from a list."""
    if fact.kind is Kind.WHOLE:
        return lambda text: values.whole(text, fact.low, fact.high)
    return READERS[fact.kind]


def chooser(table: Mapping[str, str], ids: Mapping[str, str], default: str) -> Reader:
    """Return a reader of a word of the policy: by the mapping's table, else by id or name, else default."""
    known = {**ids, **table}

    def choose(text: str) -> str:
        found = known.get(text) or known.get(key_of(text)) or default
        if not found:
            raise RowFaultError(
                Said(N_("{value} is unknown; add it to the mapping's value table"), value=text.strip()[:40])
            )
        return found

    return choose


def several_of(text: str, choose: Reader) -> list[str]:
    """Return the words that a cell lists, each once."""
    return list(dict.fromkeys(choose(part) for part in _SEVERAL.split(text) if part.strip()))
