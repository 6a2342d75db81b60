"""A cover of all pairs: every two values of two axes meet in a cell, where they can meet at all."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from matrix.axes import Cell

Pair = tuple[str, str, str, str]  # an axis, its value, another axis, its value
AXES = ("act", "state", "person", "road")


def pairs_of(cell: Cell) -> tuple[Pair, ...]:
    """Return the six pairs that meet in ``cell``."""
    return tuple((one, getattr(cell, one), two, getattr(cell, two)) for one, two in combinations(AXES, 2))


def cover(cells: Iterable[Cell], masking: Iterable[str]) -> list[Cell]:
    """Return cells among ``cells`` in which all their pairs meet, always the same ones in the same order.

    Every act meets every state on every road, because the rules speak of these together. Greedy: of the
    people who could stand in such a cell, whoever brings most new pairs does, and else whoever has stood in
    fewest; what is left is met pair by pair. ``masking`` are people who may do nothing anywhere: no other
    rule speaks in their cells, so that they stand only in those which meet a pair with themselves.
    """
    every, hidden = list(cells), frozenset(masking)
    open_pairs = {pair for cell in every for pair in pairs_of(cell)}
    stood: Counter[str] = Counter()
    found: list[Cell] = []

    def take(group: list[Cell]) -> None:
        best = min(group, key=lambda cell: (-_new(cell, open_pairs), stood[cell.person], cell))
        open_pairs.difference_update(pairs_of(best))
        stood[best.person] += 1
        found.append(best)

    groups: dict[tuple[str, str, str], list[Cell]] = {}
    meeting: dict[Pair, list[Cell]] = {}
    for cell in every:
        if cell.person not in hidden:
            groups.setdefault((cell.act, cell.state, cell.road), []).append(cell)
        for pair in pairs_of(cell):
            meeting.setdefault(pair, []).append(cell)
    for group in groups.values():
        take(group)
    for pair in sorted(open_pairs):
        if pair in open_pairs:
            take(meeting[pair])
    return found


def _new(cell: Cell, open_pairs: set[Pair]) -> int:
    return sum(pair in open_pairs for pair in pairs_of(cell))
