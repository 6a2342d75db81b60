"""The columns of an export: the keys of a case in JSON, and what is worked out from a few of them."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from workbench.domain import facts, masks
from workbench.domain.errors import UsageError
from workbench.domain.fact import Export, Kind
from workbench.domain.personal import mask_numbers, nothing_to_mask
from workbench.domain.values import nearest
from workbench.words import N_, _

OPTION = "--columns"
HOUR = 3600  # seconds
STAMPS = 55  # letters of two stamps with a blank between


class Derived(NamedTuple):
    """A column that no key of a case has: its heading and kind, and the stored columns it comes from."""

    name: str
    label: str
    kind: Kind
    bases: tuple[str, ...]


DERIVED = {
    each.name: each
    for each in (
        Derived("compensation_total", facts.COMPENSATION_TOTAL.label, Kind.MONEY, ("compensation",)),
        Derived("hours_to_close", N_("Hours to closing"), Kind.WHOLE, ("received_at", "closed_at")),
        Derived("passed_on", N_("Times passed on"), Kind.WHOLE, ("passes",)),
    )
}
STORED = facts.where(lambda fact: fact.export is Export.AT_ONCE)  # the store gives them at once
SHOWN = (*STORED, *DERIVED)  # as people want them
FOLDED = facts.where(lambda fact: fact.export is Export.FOLDED)  # only the timeline tells them
KEYS = (*SHOWN, *FOLDED)
TYPED = (Kind.ID, Kind.TEXT, Kind.LINE, Kind.PHONE, Kind.PERSON, Kind.MONEY)
"""What somebody typed, so that a spreadsheet might take it for a formula or a quantity."""
SETS = {
    "all": KEYS,
    "default": SHOWN,
    "short": ("number", "received_at", "kind", "category", "site", "unit", "customer", "phone", "text",
              "severity", "status", "handler", "next_due_at"),
    "times": ("number", "received_at", "next_due_at", "last_told_at", "unanswered_since", "closed_at",
              "done_at", "hours_to_close"),
    "opinions": ("number", "site", "category", "handler", "closed_at", "resolution", "accepted", "verdict",
                 "mood", "mood_after", "csi", "nps"),
    "money": ("number", "site", "customer", "claim", "compensation_total", "outcome"),
    "passing": ("number", "site", "first_asked", "handler", "handoffs", "passed_on", "repeat", "repeat_of"),
}  # fmt: skip
"""Columns that go together, by the name that ``--columns`` takes for all of them."""

FEW = 2  # cells of a kind on a page, on average: from there on it is worth while to remember them
MOST_KNOWN = 5_000

Clean = Callable[[Any], Any]
Column = Callable[[Sequence[Any]], Sequence[Any]]


ALL = "all"


def chosen(
    typed: Sequence[str], default: Sequence[str] = STORED, every: Sequence[str] = KEYS
) -> tuple[str, ...]:
    """Return the columns that were asked for, by name or by set; without any, those of ``default``.

    Args:
        every: What the set ``ALL`` stands for.

    Raises:
        UsageError: an unknown column; names the nearest.
    """
    found: list[str] = []
    for name in typed:
        if name not in KEYS and name not in SETS:
            raise unknown(name, (*KEYS, *SETS))
        found += (name,) if name in KEYS else every if name == ALL else SETS[name]
    return tuple(dict.fromkeys(found)) or tuple(default)


def unknown(name: str, known: Sequence[str]) -> UsageError:
    """Return the error that ``name`` is no column; it names the nearest that is."""
    near = nearest(name, known)
    return UsageError(
        N_('"{name}" is no column; did you mean {near}?') if near else N_('"{name}" is no column.'),
        option=OPTION,
        name=name[:40],
        near=near,
    )


def kind(name: str) -> Kind:
    """Return what the values of a column are."""
    return DERIVED[name].kind if name in DERIVED else facts.BY_NAME[name].kind


def bases(name: str) -> tuple[str, ...]:
    """Return the columns of the store from which a column comes."""
    return DERIVED[name].bases if name in DERIVED else (name,)


def label(name: str) -> str:
    """Return the heading of a column in the language in use."""
    return _(DERIVED[name].label) if name in DERIVED else facts.label(name)


def hours(span: str) -> float | None:
    """Return the hours between two stamps with a blank between; None where one of them is missing."""
    if len(span) < STAMPS:
        return None
    since, until = datetime.fromisoformat(span[:27]), datetime.fromisoformat(span[28:])
    return (until - since).total_seconds() / HOUR


def raw_steps(name: str, *, unmask: bool) -> Iterator[Column]:
    """Yield what has to be done to a column of texts for programs.

    Columns and not cells, because a loop in one place costs a third of a call for every cell.
    """
    match kind(name):
        case Kind.YES_NO:
            yield lambda cells: ["true" if cell in (1, "1") else "false" for cell in cells]
        case Kind.CHOICES:
            yield on_filled(lambda cell: " ".join(json.loads(cell)))
        case Kind.PARTS:
            yield lambda cells: [as_text(cell) for cell in cells]
        case _ if not unmask and name not in DERIVED:
            yield from masking(name)


def values(name: str, *, unmask: bool) -> Iterator[Column]:
    """Yield what makes a column of the store values of JSON, masked unless asked otherwise."""
    match kind(name):
        case Kind.YES_NO:
            yield lambda cells: list(map(bool, cells))
        case Kind.CHOICES:
            yield lambda cells: [[] if cell == "[]" else json.loads(cell) for cell in cells]
        case Kind.PARTS:  # what has parts was masked when it was made
            return
        case _ if name == "hours_to_close":
            yield lambda cells: [None if (span := hours(cell)) is None else round(span, 2) for cell in cells]
        case _ if name == "passed_on":
            yield lambda cells: [cell or 0 for cell in cells]
        case _ if not unmask and name not in DERIVED:
            yield from masking(name)


def masking(name: str) -> Iterator[Column]:
    """Yield what masks a column of texts; nothing where it is shown whole."""
    mask = masks.mask_of(name)
    if mask:
        yield on_filled(mask, nothing_to_mask if mask is mask_numbers else never)


def never(texts: Sequence[str]) -> bool:
    """Say of no texts that nothing would change."""
    return False


class Known(dict[Any, Any]):
    """What each value of a column becomes, worked out once; forgotten where there are too many of them."""

    def __init__(self, clean: Clean) -> None:
        super().__init__()
        self._clean = clean

    def __missing__(self, value: Any) -> Any:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[value] = found = self._clean(value) if value else value
        return found


def on_filled(clean: Clean, unchanged: Callable[[Sequence[str]], bool] = never) -> Column:
    """Return what does ``clean`` to every cell that holds anything.

    ``unchanged`` says, of all of them together, that nothing would change; else each kind is done once where
    they are few.
    """
    known = Known(clean)

    def column(cells: Sequence[Any]) -> Sequence[Any]:
        if len(set(cells)) * FEW <= len(cells):
            return list(map(known.__getitem__, cells))
        if unchanged([cell for cell in cells if cell]):
            return cells
        return [clean(cell) if cell else cell for cell in cells]

    return column


def as_text(value: object) -> str:
    """Return what is more than one value as JSON; nothing for none."""
    return "" if value in (None, [], {}, "") else json.dumps(value, ensure_ascii=False)
