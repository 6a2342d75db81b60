"""The figures of the board, and of each the list that holds exactly its cases: by verb and on the screen."""

import json
from datetime import datetime, timedelta, tzinfo

from msgspec import Struct

from storage.filters import AMONG, Condition
from workbench.domain.times import at_local, local, stamp
from workbench.reports.figure_terms import NOW, UNDER, listed

NONE = "none"  # stands for a name that is not there
NO_ONE = ""
Terms = tuple[str, ...]
Where = tuple[Condition, ...]


class Narrowing(Struct, frozen=True):
    """What leaves a part of a queue: as terms of a verb, as conditions, as typed into the filter.

    ``typed`` is None where the filter has no words for it.
    """

    terms: Terms = ()
    where: Where = ()
    typed: str | None = ""

    def __add__(self, other: "Narrowing") -> "Narrowing":
        words = None if self.typed is None or other.typed is None else f"{self.typed} {other.typed}".strip()
        return Narrowing(self.terms + other.terms, self.where + other.where, words)

    def figure(self, id: str, count: int, queue: str) -> "Figure":
        """Return a figure of the cases that this leaves of ``queue``."""
        return Figure(id, count, queue, (self,))


class Figure(Struct, frozen=True):
    """How many cases, and which: hundreds are made at each look, and one is asked for its list.

    Attributes:
        id: What it is called, with dots: ``by_person.Mei.overdue``.
        count: How many cases.
        queue: The queue that holds them.
        within: What leaves exactly them.
    """

    id: str
    count: int
    queue: str
    within: tuple[Narrowing, ...] = ()

    @property
    def terms(self) -> Terms:
        """What ``--where`` takes to leave exactly its cases."""
        return tuple(term for each in self.within for term in each.terms)

    @property
    def where(self) -> Where:
        """The same for the screen."""
        return tuple(condition for each in self.within for condition in each.where)

    @property
    def typed(self) -> str:
        """The same as a filter is typed; empty where the filter has no words for it."""
        words = [each.typed for each in self.within]
        return "" if None in words else " ".join(filter(None, words))

    @property
    def command(self) -> str:
        """The line that lists its cases."""
        return listed(self.queue, self.terms)


EVERYTHING = Narrowing()


def named(field: str, name: str | None) -> Narrowing:
    """Return what leaves the cases of one name, or of none."""
    shown = name or NONE
    return Narrowing(
        (f"{field}={shown}",), (Condition(field, "=", name or NO_ONE),), f"{field}={_quoted(shown)}"
    )


def status(op: str, value: str) -> Narrowing:
    """Return what leaves the cases of one status, or those of every other."""
    return Narrowing((f"status{op}{value}",), (Condition("status", op, value),), f"status{op}{value}")


def overdue(late: bool) -> Narrowing:
    """Return what leaves the late cases, or the others."""
    word = "true" if late else "false"
    return Narrowing((f"overdue={word}",), (Condition("overdue", "=", word),), f"overdue={word}")


def moment(field: str, op: str, at: datetime, zone: tzinfo) -> Narrowing:
    """Return what leaves the cases whose time ``field`` lies before or after ``at`` (UTC, a whole minute)."""
    shown, there = local(at, zone), at.astimezone(zone).replace(fold=0)
    if at_local(there.date(), there.time(), zone) != at:
        shown = stamp(at)  # one of two hours that clocks show alike
    return Narrowing(
        (f"{field}{op}{shown}",), (Condition(field, op, stamp(at)),), f"{field}{op}{_quoted(shown)}"
    )


def sites(unit: str, names: tuple[str, ...]) -> Narrowing:
    """Return what leaves the cases of a unit with all below it; ``names`` are its sites."""
    found = json.dumps(names, ensure_ascii=False)
    return Narrowing((f"{UNDER}={unit}",), (Condition("site", AMONG, found),), None)


def among(figure: str, keys: list[int]) -> Narrowing:
    """Return what leaves the cases of a ``figure`` of the summary, which are ``keys`` now."""
    return Narrowing((f"{figure}={NOW}",), (Condition("case_id", AMONG, json.dumps(sorted(keys))),), None)


def before(now: datetime, hours: int) -> datetime:
    """Return the minute that lies so many hours back."""
    return (now - timedelta(hours=hours)).replace(second=0, microsecond=0)


def _quoted(text: str) -> str:
    return f'"{text}"' if not text or set(text) & set(' "') else text
