"""How the columns of an export become lines of CSV: read as texts, several as one where they need no look."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from storage.export import Cut
from workbench.domain import facts
from workbench.domain.fact import Kind
from workbench.domain.policies import Rules
from workbench.domain.text import mask_phone
from workbench.exchange import columns as shapes
from workbench.exchange.cells import guarded, nothing_to_guard
from workbench.exchange.columns import SHOWN, TYPED, Column, on_filled
from workbench.exchange.plans import Plan, Segment, cut_of
from workbench.exchange.shields import nothing_to_shield, shielded
from workbench.exchange.shown import LocalTimes, words_of

UNIT = "\x1f"  # between the ids of columns that are read as one
TOGETHER = 7  # columns at most: of more there would be too many kinds to remember
MOBILE = 11  # digits
FEW = 10  # as many values at most has a column that is read so
_LETTER_DIGIT = re.compile("[A-Za-z][0-9]")
_SPECIAL = re.compile('[",\r\n]')


def for_csv(columns: Sequence[str], *, unmask: bool, people: Rules | None = None) -> Plan:
    """Return the plan of parts of lines of CSV, quoted; see ``plans.for_sheet``."""
    if people is None:
        return list(_lines(columns, lambda name: _raw_csv_steps(name, unmask), _raw_word, frozenset({
            Kind.TIME, Kind.WHOLE, Kind.MONEY})))  # fmt: skip
    word, times = words_of(people), LocalTimes(people.zone)
    steps = partial(_csv_steps, unmask=unmask, times=times)
    return list(
        _lines(columns, steps, lambda name, value: shielded(word(name, value)), frozenset({Kind.WHOLE}))
    )


def _lines(
    columns: Sequence[str],
    steps: Callable[[str], Iterator[Column]],
    word: Callable[[str, str], str],
    plain: frozenset[Kind],
) -> Iterator[Segment]:
    """Yield segments: columns of few values as one, those that need no look as one, each other alone."""
    for group, listed in groupby(columns, lambda name: _group(name, plain)):
        names = tuple(listed)
        if group == "plain":
            yield Segment(names, Cut(names, ","), ())
        elif group == "few":
            for start in range(0, len(names), TOGETHER):
                some = names[start : start + TOGETHER]
                yield Segment(some, Cut(some, UNIT), (_few(some, word),))
        else:
            yield from (Segment((name,), _text_cut(name), tuple(steps(name))) for name in names)


def _group(name: str, plain: frozenset[Kind]) -> str:
    if name not in SHOWN or name in shapes.DERIVED:
        return "alone"
    fact = facts.BY_NAME[name]
    if fact.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO) or 0 < fact.high <= FEW:
        return "few"
    return "plain" if fact.kind in plain else "alone"


def _text_cut(name: str) -> Cut | None:
    cut = cut_of(name)
    return cut if cut is None or cut.mark else Cut(cut.columns, "")


def _few(names: tuple[str, ...], word: Callable[[str, str], str]) -> Column:
    """Return what makes a part of a line out of the ids of some columns; each kind is worked out once."""

    def fragment(ids: str) -> str:
        values = ids.split(UNIT)
        return ",".join([quoted(word(name, value)) for name, value in zip(names, values, strict=True)])

    known = shapes.Known(fragment)
    if len(names) == 1:  # an empty one is a kind as well
        known[""] = fragment("")
    return lambda cells: list(map(known.__getitem__, cells))


def _raw_word(name: str, value: str) -> str:
    [step] = [*shapes.raw_steps(name, unmask=True)] or [lambda cells: cells]
    text: str = step([value])[0]
    return text


def quoted(text: str) -> str:
    """Return ``text`` as a cell of CSV."""
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _quoted_all(cells: Sequence[str]) -> Sequence[str]:
    together = "".join(cells)
    if '"' in together or "," in together or "\n" in together or "\r" in together:
        return [quoted(cell) for cell in cells]
    return cells


def _derived_texts(name: str) -> Iterator[Column]:
    if name == "hours_to_close":
        yield lambda cells: ["" if (span := shapes.hours(cell)) is None else f"{span:.2f}" for cell in cells]
    elif name == "passed_on":
        yield lambda cells: [str(cell or 0) for cell in cells]


def _numbers_of_ours(texts: Sequence[str]) -> bool:
    """Say that no case number looks like a quantity: each begins with a letter and a digit."""
    return all(_LETTER_DIGIT.fullmatch(begin) for begin in {text[:2] for text in texts})


def _raw_csv_steps(name: str, unmask: bool) -> Iterator[Column]:
    yield from _derived_texts(name)
    yield from shapes.raw_steps(name, unmask=unmask)
    yield _quoted_all


def _csv_steps(name: str, *, unmask: bool, times: LocalTimes) -> Iterator[Column]:
    kind = shapes.kind(name)
    if kind is Kind.TIME:
        yield times.texts
        return
    yield from _derived_texts(name)
    if kind is Kind.PARTS:
        yield lambda cells: [shielded(shapes.as_text(cell)) for cell in cells]
    elif kind is Kind.PHONE and not unmask:
        yield _masked_phones
        return
    elif name not in shapes.DERIVED:
        yield from () if unmask else shapes.masking(name)
        if kind is Kind.MONEY:  # a sum is a number, and two decimals do not spoil it
            yield on_filled(guarded, nothing_to_guard)
        elif kind is Kind.CASE_NUMBER:
            yield on_filled(shielded, _numbers_of_ours)
        elif kind in TYPED:
            yield on_filled(shielded, nothing_to_shield)
    yield _quoted_all


def _masked_phones(cells: Sequence[str]) -> list[str]:
    """Return phones as lists show them; a mobile number, as nearly all are, is masked on the spot."""
    return [
        f"{cell[:3]}****{cell[7:]}"
        if len(cell) == MOBILE and cell[0] == "1" and cell.isdecimal() and cell.isascii()
        else quoted(shielded(mask_phone(cell)))
        for cell in cells
    ]
