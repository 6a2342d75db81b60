"""The columns of an export: the keys of a case in JSON, and how each becomes a cell."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from workbench.domain import facts, masks
from workbench.domain.errors import UsageError
from workbench.domain.fact import Export, Kind
from workbench.domain.values import nearest
from workbench.exchange.cells import guarded
from workbench.words import N_

OPTION = "--columns"
STORED = facts.where(lambda fact: fact.export is Export.AT_ONCE)  # keys that are columns of the store
FOLDED = facts.where(lambda fact: fact.export is Export.FOLDED)  # only the timeline tells them
KEYS = (*STORED, *FOLDED)
TYPED = (Kind.ID, Kind.TEXT, Kind.LINE, Kind.PHONE, Kind.PERSON, Kind.MONEY)
"""What somebody typed, so that a spreadsheet might take it for a formula or a quantity."""

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
        if facts.BY_NAME[name].kind is Kind.YES_NO:
            found.append((place, _truths))
        elif clean := _cleaner(name, unmask=unmask, raw=raw):
            found.append((place, _on_filled(clean)))
    return found


def _on_filled(clean: Clean) -> Column:
    """Return what does ``clean`` to every cell that holds anything."""
    return lambda cells: [clean(cell) if cell else cell for cell in cells]


def _truths(cells: Sequence[Any]) -> list[Any]:
    """Return yes and no as JSON has them."""
    return ["true" if cell else "false" for cell in cells]


def _cleaner(name: str, *, unmask: bool, raw: bool) -> Clean | None:
    """Return what has to be done to a filled cell of a column: masked first, then guarded."""
    kind = facts.BY_NAME[name].kind
    if kind is Kind.CHOICES:
        return _choices
    if kind is Kind.PARTS:
        return _json if raw else lambda value: guarded(_json(value))
    mask = None if unmask else masks.mask_of(name)
    if raw or kind not in TYPED:
        return mask
    return (lambda text: guarded(mask(text))) if mask else guarded


def _choices(value: str) -> str:
    """Return several choices, of which the store keeps a JSON list."""
    return "" if value == "[]" else " ".join(json.loads(value))


def _json(value: object) -> str:
    """Return what is more than one value as JSON."""
    return "" if value in (None, [], {}) else json.dumps(value, ensure_ascii=False)
