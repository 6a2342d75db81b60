"""Week by week or month by month."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from storage.analyses import groups
from workbench.domain.values import choice
from workbench.reports import spread
from workbench.reports.analyses import shares
from workbench.reports.analyses.asked import Asked, Column
from workbench.reports.scope import Scope
from workbench.words import N_, _

PERIODS = ("week", "month")
LONGEST_BY_WEEK = 120  # days: of a longer span the months tell more
COLUMNS = (
    Column("from", N_("From"), "day"), Column("to", N_("To"), "day"), *shares.COLUMNS,
    Column("whole", N_("Whole"), "yesno"),
)  # fmt: skip


def find(asked: Asked) -> dict[str, Any]:
    """Return a row for each week (from Monday) or month of the span; the first and last may be cut short."""
    by = choice(asked.by, PERIODS, option="--by") if asked.by else _usual(asked.scope)
    return {"by": by, "rows": [_row(asked, each, by) for each in periods(asked.scope, by)]}


def _usual(scope: Scope) -> str:
    return "week" if (scope.last - scope.first).days < LONGEST_BY_WEEK else "month"


def periods(scope: Scope, by: str) -> Iterator[Scope]:
    """Yield the weeks or months of ``scope``, cut where it begins and ends."""
    first = scope.first
    while first <= scope.last:
        last = min(_end(first, by), scope.last)
        yield scope._replace(first=first, last=last)
        first = last + timedelta(days=1)


def _end(day: date, by: str) -> date:
    """Return the last day of the week or month of ``day``."""
    if by == "week":
        return day + timedelta(days=6 - day.weekday())
    next_month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return next_month - timedelta(days=1)


def _row(asked: Asked, period: Scope, by: str) -> dict[str, Any]:
    span = period.span(asked.desk.rules_in(asked.db).zone)
    found = groups.groups(asked.db, asked.site_id, "nothing", span, period.part, asked.standing)
    took, *_none = spread.by_column(groups.to_close(asked.db, asked.site_id, span, period.part), 0)
    begins = period.first.weekday() == 0 if by == "week" else period.first.day == 1
    return {
        "from": period.first.isoformat(), "to": period.last.isoformat(),
        **shares.row(found.get("", groups.Group()), took),
        "whole": begins and period.last == _end(period.first, by),
    }  # fmt: skip


def remarks(found: Mapping[str, Any]) -> list[str]:
    """Return what the rows are of."""
    return [_("By week.") if found["by"] == "week" else _("By month.")]
