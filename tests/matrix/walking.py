"""Cells walked one after another: how many came to which answer, and where what comes is not what is right."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matrix import house
from matrix.axes import STRANGER, Cell, has_road, person_of, walkable
from matrix.expected import NO_ROAD, Answer, expected
from matrix.house import House
from matrix.pairs import cover
from matrix.roads import prepared, walked
from matrix.scene import Scene

from workbench.domain import acts

MASKING = (person_of("reader"), STRANGER)  # they may do nothing anywhere


@dataclass
class Walked:
    """What came of many cells."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)  # kind, and which rule said it
    differing: list[tuple[Cell, Answer, Answer]] = field(
        default_factory=list
    )  # what is right, what comes today

    @property
    def lines(self) -> list[str]:
        return [f"{cell}\n    right: {right}\n    today: {today}" for cell, right, today in self.differing]


def both(scene: Scene) -> tuple[Answer, Answer]:
    """Return what is right in the cell of ``scene``, and what comes of it today."""
    prepared(scene)
    return expected(scene), walked(scene)


def walk(houses: Mapping[str, House], cells: Iterable[Cell]) -> Walked:
    """Walk ``cells``; a cell on a road that its act does not have is counted only."""
    found = Walked()
    for cell in cells:
        right = today = NO_ROAD
        if has_road(acts.BY_ID[cell.act], cell.road):
            right, today = house.of_state(houses, cell.state).within(cell, both)
        found.answers[right.kind, right.rule] += 1
        if not right.same(today):
            found.differing.append((cell, right, today))
    return found


def pairwise(houses: Mapping[str, House]) -> list[Cell]:
    """Return the cells that are walked in every run of the tests."""
    return cover(walkable(house.people(houses)), MASKING)
