"""Verdicts that another verdict replaced: where the first look at the facts was not the last word."""

from typing import Any

from storage import overturned, taken_back
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.shares import share
from workbench.reports.scope import Scope


def figures_of(desk: Desk, db: Db, scope: Scope) -> dict[str, Any]:
    """Return ``overturned`` of the scope, its share of the verdicts given, and each as a line.

    A verdict that says the same as the one before it overturns nothing; nor is one's own undo a verdict.
    """
    span, site_id = scope.span(desk.rules_in(db).zone), desk.store.site_id
    gone = taken_back.since(db, site_id, span.since, scope.part)
    given = overturned.verdicts(db, site_id, span, scope.part, gone)
    lines = [
        {"number": number, "at": at, "from": before, "to": verdict, "by": by, "by_before": by_before}
        for number, at, by, verdict, by_before, before in given
        if before is not None and before != verdict
    ]
    return (
        {"overturned": len(lines)} | share("overturned", len(lines), len(given)) | {"overturned_lines": lines}
    )
