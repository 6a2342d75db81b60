"""The mark of the machine's clock: kept with the first entry that it times, and rarely written again.

A store without it is a trial store: every entry there has a time that was given.
"""

import json

from storage import setting
from storage.engine import Db
from storage.meaning import IS_DAMAGED
from workbench.domain.cases import Event
from workbench.domain.errors import StoreDamagedError
from workbench.domain.timing import Mark, unpacked

KEY = "clock"


def mark(db: Db, site_id: int) -> Mark | None:
    """Return the mark of the machine's clock; None in a trial store.

    Raises:
        StoreDamagedError: it cannot be read.
    """
    found = setting.get(db, site_id, KEY)
    if not found:
        return None
    try:
        return unpacked(json.loads(found))
    except (KeyError, ValueError, TypeError, AttributeError):
        raise StoreDamagedError(IS_DAMAGED) from None


def is_trial(db: Db, site_id: int) -> bool:
    """Say whether no entry was made by the machine's own clock."""
    return not setting.get(db, site_id, KEY)


def put(db: Db, site_id: int, new: Mark) -> None:
    """Store the mark; runs inside a write transaction."""
    setting.put(db, site_id, KEY, json.dumps(new.packed()))


def timed(db: Db, site_id: int, event: Event) -> Event:
    """Return ``event`` as it is stored: with how the transaction of ``db`` is timed."""
    if db.timing is None:
        return event
    if db.timing.mark is not None:
        put(db, site_id, db.timing.mark)
        db.timing.mark = None
    found: Event = db.timing.of(event)
    return found
