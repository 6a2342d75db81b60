"""The entries of one act that was done to many cases: each stands under the id of the whole.

The id begins with the time at which the whole began, so that they are looked for from there on in the index
of times, and need no index of their own.
"""

from datetime import UTC, datetime, timedelta

from storage.engine import Db
from workbench.domain.times import stamp

BYTES = 16
TIME_BYTES = 6
SET_BACK = timedelta(hours=1)  # so far a clock may have gone back meanwhile
ENTRIES = """
    SELECT case_id, seq FROM event
     WHERE site_id = :site_id AND at >= :since AND op_id = :op ORDER BY event_no
"""


def began_at(op: bytes) -> datetime:
    """Return when the batch ``op`` began (UTC)."""
    return datetime.fromtimestamp(int.from_bytes(op[:TIME_BYTES], "big") / 1000, UTC)


def entries(db: Db, site_id: int, op: bytes) -> list[tuple[int, int]]:
    """Return the entries of the batch ``op``, each as its case and its number there, in their order."""
    since = stamp(began_at(op) - SET_BACK)
    return [(row[0], row[1]) for row in db.all(ENTRIES, {"site_id": site_id, "since": since, "op": op})]
