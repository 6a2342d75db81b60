"""The supervisor's board: how things stand now, each figure with the list of its cases.

Only what the person reads counts; a case counts by what is due next on it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

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
from workbench.reports.board_state import LATE, LATER, Asked, Cell, Known

SILENCES = (4, 24)  # hours after which a customer who is unanswered is counted by himself
UNSOLVED = ("open", "waiting")


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
    tallies = _Tallies(known)
    part = _part_of(known)
    end = part + overdue(False) + moment("next_due_at", "<", known.bounds[-1], zone)
    return Board(
        known, zone,
        tuple(_heads(known, tallies, part, end, zone)),
        tuple(_hours(known, tallies, part, zone)),
        _lines("by_person", "handler", tallies.people, part, end, known),
        _units(known, house, tallies, part, end),
        _lines("by_site", "site", tallies.places, part, end, known),
    )  # fmt: skip


class _Tallies:
    """The cells, added up: in all, by handler, by place."""

    def __init__(self, known: Known) -> None:
        self.all = Counter[str]()  # by status, hour, and as ``_keys`` says
        self.people: dict[str, Counter[str]] = {}
        self.places: dict[str, Counter[str]] = {}
        for cell, n in known.cells.items():
            for key in _keys(cell):
                self.all[key] += n
                self.people.setdefault(cell.handler or "", Counter())[key] += n
                self.places.setdefault(cell.site, Counter())[key] += n
        self.all["free"] = sum(self.people.get("", Counter())[name] for name in UNSOLVED)


def _keys(cell: Cell) -> Iterable[str]:
    yield cell.status
    if cell.status in UNSOLVED:
        yield "unsolved"
    if cell.when == LATE:
        yield LATE
        yield f"{cell.status} {LATE}"
    elif cell.when != LATER:
        yield "due"
        yield cell.when


def _part_of(known: Known) -> Narrowing:
    if known.asked.unit is not None:
        return sites(known.asked.unit, known.part.sites or ())
    return EVERYTHING if known.asked.site is None else named("site", known.asked.site)


def _heads(
    known: Known, tallies: _Tallies, part: Narrowing, end: Narrowing, zone: tzinfo
) -> Iterable[Figure]:
    whole = tallies.all
    yield (part + status("=", "open")).figure("open", whole["open"], "next-due")
    yield part.figure("waiting", whole["waiting"], "waiting")
    yield part.figure("overdue", whole[LATE], "overdue")
    yield end.figure("due", whole["due"], "next-due")
    yield part.figure("unassigned", whole["free"], "unassigned")
    yield part.figure("silence", len(known.silent), "waiting-for-us")
    for span in SILENCES:
        at = before(known.at, span)
        n = sum(since is not None and since < stamp(at) for since in known.silent.values())
        narrowed = part + moment("unanswered_since", "<", at, zone)
        yield narrowed.figure(f"silence.over_{span}h", n, "waiting-for-us")
    late = [key for key, due in known.requests.items() if due < stamp(known.at)]
    for name, figure, keys in (("requests", "duties.approval.open", list(known.requests)),
                               ("requests.overdue", "duties.approval.overdue", late)):  # fmt: skip
        yield (part + among(figure, keys)).figure(name, len(keys), "all")
    yield part.figure("opinions", whole["closed"], "callbacks")
    yield (part + overdue(True)).figure("opinions.overdue", whole[f"closed {LATE}"], "callbacks")


def _hours(known: Known, tallies: _Tallies, part: Narrowing, zone: tzinfo) -> Iterable[Hour]:
    for at, (since, until) in enumerate(zip(known.bounds, known.bounds[1:], strict=False)):
        # what is late in this hour is counted as late, whatever the minute is
        first = overdue(False) if at == 0 else moment("next_due_at", ">=", since, zone)
        within = part + first + moment("next_due_at", "<", until, zone)
        yield Hour(since, within.figure(f"by_hour.{stamp(since)}", tallies.all[stamp(since)], "next-due"))


def _lines(
    section: str,
    field: str,
    by_name: Mapping[str, Counter[str]],
    part: Narrowing,
    end: Narrowing,
    known: Known,
) -> tuple[Line, ...]:
    found = [
        _line(f"{section}.{name}", name, counted, named(field, name), part, end, known)
        for name, counted in by_name.items()
    ]
    return tuple(sorted((line for line in found if _counts(line)), key=_urgency))


def _units(
    known: Known, house: Organisation, tallies: _Tallies, part: Narrowing, end: Narrowing
) -> tuple[Line, ...]:
    found = []
    for _depth, unit in house.tree():
        below = tuple(sorted(site for site in house.sites if unit.name in house.up_from(site)))
        if unit.name in house.sites or unit.tier == DEPARTMENT or not below:
            continue
        counted = Counter[str]()
        for site in below:
            counted.update(tallies.places.get(site, {}))
        id, own = f"by_unit.{unit.name}", sites(unit.name, below)
        found.append(_line(id, unit.name, counted, own, part, end, known))
    return tuple(sorted((line for line in found if _counts(line)), key=_urgency))


def _line(
    id: str, name: str, counted: Counter[str], own: Narrowing, part: Narrowing, end: Narrowing, known: Known
) -> Line:
    return Line(
        name,
        (part + own).figure(f"{id}.overdue", counted[LATE], "overdue"),
        (end + own).figure(f"{id}.due", counted["due"], "next-due"),
        (part + own + status("!=", "closed")).figure(f"{id}.unsolved", counted["unsolved"], "next-due"),
        tuple(counted[stamp(since)] for since in known.bounds[:-1]),
    )


def _counts(line: Line) -> bool:
    return bool(line.overdue.count or line.due.count or line.unsolved.count)


def _urgency(line: Line) -> tuple[int, int, int, str]:
    return -line.overdue.count, -line.due.count, -line.unsolved.count, line.name
