"""What falls due on the day after: the list with which the next day begins."""

from datetime import datetime, timedelta
from typing import Any

from storage import owed
from storage.engine import Db, Row
from storage.figures import Span
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.duties import OUTLIVING
from workbench.domain.times import day_bounds, stamp
from workbench.reports.by_time import Changed
from workbench.reports.scope import Scope

MOST = 50  # lines


def figures_of(desk: Desk, db: Db, scope: Scope, changed: Changed, now: datetime) -> dict[str, Any]:
    """Return ``tomorrow``: what falls due on the day after the scope's last, and later than ``now`` (UTC).

    Each case stands there once, with what falls due on it next; the first due first.

    Args:
        changed: What time has brought to the cases by ``now``.
    """
    rows = due(desk, db, scope, changed, now, MOST)
    owners = owed.owners(db, desk.store.site_id, {row[0] for row in rows})
    return {
        "tomorrow": [
            {
                "number": number,
                "owes": what,
                "owner": owners.get((key, what, due_at), holder),
                "due_at": due_at,
            }
            for key, number, what, due_at, holder in rows
        ]
    }


def due(desk: Desk, db: Db, scope: Scope, changed: Changed, now: datetime, most: int) -> list[Row]:
    """Return (case, number, what, due, handler or owner) of the ``most`` that are due first."""
    since, until = day_bounds(scope.last + timedelta(days=1), desk.rules_in(db).zone)
    if now >= until:
        return []
    span = Span.of(max(since, now), until)
    stored = owed.due(db, desk.store.site_id, span, OUTLIVING, scope.part, most + len(changed.cases))
    rows = [row for row in stored if row[0] not in changed.cases]
    rows += _moved(desk, db, scope, changed, span)
    return sorted(rows, key=lambda row: (row[3], row[0]))[:most]


def _moved(desk: Desk, db: Db, scope: Scope, changed: Changed, span: Span) -> list[Row]:
    """Return the same of the cases that time has changed, as they stand."""
    found: list[Row] = []
    for key, case in changed.cases.items():
        next_due = upcoming.next_due(case, desk.rules_in(db, case.policy)) if scope.part.holds(case) else None
        if next_due and span.since <= (due_at := stamp(next_due[0])) < span.until:
            found.append((key, case.number, next_due[1], due_at, case.handler))
    return found
