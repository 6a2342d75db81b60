"""The columns of an export: the keys of a case in JSON, and how each becomes a cell."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from workbench.domain.errors import UsageError
from workbench.domain.text import mask_numbers, mask_phone
from workbench.domain.values import nearest
from workbench.exchange.cells import guarded
from workbench.words import N_

OPTION = "--columns"
STORED = (  # keys that are columns of the store, in the order of the contract
    "number", "external_id", "kind", "category", "channel", "text", "people", "claim", "impact", "flags",
    "fault", "mood", "remedy_sought", "outcome", "resolution", "accepted", "verdict", "severity", "hot",
    "status", "stage", "site", "unit", "customer", "phone", "first_asked", "handler", "received_at",
    "closed_at", "done_at", "version", "next_due_at", "repeat", "handoffs", "last_told_at",
)  # fmt: skip
FOLDED = ("severity_reasons", "hot_reasons", "tiers", "clocks", "promises")  # only the timeline tells them
KEYS = (*STORED, *FOLDED)
YES_OR_NO = frozenset({"hot", "repeat"})
FREE = frozenset({"text", "remedy_sought", "outcome", "site", "unit", "customer"})  # may name phones
NAMES = frozenset({"external_id", "first_asked", "handler", "claim"})  # typed by somebody, shown as it is

Clean = Callable[[Any], Any]
Column = Callable[[Sequence[Any]], list[Any]]


def chosen(typed: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that were asked for; without any, those that the store can give at once.

    Raises:
        UsageError: an unknown column; names the nearest.
    """
    for name in typed:
        if name not in KEYS:
            near = nearest(name, KEYS)
            raise UsageError(
                N_('"{name}" is no column; did you mean {near}?') if near else N_('"{name}" is no column.'),
                option=OPTION,
                name=name[:40],
                near=near,
            )
    return tuple(dict.fromkeys(typed)) or STORED


def cleaners(columns: Sequence[str], *, unmask: bool, raw: bool) -> list[tuple[int, Column]]:
    """Return, by place, what has to be done to a whole column; nothing is said of the others.

    Columns and not cells, because a loop in one place costs a third of a call for every cell.
    """
    found: list[tuple[int, Column]] = []
    for place, name in enumerate(columns):
        if name in YES_OR_NO:
            found.append((place, truths))
        elif clean := cleaner(name, unmask=unmask, raw=raw):
            found.append((place, filled(clean)))
    return found


def filled(clean: Clean) -> Column:
    """Return what does ``clean`` to every cell that holds anything."""
    return lambda cells: [clean(cell) if cell else cell for cell in cells]


def truths(cells: Sequence[Any]) -> list[Any]:
    """Return yes and no as JSON has them."""
    return ["true" if cell else "false" for cell in cells]


def cleaner(name: str, *, unmask: bool, raw: bool) -> Clean | None:
    """Return what has to be done to a filled cell of a column: masked first, then guarded."""
    if name == "flags":
        return flags
    if name in FOLDED:
        return as_json if raw else lambda value: guarded(as_json(value))
    if name == "phone" and not unmask:
        return mask_phone if raw else lambda text: guarded(mask_phone(text))
    if name in FREE and not unmask:
        return mask_numbers if raw else lambda text: guarded(mask_numbers(text))
    return guarded if not raw and name in FREE | NAMES | {"phone"} else None


def flags(value: str) -> str:
    """Return the flags of a case, of which the store keeps a JSON list."""
    return "" if value == "[]" else " ".join(json.loads(value))


def as_json(value: object) -> str:
    """Return what is more than one value as JSON."""
    return "" if value in (None, [], {}) else json.dumps(value, ensure_ascii=False)
