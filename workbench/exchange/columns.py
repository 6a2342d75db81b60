"""The columns of an export: the keys of a case in JSON, and how each becomes a cell."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from workbench.domain import facts, masks
from workbench.domain.errors import UsageError
from workbench.domain.fact import Export, Kind
from workbench.domain.personal import mask_numbers, nothing_to_mask
from workbench.domain.values import nearest
from workbench.exchange.cells import guarded, nothing_to_guard
from workbench.words import N_

OPTION = "--columns"
STORED = facts.where(lambda fact: fact.export is Export.AT_ONCE)  # keys that are columns of the store
FOLDED = facts.where(lambda fact: fact.export is Export.FOLDED)  # only the timeline tells them
KEYS = (*STORED, *FOLDED)
TYPED = (Kind.ID, Kind.TEXT, Kind.LINE, Kind.PHONE, Kind.PERSON, Kind.MONEY)
"""What somebody typed, so that a spreadsheet might take it for a formula or a quantity."""

FEW = 2  # cells of a kind on a page, on average: from there on it is worth while to remember them
MOST_KNOWN = 5_000

Clean = Callable[[Any], Any]
Column = Callable[[Sequence[Any]], Sequence[Any]]


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
    """Return, by place, what has to be done to a whole column, in this order; nothing is said of the others.

    Columns and not cells, because a loop in one place costs a third of a call for every cell.
    """
    found: list[tuple[int, Column]] = []
    for place, name in enumerate(columns):
        found += ((place, step) for step in _steps(name, unmask=unmask, raw=raw))
    return found


def values(columns: Sequence[str], *, unmask: bool) -> list[tuple[int, Column]]:
    """Return, as ``cleaners`` does, what makes the columns of the store values of JSON, masked as there."""
    found: list[tuple[int, Column]] = []
    for place, name in enumerate(columns):
        kind = facts.BY_NAME[name].kind
        if kind is Kind.YES_NO:
            found.append((place, _yes_no))
        elif kind is Kind.CHOICES:
            found.append((place, _lists))
        elif not (unmask or kind is Kind.PARTS):  # what has parts was masked when it was made
            found += ((place, mask) for mask in _masks(name))
    return found


def _masks(name: str) -> Iterator[Column]:
    """Yield what masks a column of texts; nothing where it is shown whole."""
    mask = masks.mask_of(name)
    if mask:
        yield _on_filled(mask, nothing_to_mask if mask is mask_numbers else _never)


def _steps(name: str, *, unmask: bool, raw: bool) -> Iterator[Column]:
    """Yield what has to be done to a column: masked first, then guarded."""
    kind = facts.BY_NAME[name].kind
    if kind is Kind.YES_NO:
        yield _truths
    elif kind is Kind.CHOICES:
        yield _on_filled(_choices)
    elif kind is Kind.PARTS:
        yield _on_parts if raw else lambda cells: [guarded(_json(cell)) if cell else cell for cell in cells]
    else:
        if not unmask:
            yield from _masks(name)
        if kind in TYPED and not raw:
            yield _on_filled(guarded, nothing_to_guard)


def _never(texts: Sequence[str]) -> bool:
    return False


def _on_parts(cells: Sequence[Any]) -> list[Any]:
    return [_json(cell) if cell else cell for cell in cells]


class _Known(dict[Any, Any]):
    """What each value of a column becomes, worked out once; forgotten where there are too many of them."""

    def __init__(self, clean: Clean) -> None:
        super().__init__()
        self._clean = clean

    def __missing__(self, value: Any) -> Any:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[value] = found = self._clean(value) if value else value
        return found


def _on_filled(clean: Clean, unchanged: Callable[[Sequence[str]], bool] = _never) -> Column:
    """Return what does ``clean`` to every cell that holds anything.

    ``unchanged`` says, of all of them together, that nothing would change; else each kind is done once where
    they are few.
    """
    known = _Known(clean)

    def column(cells: Sequence[Any]) -> Sequence[Any]:
        if unchanged([cell for cell in cells if cell]):
            return cells
        if len(set(cells)) * FEW > len(cells):
            return [clean(cell) if cell else cell for cell in cells]
        return list(map(known.__getitem__, cells))

    return column


def _truths(cells: Sequence[Any]) -> list[Any]:
    """Return yes and no as JSON has them."""
    return ["true" if cell else "false" for cell in cells]


def _yes_no(cells: Sequence[Any]) -> list[bool]:
    return list(map(bool, cells))


def _lists(cells: Sequence[str]) -> list[list[str]]:
    """Return several choices, of which the store keeps a JSON list."""
    return [[] if cell == "[]" else json.loads(cell) for cell in cells]


def _choices(value: str) -> str:
    """Return several choices, of which the store keeps a JSON list."""
    return "" if value == "[]" else " ".join(json.loads(value))


def _json(value: object) -> str:
    """Return what is more than one value as JSON."""
    return "" if value in (None, [], {}) else json.dumps(value, ensure_ascii=False)
