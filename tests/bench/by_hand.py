"""The figures of a day as somebody would write them in SQL, for one store, without our code."""

from datetime import datetime, timedelta
from typing import Any

from storage.engine import Db
from workbench.domain.times import stamp

GROUPED = "SELECT {by}, count(*) FROM cases WHERE site_id = :site AND received_at >= :since AND received_at < :until GROUP BY 1"
COUNTS = {
    "received": "SELECT count(*) FROM cases WHERE site_id = :site AND received_at >= :since AND received_at < :until",
    "closed": "SELECT count(*) FROM cases WHERE site_id = :site AND closed_at >= :since AND closed_at < :until",
    "done": "SELECT count(*) FROM cases WHERE site_id = :site AND status = 'done' AND done_at >= :since AND done_at < :until",
    "open": "SELECT count(*) FROM cases WHERE site_id = :site AND status = 'open'",
    "waiting": "SELECT count(*) FROM cases WHERE site_id = :site AND status = 'waiting'",
    "overdue": "SELECT count(*) FROM cases WHERE site_id = :site AND status <> 'done' AND due_key < :now",
    "due_next_24h": "SELECT count(*) FROM cases WHERE site_id = :site AND status <> 'done' AND due_key >= :now AND due_key <= :soon",
    "hot": "SELECT count(*) FROM cases WHERE site_id = :site AND status <> 'done' AND hot = 1",
    "reopened": "SELECT count(DISTINCT case_id) FROM event WHERE site_id = :site AND act = 'reopen' AND at >= :since AND at < :until",
}
ON_TIME = """
    SELECT clock, state, count(*) FROM clock
     WHERE site_id = :site AND stopped_at >= :since AND stopped_at < :until GROUP BY 1, 2
"""
HANDLERS = "SELECT handler, count(*) FROM cases WHERE site_id = :site AND status <> 'done' GROUP BY 1"
CALLBACKS = """
    SELECT count(*), avg(data ->> 'csi'), avg(data ->> 'nps') FROM event
     WHERE site_id = :site AND act = 'callback' AND at >= :since AND at < :until
"""
BROUGHT = """
    SELECT act, count(*) FROM event
     WHERE site_id = :site AND act IN ('age', 'cluster', 'escalate', 'regrade') AND at >= :since AND at < :until GROUP BY 1
"""
SETTLED = """
    SELECT kind, state, count(*) FROM duty
     WHERE site_id = :site AND ended_at >= :since AND ended_at < :until GROUP BY 1, 2
"""
OWED = (
    "SELECT kind, count(*), sum(due_at < :now) FROM duty WHERE site_id = :site AND state = 'open' GROUP BY 1"
)
WARNED = "SELECT kind, state, count(*) FROM warning WHERE site_id = :site AND at >= :since AND at < :until GROUP BY 1, 2"


def summary(db: Db, site_id: int, since: datetime, until: datetime, now: datetime) -> dict[str, Any]:
    """Return the counts that must agree; the rest is only read."""
    given = {
        "site": site_id,
        "since": stamp(since),
        "until": stamp(until),
        "now": stamp(now),
        "soon": stamp(now + timedelta(hours=24)),
    }
    for by in ("kind", "severity", "category", "site", "channel", "handler"):
        db.all(GROUPED.format(by=by), given)
    for sql in (ON_TIME, HANDLERS, CALLBACKS, BROUGHT, SETTLED, OWED, WARNED):
        db.all(sql, given)
    return {name: db.value(sql, given) for name, sql in COUNTS.items()}
