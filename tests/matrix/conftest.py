"""The houses of the matrix, built once a process; ``--whole`` walks every cell."""

from collections.abc import Iterator, Mapping

import pytest
from matrix import house
from matrix.axes import Cell
from matrix.expected import expected
from matrix.house import House
from matrix.roads import prepared
from matrix.walking import pairwise

from workbench import words


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole", action="store_true", help="walk every cell of the matrix, not a cover of pairs"
    )


@pytest.fixture(scope="session")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, House]]:
    words.use("en")
    built = house.houses(tmp_path_factory.mktemp("matrix"))
    yield built
    for each in built.values():
        each.store.close()


@pytest.fixture(scope="session")
def pairs(houses: Mapping[str, House]) -> list[Cell]:
    """Return the cells in which all pairs meet."""
    return pairwise(houses)


@pytest.fixture(scope="session")
def spoken(houses: Mapping[str, House], pairs: list[Cell]) -> dict[str, list[Cell]]:
    """Return the cells of the cover in which a rule speaks, by the rule; empty where none does."""
    found: dict[str, list[Cell]] = {}
    for cell in pairs:
        right = house.of_state(houses, cell.state).within(cell, lambda scene: expected(prepared(scene)))
        found.setdefault(right.rule, []).append(cell)
    return found
