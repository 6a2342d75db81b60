"""What the page shows beside the figures of the summary: the course of days, causes, what is late."""

from datetime import timedelta
from typing import Any

from storage import evening
from workbench.desk import Desk
from workbench.domain.times import stamp
from workbench.reports import late_cases, series
from workbench.reports.scope import Scope

CAUSES_OF = 30  # days: a cause is named long after the case came


def figures_of(desk: Desk, scope: Scope) -> dict[str, Any]:
    """Return ``by_day``, ``by_cause`` with its first day (none where no cause is named), ``overdue_lines``,
    ``overdue_by_handler``.

    Raises:
        StoreError: the store cannot serve.
    """
    now = desk.now()
    since = min(scope.first, scope.last - timedelta(days=CAUSES_OF - 1))
    with desk.store.reading() as db:
        span = scope._replace(first=since).span(desk.rules_in(db).zone)
        causes = evening.causes(db, desk.store.site_id, span, scope.part)
        return {
            "by_day": series.by_day(desk, db, scope, now),
            "by_cause": causes,
            "by_cause_since": since.isoformat(),
            "overdue_by_handler": evening.overdue_by_handler(db, desk.store.site_id, stamp(now), scope.part),
            "overdue_lines": late_cases.lines(desk, db, scope, now),
        }
