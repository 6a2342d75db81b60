"""A scene that stays: a copy of a house where one act waits to be done, for a real key and a real shell."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from pathlib import Path

from matrix import house
from matrix.axes import Cell
from matrix.givens import DECIDER
from matrix.house import House
from matrix.roads import prepared
from matrix.scene import Scene

from storage.backup import backup
from storage.store import Store
from workbench import words

# Acts that begin where a case does not stand open.
FROM: Mapping[str, str] = {"reopen": "closed", "audit": "closed", "unmerge": "merged"}


@contextmanager
def standing(houses: Mapping[str, House], act: str, folder: Path, road: str) -> Iterator[Scene]:
    """Yield the scene of ``act`` by somebody who may do everything, in a store of its own."""
    words.use("en")
    cell = Cell(act, FROM.get(act, "open"), DECIDER, road)
    lent = house.of_state(houses, cell.state)
    path = folder / "standing.db"
    backup(lent.store, path)
    own = copy(lent)
    own.store, own.folder = Store(path), folder
    try:
        yield prepared(Scene(own, own.store, cell))
    finally:
        own.store.close()
