"""The same figures of the span before, and of the same days last year, where the store knows these days."""

from datetime import date
from typing import Any

from storage import figures
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.times import day_bounds, stamp
from workbench.reports import flows
from workbench.reports.scope import Scope


def with_others(desk: Desk, db: Db, scope: Scope) -> dict[str, Any]:
    """Return ``before`` and ``year_ago``: each None, or the days and the figures of what happened on them.

    Of a span that is not over, only as many days of the others count as have begun of it.
    """
    today = desk.now().astimezone(desk.rules_in(db).zone).date()
    others = {"year_ago": scope.a_year_ago(), "before": scope.before()}
    return {name: _of(desk, db, _as_long(other, scope, today)) for name, other in others.items()}


def _as_long(other: Scope, scope: Scope, today: date) -> Scope:
    """Return as much of ``other`` as has begun of ``scope``."""
    if not scope.first <= today < scope.last:
        return other
    return other._replace(last=min(other.last, other.first + (today - scope.first)))


def _of(desk: Desk, db: Db, scope: Scope) -> dict[str, Any] | None:
    """Return the figures of ``scope``, or None where the store knows no case from its first day or before."""
    zone, site_id = desk.rules_in(db).zone, desk.store.site_id
    first = figures.first_receipt(db, site_id)
    if first is None or first >= stamp(day_bounds(scope.first, zone)[1]):
        return None
    happened = flows.read(db, site_id, scope.span(zone), scope.part, past=True)
    days = {"first": scope.first.isoformat(), "last": scope.last.isoformat()}
    by = {
        f"by_{name}": dict(counts.most_common())
        for name, counts in flows.received_by(happened.received).items()
    }
    return days | flows.figures_of(desk, happened) | by
