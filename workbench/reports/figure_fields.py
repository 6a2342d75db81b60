"""Figures of the summary as fields of a list: ``closed=2026-11-21``, ``promises.open=now``, ``under=U``."""

import json
from datetime import timedelta

from storage.counted import Asked
from storage.engine import Db
from storage.figures import Span
from storage.filters import AMONG, Condition
from workbench.desk import Desk
from workbench.domain import times
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.domain.times import stamp
from workbench.reports import counted
from workbench.reports.figure_terms import BETWEEN, NOW, UNDER
from workbench.reports.scope import Scope
from workbench.words import N_

LISTED = ("straight_to_top",)  # figures that are the numbers of their cases
SOON = timedelta(hours=24)
OPTION = "--where"


def conditions(desk: Desk, name: str, op: str, value: str) -> tuple[Condition, ...] | None:
    """Return what asks for the cases of a figure; None where ``name`` is none.

    Raises:
        UsageError: no day, no span, no unit, or another comparison than ``=``.
        StoreError: the store cannot be read.
    """
    head, dot, rest = name.partition(".")
    figure = head.replace("-", "_").lower() + dot + rest
    if figure == UNDER:
        _ensure_equal(name, op)
        return (Condition("site", AMONG, json.dumps(_sites(desk, value), ensure_ascii=False)),)
    if figure == "due_next_24h":
        _ensure_equal(name, op)
        return _due_soon(desk)
    if figure in LISTED:
        _ensure_equal(name, op)
        return (_among(_listed(desk, figure, _scope(desk, value))),)
    if not counted.is_counted(figure):
        return None
    _ensure_equal(name, op)
    with desk.store.reading() as db:
        found = counted.keys(desk, _asked(desk, db, _span(desk, value)), figure)
    return (_among(found),)


def _among(keys: list[int]) -> Condition:
    return Condition("case_id", AMONG, json.dumps(sorted(set(keys))))


def _listed(desk: Desk, figure: str, scope: Scope) -> list[int]:
    """Return the cases of a figure that is a list of their numbers."""
    from workbench.reports.summary import summary

    numbers = summary(desk, scope)[figure]
    with desk.store.reading() as db:
        return [desk.find_in(db, number) for number in numbers]


def things(desk: Desk, figure: str, scope: Scope) -> list[int] | None:
    """Return a key for each thing that ``figure`` counts in ``scope``; None where it counts by fields."""
    with desk.store.reading() as db:
        if not counted.is_counted(figure):
            return None
        asked = _asked(desk, db, scope.span(desk.rules_in(db).zone))
        found = counted.keys(desk, asked, figure)
        if scope.part.is_whole:
            return found
        within = asked.within(found, scope.part)
        return [key for key in found if key in within]


def _asked(desk: Desk, db: Db, span: Span) -> Asked:
    return Asked(db, desk.store.site_id, span, stamp(desk.now()))


def _span(desk: Desk, value: str) -> Span:
    """Return the days of ``DATE``, ``DATE..DATE`` or ``now``."""
    if value.strip().lower() == NOW:
        return Span.of(desk.now(), desk.now())
    return _scope(desk, value).span(desk.rules().zone)


def _scope(desk: Desk, value: str) -> Scope:
    """Return the days of ``DATE`` or ``DATE..DATE``."""
    first, between, last = value.partition(BETWEEN)
    typed = (first, last if between else first)
    now, zone = desk.now(), desk.rules().zone
    days = [times.parse_date(each, now=now, zone=zone, option=OPTION) for each in typed]
    return Scope(min(days), max(days))


def _due_soon(desk: Desk) -> tuple[Condition, ...]:
    now = desk.now()
    return (
        Condition("status", "!=", "done"),
        Condition("next_due_at", ">=", stamp(now)),
        Condition("next_due_at", "<=", stamp(now + SOON)),
    )


def _sites(desk: Desk, unit: str) -> list[str]:
    house = desk.rules().organisation
    if unit not in house.units:
        raise UsageError(N_('there is no unit "{name}".'), option=OPTION, name=gist(unit, 40))
    return sorted(name for name in house.sites if unit in house.up_from(name))


def _ensure_equal(name: str, op: str) -> None:
    if op != "=":
        said = N_("{name} is a figure: it takes = and a day, two days (A..B) or now.")
        raise UsageError(said, option=OPTION, name=gist(name, 40))
