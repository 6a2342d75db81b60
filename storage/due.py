"""Cases for which time has brought something that nobody has written down."""

from datetime import datetime

from storage.engine import Db
from workbench.domain.times import stamp

WATCHED = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND watch_at IS NOT NULL AND watch_at <= :now AND case_id > :start
     ORDER BY case_id LIMIT :most
"""


def watched(db: Db, site_id: int, now: datetime, start: int, most: int) -> list[int]:
    """Return up to ``most`` keys after ``start`` of cases whose next moment has come (UTC)."""
    given = {"site_id": site_id, "now": stamp(now), "start": start, "most": most}
    return [row[0] for row in db.all(WATCHED, given)]
