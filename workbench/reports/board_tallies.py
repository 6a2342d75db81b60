"""What the board knows, added up: in all, by handler, by place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from workbench.domain.times import stamp
from workbench.reports.board_state import LATE, LATER, Cell, Known

UNSOLVED = ("open", "waiting")
Tally = Counter[str]


class Tallies:
    """Counts by name: of a status, of an hour (UTC text), of what is ``unsolved``, ``late``, ``due`` in all.

    ``closed late`` is what is both; ``free`` what is unsolved and nobody's.
    """

    def __init__(self, known: Known) -> None:
        self.all = Tally()
        self.people = defaultdict[str, Tally](Tally)
        self.places = defaultdict[str, Tally](Tally)
        self.starts = tuple(map(stamp, known.bounds[:-1]))
        for cell, n in known.cells.items():
            person, place = self.people[cell.handler or ""], self.places[cell.site]
            for key in _keys(cell):
                self.all[key] += n
                person[key] += n
                place[key] += n
        self.all["free"] = self.people[""]["unsolved"]

    def below(self, sites: Iterable[str]) -> Tally:
        """Return the counts of several places together."""
        found = Tally()
        for site in sites:
            found.update(self.places.get(site, {}))
        return found

    def by_hour(self, counted: Tally) -> tuple[int, ...]:
        """Return what is due in each of the hours."""
        of = counted.get  # a count that is not there costs a Counter ten times as much
        return tuple(of(start, 0) for start in self.starts)


def _keys(cell: Cell) -> Iterator[str]:
    yield cell.status
    if cell.status in UNSOLVED:
        yield "unsolved"
    if cell.when == LATE:
        yield LATE
        yield f"{cell.status} {LATE}"
    elif cell.when != LATER:
        yield "due"
        yield cell.when
