"""The cases that are late, a line each: where, what, who owes what since when."""

from datetime import datetime
from typing import Any

from storage import evening, owed, straight_to_top
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.text import gist, mask_numbers
from workbench.domain.times import stamp
from workbench.reports import queue_now
from workbench.reports.scope import Scope
from workbench.rules import in_sight

MOST = 20  # lines
WORDS = 60  # characters of what the customer said


def lines(desk: Desk, db: Db, scope: Scope, now: datetime) -> list[dict[str, Any]]:
    """Return the cases that are late at ``now`` (UTC), those first that are due the longest.

    Each is told as it stands; what only time has made late, unswept, is in the count and not among them.
    """
    site_id = desk.store.site_id
    stored = evening.overdue(db, site_id, stamp(now), scope.part, MOST)
    keys = [late.key for late in stored]
    words, owners = straight_to_top.lines(db, keys), owed.owners(db, site_id, keys)
    seen = in_sight.seen(desk, db, keys)
    return [
        {"number": late.number, "site": mask_numbers(words[late.key][0]),
         "gist": gist(mask_numbers(words[late.key][1]), WORDS) if late.key in seen else "",
         "level": case.severity, "owner": owners.get((late.key, owes, stamp(due_at)), case.handler),
         "owes": owes, "due_at": stamp(due_at)}
        for late, case in zip(stored, queue_now.of(desk, db, keys, now), strict=True)
        for due_at, owes in [upcoming.next_due(case, desk.rules_in(db, case.policy)) or (now, "")]
        if due_at < now
    ]  # fmt: skip
