"""The further figures of a summary, each in a file of its own; see docs/figures.md."""

from datetime import datetime
from typing import Any

from storage import rare
from workbench.desk import Desk
from workbench.reports import (
    audits,
    backlog,
    durations,
    late,
    load,
    opinions,
    overturned,
    passed_around,
    straight_to_top,
    sums,
    tomorrow,
)
from workbench.reports.by_time import Changed
from workbench.reports.flows import Happened
from workbench.reports.scope import Scope


def figures_of(
    desk: Desk, scope: Scope, happened: Happened, changed: Changed, now: datetime
) -> dict[str, Any]:
    """Return them by their names, ready for JSON.

    Args:
        happened: What the days of the scope brought.
        changed: What time has brought to the cases by ``now`` (UTC).
    """
    db, site_id, span, *_ = happened.told
    few = rare.of_span(db, site_id, span)
    return (
        durations.figures_of(happened.told, few, now)
        | backlog.figures_of(desk, db, scope, now)
        | passed_around.figures_of(desk, db, scope, few, now)
        | sums.figures_of(happened, few)
        | opinions.figures_of(desk, scope, happened)
        | late.figures_of(desk, db, scope, now)
        | straight_to_top.figures_of(desk, happened.told, changed, now)
        | tomorrow.figures_of(desk, db, scope, changed, now)
        | load.figures_of(desk, db, scope)
        | overturned.figures_of(happened.told, few)
        | audits.figures_of(desk, db, scope)
    )
