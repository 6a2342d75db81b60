"""The timeline of the house: what befell its lists, policies and calendars, chained and sealed like a case's.

Its entries stand in ``event`` under the case 0, which is no case: nothing in ``cases`` has that key.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from storage import events
from storage.engine import Db
from workbench.domain.cases import Event
from workbench.domain.house import HouseAct

HOUSE = 0
NEWEST = "SELECT seq, hash FROM event WHERE site_id = ? AND case_id = 0 ORDER BY seq DESC LIMIT 1"


def log(
    db: Db,
    site_id: int,
    act: HouseAct,
    *,
    at: datetime,
    by: str,
    data: Mapping[str, Any],
) -> None:
    """Write down what befell the house; runs inside a write transaction.

    Args:
        db: Holds the write lock.
        site_id: The store's own.
        act: What happened.
        at: When, UTC.
        by: Who did it.
        data: JSON: what is needed to read the entry without anything else.
    """
    newest = db.one(NEWEST, (site_id,))
    seq, prev = (newest[0] + 1, newest[1]) if newest else (1, events.NO_HASH)
    events.append(db, site_id, HOUSE, [Event(seq, at, by, act.id, data)], prev)


def entries(db: Db, site_id: int, acts: Iterable[HouseAct] = ()) -> list[Event]:
    """Return the house log, oldest first; only entries of ``acts`` where some are named.

    Raises:
        StoreDamagedError: an entry cannot be read.
    """
    wanted = {act.id for act in acts}
    found = events.of_case(db, site_id, HOUSE)
    return [event for event in found if event.act in wanted] if wanted else found
