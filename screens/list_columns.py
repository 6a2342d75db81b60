"""The columns of a list of rows: which fit into how many cells, and what a cut looks like."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, overload

from screens.queue.columns import cells, shortened

GAP = 2  # cells between two columns
ENOUGH = 36  # cells of a text that say what it is about

Row = Sequence[str]


class Column(NamedTuple):
    """A column of a list.

    Attributes:
        rank: How soon it gives way where there is no room: the highest first, 0 never.
        least: How many cells it keeps then; where there are not so many it is left out.
        by_its_end: What does not fit is cut at its beginning: a number tells apart by its end.
    """

    title: str
    rank: int = 0
    least: int = 4
    by_its_end: bool = False


class Rows(Sequence[Row]):
    """So many rows, each made when it is first looked at."""

    def __init__(self, count: int, make: Callable[[int], Row]) -> None:
        self._count, self._make = count, make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(self._count))]
        if not 0 <= at < self._count:
            raise IndexError(at)
        if at not in self._made:
            self._made[at] = self._make(at)
        return self._made[at]


def cut(cell: str, room: int, column: Column) -> str:
    """Return a cell as it fits, and a cut with its mark."""
    if not column.by_its_end or cells(cell) <= room:
        return shortened(cell, room)
    while cells(cell) > room - 1:
        cell = cell[1:]
    return "~" + cell


def squeezed(widths: Sequence[int], room: int, columns: Sequence[Column]) -> list[int]:
    """Return the widths of ``columns`` that fit into ``room`` cells; a width of 0 leaves one out.

    Long texts are cut first, as long as they say enough; then all by rank, down to the least that each needs.
    Where that does not do, one is left out, and the others share what it had.
    """
    giving = sorted((at for at, each in enumerate(columns) if each.rank), key=lambda at: -columns[at].rank)
    found = list(widths)
    for left_out in range(len(giving) + 1):
        found = [0 if at in giving[:left_out] else width for at, width in enumerate(widths)]
        kept = giving[left_out:]
        for at, least in [*((at, ENOUGH) for at in kept), *((at, columns[at].least) for at in kept)]:
            over = max(_cells_taken(found) - room, 0)
            found[at] = max(found[at] - over, min(found[at], least))
        if _cells_taken(found) <= room:
            break
    return found


def _cells_taken(widths: Sequence[int]) -> int:
    shown = [width for width in widths if width]
    return sum(shown) + GAP * max(len(shown) - 1, 0)
