"""Files that ``export`` wrote, known by their headings, so that they come back as they went out."""

import json
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from workbench import words
from workbench.domain import facts
from workbench.domain.fact import Kind
from workbench.exchange import columns as shapes
from workbench.exchange.mapping import FIELDS
from workbench.exchange.shields import unshielded

SOURCE = "workbench export"
NEEDED = ("number", "received_at", "text")
NUMBER = re.compile(r"\S+[0-9]{6}-[0-9]{5,}")  # as ``storage.ids.number`` makes them
CLOSED = {"outcome": "outcome", "resolution": "resolution_column", "accepted": "accepted_column"}
FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f")

Cells = Callable[[list[str]], list[str]]


class Own(NamedTuple):
    """A file of ours: its columns by what ``export`` calls them, and whether it was made for people."""

    headers: dict[str, str]
    for_people: bool


def own_of(headers: Sequence[str], samples: Sequence[Sequence[str]]) -> Own | None:
    """Return what file of ours has these headings and, in sample rows, these cells; None for no such file."""
    for names in _headings():
        if not all(header in names for header in headers):
            continue
        found = {names[header]: header for header in headers}
        if not all(name in found for name in NEEDED) or len(found) < len(headers):
            continue
        at = headers.index(found["number"])
        if all(NUMBER.fullmatch(row[at]) for row in samples if len(row) > at):
            return Own(found, names is not RAW_NAMES)
    return None


RAW_NAMES = {name: name for name in (*facts.NAMES, *shapes.DERIVED)}


def _headings() -> list[dict[str, str]]:
    """Return, for programs and for each language, what each heading names."""
    labels = {
        name: shapes.DERIVED[name].label if name in shapes.DERIVED else facts.BY_NAME[name].label
        for name in shapes.KEYS
    }
    return [
        RAW_NAMES,
        *(
            {words.said_in(language, label): name for name, label in labels.items()}
            for language in words.LANGUAGES
        ),
    ]


def reading(own: Own, headers: Sequence[str], *, guarded: bool) -> Cells:
    """Return what takes guards off the cells of a row, and puts commas between several ids."""
    if own.for_people:
        return (lambda cells: [unshielded(cell) for cell in cells]) if guarded else (lambda cells: cells)
    several = [
        place
        for place, name in enumerate(headers)
        if name in facts.NAMES and shapes.kind(name) is Kind.CHOICES
    ]

    def parted(cells: list[str]) -> list[str]:
        for place in several:
            if place < len(cells):
                cells[place] = cells[place].replace(" ", ",")
        return cells

    return parted


def mapping(own: Own, zone: str) -> str:
    """Return the mapping of a file of ours, as TOML; ``zone`` is that of the policy."""
    named = {"external_id": own.headers["number"]}
    named |= {name: own.headers[name] for name in FIELDS if name in own.headers and name != "external_id"}
    lines = [
        f'source = "{SOURCE}"', 'clocks = "mapped"', "[times]",
        f"formats = {json.dumps(FORMATS if own.for_people else ['iso'])}", f"zone = {_quote(zone)}",
        "[fields]", *(f"{name} = {_quote(header)}" for name, header in named.items()),
    ]  # fmt: skip
    if "closed_at" in own.headers:
        lines += ["[closing]", f"at = {_quote(own.headers['closed_at'])}"]
        closed = {key: own.headers[name] for name, key in CLOSED.items() if name in own.headers}
        lines += [f"{key} = {_quote(header)}" for key, header in closed.items()]
    return "\n".join([*lines, ""])


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
