"""When a person last did something: what only time brings waits where that is long ago."""

from datetime import datetime

from storage.engine import Db
from storage.events import unpacked
from workbench.domain.house import SWEEP_YES
from workbench.domain.times import unstamp
from workbench.domain.timing import IMPORTED

# what the owner of the file does beside the list is no act of a person: neither is making the store;
# the plus keeps the index of the cases out of it: that would sort every entry to find the last
NEWEST = """
    SELECT seq, at, read_at, data FROM event
     WHERE +site_id = ? AND actor <> 'system' AND (case_id <> 0 OR act = ?)
     ORDER BY event_no DESC LIMIT 1
"""


def last_act(db: Db, site_id: int) -> datetime | None:
    """Return what the clock said at the newest entry of a person (UTC); None without any."""
    row = db.one(NEWEST, (site_id, SWEEP_YES.id))
    if row is None:
        return None
    seq, at, read_at, data = row
    return unstamp(unpacked(seq, data).get(IMPORTED) or read_at or at)
