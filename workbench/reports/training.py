"""Training needs from what went wrong.

Source: S4, subsystem 6 (people).
"""

from datetime import date
from typing import Any

from storage import training
from storage.engine import Row
from storage.figures import Span
from workbench.desk import Desk
from workbench.domain.errors import UsageError
from workbench.domain.times import day_bounds
from workbench.words import N_

NEEDS = ("phrases", "standards", "promises", "clocks")


def span_of(desk: Desk, first: date, last: date) -> Span:
    """Return the days from ``first`` to ``last`` of the policy's zone, both included.

    Raises:
        UsageError: they are in the wrong order.
    """
    if last < first:
        raise UsageError(
            N_("The span ends on {last}, before it begins."), option="--to", last=last.isoformat()
        )
    zone = desk.rules().zone
    return Span.of(day_bounds(first, zone)[0], day_bounds(last, zone)[1])


def needs(desk: Desk, first: date, last: date) -> list[dict[str, Any]]:
    """Return what went wrong by person, those with most first: phrases, standards broken, promises, clocks.

    Each of ``NEEDS`` is a mapping from an id of the policy (``none`` where no standard was named) to how
    often. A phrase that was taken back by undo does not count.
    """
    span, site_id = span_of(desk, first, last), desk.store.site_id
    with desk.store.reading() as db:
        found = (training.phrases_said(db, site_id, span), training.founded_against(db, site_id, span),
                 training.promises_broken(db, site_id, span), training.late(db, site_id, span))  # fmt: skip
    people: dict[str, dict[str, Any]] = {}
    for name, rows in zip(NEEDS, found, strict=True):
        _add(people, name, rows)
    return sorted(people.values(), key=lambda each: (-each["total"], each["person"]))


def _add(people: dict[str, dict[str, Any]], name: str, rows: list[Row]) -> None:
    for person, what, count in rows:
        empty = {"person": person, "total": 0} | {need: {} for need in NEEDS}
        each = people.setdefault(person, empty)
        each[name][what or "none"] = count
        each["total"] += count
