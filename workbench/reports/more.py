"""The further figures of a summary, each in a file of its own; see docs/figures.md."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from storage.engine import Db
from storage.figures import Act
from workbench.desk import Desk
from workbench.reports import (
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
from workbench.reports.scope import Scope


def figures_of(
    desk: Desk, db: Db, scope: Scope, acts: Iterable[Act], changed: Changed, now: datetime
) -> dict[str, Any]:
    """Return them by their names, ready for JSON.

    Args:
        acts: The counted acts of the scope, grants in the place of approvals.
        changed: What time has brought to the cases by ``now`` (UTC).
    """
    known = list(acts)
    return (
        durations.figures_of(desk, db, scope, now)
        | backlog.figures_of(desk, db, scope, now)
        | passed_around.figures_of(desk, db, scope, changed, now)
        | sums.figures_of(desk, db, scope, known)
        | opinions.figures_of(desk, db, scope, known)
        | late.figures_of(desk, db, scope, now)
        | straight_to_top.figures_of(desk, db, scope, known, changed, now)
        | tomorrow.figures_of(desk, db, scope, changed, now)
        | load.figures_of(desk, db, scope)
        | overturned.figures_of(desk, db, scope)
    )
