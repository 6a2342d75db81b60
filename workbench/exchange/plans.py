"""How the columns of an export are read, and become JSON or cells of a sheet; lines of CSV: ``csv_plan``."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from storage.export import Cut
from workbench.domain.fact import Kind
from workbench.domain.policies import Rules
from workbench.exchange import columns as shapes
from workbench.exchange.columns import SHOWN, Column, on_filled
from workbench.exchange.shown import LocalTimes, words_of


class Segment(NamedTuple):
    """Columns that are read and written as one.

    Attributes:
        names: The columns.
        cut: How the store reads it; None for what only the timeline tells.
        steps: What is done to a page of it, in this order.
    """

    names: tuple[str, ...]
    cut: Cut | None
    steps: tuple[Column, ...]


Plan = Sequence[Segment]


def for_json(columns: Sequence[str], *, unmask: bool) -> Plan:
    """Return the plan of values of JSON."""
    return [
        Segment((name,), cut_of(name), tuple(shapes.values(name, unmask=unmask)) if name in SHOWN else ())
        for name in columns
    ]


def for_sheet(columns: Sequence[str], *, unmask: bool, people: Rules | None = None) -> Plan:
    """Return the plan of cells of a workbook: for ``people`` by their rules, else for programs."""
    if people is None:
        return [
            Segment((name,), cut_of(name), tuple(shapes.raw_steps(name, unmask=unmask))) for name in columns
        ]
    word, times = words_of(people), LocalTimes(people.zone)
    return [
        Segment((name,), cut_of(name), tuple(_sheet_steps(name, unmask, word, times))) for name in columns
    ]


def cut_of(name: str) -> Cut | None:
    """Return how the store reads a column, as it keeps it; None for what only the timeline tells."""
    if name not in SHOWN:
        return None
    bases = shapes.bases(name)
    return Cut(bases) if len(bases) == 1 else Cut(bases, " ")


def _sheet_steps(
    name: str, unmask: bool, word: Callable[[str, str], str], times: LocalTimes
) -> Iterator[Column]:
    match shapes.kind(name):
        case Kind.TIME:
            yield times.serials
        case Kind.MONEY:
            yield lambda cells: [float(cell) if cell else None for cell in cells]
        case Kind.CHOICE | Kind.CHOICES:
            yield on_filled(partial(word, name))
        case Kind.YES_NO:
            yield lambda cells: [word(name, str(int(cell))) for cell in cells]
        case Kind.PARTS:
            yield lambda cells: [shapes.as_text(cell) for cell in cells]
        case _ if name in shapes.DERIVED:
            yield from shapes.values(name, unmask=unmask)
        case _ if not unmask:
            yield from shapes.masking(name)
