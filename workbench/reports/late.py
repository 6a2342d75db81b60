"""What is owed and late: presses, confirmations, preventions and whatever else somebody owes."""

from collections import Counter
from datetime import datetime
from typing import Any

from storage import owed
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import duties
from workbench.domain.acts import CONFIRM
from workbench.domain.times import stamp
from workbench.reports.scope import Scope

MOST = 20  # lines
# promises have a figure of their own; a dispatch that is late has come back
LOOKED_AT = tuple(kind for kind in duties.BY_ID if kind not in (duties.PROMISE.id, duties.DISPATCH.id))
CONFIRMED = duties.ended_by(CONFIRM)
FIRST = (duties.PRESS.id, CONFIRM.id, duties.PREVENTION.id)  # named though none is late


def figures_of(desk: Desk, db: Db, scope: Scope, now: datetime) -> dict[str, Any]:
    """Return ``late``, how many of each kind at ``now`` (UTC), and ``late_lines``, the first due of them.

    Whatever is met by confirming is one kind: task forces, tiers, handovers, levels.
    """
    site_id, at = desk.store.site_id, stamp(now)
    counts = Counter(dict.fromkeys(FIRST, 0))
    for kind, count in owed.late(db, site_id, LOOKED_AT, at, scope.part).items():
        counts[called(kind)] += count
    lines = owed.late_lines(db, site_id, LOOKED_AT, at, scope.part, MOST)
    return {
        "late": {kind: counts[kind] for kind in sorted(counts)},
        "late_lines": [
            {"owes": called(kind), "number": number, "owner": owner, "due_at": due_at}
            for kind, number, owner, due_at in lines
        ],
    }


def called(kind: str) -> str:
    """Return under which name a kind of duty is counted."""
    return CONFIRM.id if kind in CONFIRMED else kind
