"""Load and outcome of each person: a rate with its n and interval, by name, so that nobody reads a ranking.

A clock is booked on whoever held the case when it fell due, or was met; a case on who handles it now.
"""

from typing import Any

from storage import people
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.shares import interval, rate
from workbench.reports.scope import Scope


def figures_of(desk: Desk, db: Db, scope: Scope) -> dict[str, Any]:
    """Return ``people``; ``rate`` is the share of clocks met, None without any."""
    span = scope.span(desk.rules_in(db).zone)
    found = people.by_person(db, desk.store.site_id, span, scope.part)
    return {"people": [_line(person, found[person]) for person in sorted(found)]}


def _line(person: str, counts: dict[str, int]) -> dict[str, Any]:
    met, missed = counts.get("met", 0), counts.get("missed", 0)
    of = met + missed
    return {
        "handler": person,
        "held": counts.get("held", 0),
        "closed": counts.get("closed", 0),
        "met": met,
        "missed": missed,
        "of": of,
        "rate": rate(met, of),
    } | interval(met, of)
