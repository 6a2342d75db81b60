"""Whose clocks have run out between two moments."""

from datetime import datetime

from storage.engine import Db
from workbench.domain.times import stamp

RAN_OUT = """
    SELECT case_id, number FROM cases
     WHERE site_id = :site_id AND handler = :person AND due_key >= :since AND due_key < :now
       AND status <> 'done'
     ORDER BY due_key LIMIT :most
"""


def of_person(
    db: Db, site_id: int, person: str, since: datetime, now: datetime, most: int
) -> list[tuple[int, str]]:
    """Return key and number of ``person``'s cases that became overdue from ``since`` to ``now`` (UTC)."""
    given = {"site_id": site_id, "person": person, "since": stamp(since), "now": stamp(now), "most": most}
    return [(row[0], row[1]) for row in db.all(RAN_OUT, given)]
