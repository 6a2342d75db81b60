"""The supervisor's board: how things stand now, each figure with the list of its cases.

Only what the person reads counts; a case counts by what is due next on it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from workbench.desk import Desk
from workbench.domain.organisation import DEPARTMENT, Organisation
from workbench.domain.times import stamp
from workbench.reports import board_state
from workbench.reports.board_figures import (
    EVERYTHING,
    Figure,
    Narrowing,
    among,
    before,
    moment,
    named,
    overdue,
    sites,
    status,
)
from workbench.reports.board_state import LATE, Asked, Known
from workbench.reports.board_tallies import Tallies, Tally

UNSOLVED = status("!=", "closed")  # of a queue in which nothing is done
SILENCES = (4, 24)  # hours after which a customer who is unanswered is counted by himself


class Hour(Struct, frozen=True):
    """What is due in one hour, from ``since`` on (UTC)."""

    since: datetime
    due: Figure


class Line(Struct, frozen=True):
    """What is counted of one person, place or unit; no ``name`` stands for nobody, or no place.

    ``due`` counts what is due within the hours of the board, ``by_hour`` one after the other.
    """

    name: str
    overdue: Figure
    due: Figure
    unsolved: Figure
    by_hour: tuple[int, ...] = ()


class Board(Struct, frozen=True):
    """All of it; lines stand with what is most overdue first."""

    known: Known
    zone: tzinfo
    heads: tuple[Figure, ...]
    hours: tuple[Hour, ...]
    people: tuple[Line, ...]
    units: tuple[Line, ...]
    places: tuple[Line, ...]

    def figures(self) -> dict[str, Figure]:
        """Return every figure by its id, in their order on the board."""
        lines = (*self.people, *self.units, *self.places)
        found = [*self.heads, *(hour.due for hour in self.hours)]
        found += [each for line in lines for each in (line.overdue, line.due, line.unsolved)]
        return {figure.id: figure for figure in found}

    @property
    def empty(self) -> bool:
        """Whether nothing at all is open, nor waits for anything."""
        return not any(figure.count for figure in self.heads)


def board(desk: Desk, asked: Asked) -> Board:
    """Return the board of the person at the desk as things truly stand, whether or not anybody has swept.

    Raises:
        RefusedError: the person may not see figures; names who may.
        StoreError: the store cannot be read.
    """
    with desk.store.reading() as db:
        known = board_state.count(desk, db, asked, standing=True)
        rules = desk.rules_in(db)
    return of(known, rules.organisation, rules.zone)


def of(known: Known, house: Organisation, zone: tzinfo) -> Board:
    """Return the board of what is known."""
    part = _part_of(known)
    end = part + overdue(False) + moment("next_due_at", "<", known.bounds[-1], zone)
    within = _Within(known, Tallies(known), part, end, zone)
    tallies = within.tallies
    return Board(
        known, zone, tuple(_heads(within)), tuple(_hours(within)),
        _sorted(_line(within, f"by_person.{name}", name, counted, named("handler", name))
                for name, counted in tallies.people.items()),
        _sorted(_units(within, house)),
        _sorted(_line(within, f"by_site.{name}", name, counted, named("site", name))
                for name, counted in tallies.places.items()),
    )  # fmt: skip


class _Within(NamedTuple):
    """What figures are made of: ``part`` leaves what is asked for, ``end`` what is due by the last hour."""

    known: Known
    tallies: Tallies
    part: Narrowing
    end: Narrowing
    zone: tzinfo


def _part_of(known: Known) -> Narrowing:
    if known.asked.unit is not None:
        return sites(known.asked.unit, known.part.sites or ())
    return EVERYTHING if known.asked.site is None else named("site", known.asked.site)


def _heads(within: _Within) -> Iterator[Figure]:
    known, part, whole = within.known, within.part, within.tallies.all
    yield (part + status("=", "open")).figure("open", whole["open"], "next-due")
    yield part.figure("waiting", whole["waiting"], "waiting")
    yield part.figure("overdue", whole[LATE], "overdue")
    yield within.end.figure("due", whole["due"], "next-due")
    yield part.figure("unassigned", whole["free"], "unassigned")
    yield part.figure("silence", len(known.silent), "waiting-for-us")
    for span in SILENCES:
        at = before(known.at, span)
        begun = stamp(at)
        n = sum(since is not None and since < begun for since in known.silent.values())
        narrowed = part + moment("unanswered_since", "<", at, within.zone)
        yield narrowed.figure(f"silence.over_{span}h", n, "waiting-for-us")
    yield from _requests(within)
    yield part.figure("opinions", whole["closed"], "callbacks")
    yield (part + overdue(True)).figure("opinions.overdue", whole[f"closed {LATE}"], "callbacks")


def _requests(within: _Within) -> Iterator[Figure]:
    now, found = stamp(within.known.at), within.known.requests
    late = [key for key, due in found.items() if due < now]
    for id, figure, keys in (("requests", "duties.approval.open", list(found)),
                             ("requests.overdue", "duties.approval.overdue", late)):  # fmt: skip
        yield (within.part + among(figure, keys)).figure(id, len(keys), "all")


def _hours(within: _Within) -> Iterator[Hour]:
    known, counted = within.known, within.tallies.by_hour(within.tallies.all)
    for at, (since, until) in enumerate(pairwise(known.bounds)):
        # what is late in this hour is counted as late, whatever the minute is
        first = overdue(False) if at == 0 else moment("next_due_at", ">=", since, within.zone)
        narrowed = within.part + first + moment("next_due_at", "<", until, within.zone)
        yield Hour(since, narrowed.figure(f"by_hour.{stamp(since)}", counted[at], "next-due"))


def _units(within: _Within, house: Organisation) -> Iterator[Line]:
    """Yield what stands above the sites: groups, companies."""
    for _depth, unit in house.tree():
        below = tuple(sorted(site for site in house.sites if unit.name in house.up_from(site)))
        if unit.name not in house.sites and unit.tier != DEPARTMENT and below:
            own = sites(unit.name, below)
            yield _line(within, f"by_unit.{unit.name}", unit.name, within.tallies.below(below), own)


def _line(within: _Within, id: str, name: str, counted: Tally, own: Narrowing) -> Line:
    part, end = within.part, within.end
    return Line(
        name,
        Figure(f"{id}.overdue", counted[LATE], "overdue", (part, own)),
        Figure(f"{id}.due", counted["due"], "next-due", (end, own)),
        Figure(f"{id}.unsolved", counted["unsolved"], "next-due", (part, own, UNSOLVED)),
        within.tallies.by_hour(counted),
    )


def _sorted(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that count anything, what is most overdue first."""
    found = (line for line in lines if line.overdue.count or line.due.count or line.unsolved.count)
    return tuple(
        sorted(
            found,
            key=lambda each: (-each.overdue.count, -each.due.count, -each.unsolved.count, each.name),
        )
    )
