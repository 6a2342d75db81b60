"""The mark of the machine's clock: kept with the first entry that it times, and rarely written again.

A store without it is a trial store: every entry there has a time that was given.
"""

import json

from storage.engine import Db
from workbench.domain.cases import Event
from workbench.domain.errors import StoreDamagedError
from workbench.domain.timing import Mark, unpacked
from workbench.words import N_

KEY = "clock"
DAMAGED = N_("The store is damaged. Restore a backup: workbench restore FILE")
READ = "SELECT value FROM setting WHERE site_id = ? AND key = ?"
WRITE = """
    INSERT INTO setting (site_id, key, value) VALUES (?, ?, ?)
    ON CONFLICT (site_id, key) DO UPDATE SET value = excluded.value
"""


def mark(db: Db, site_id: int) -> Mark | None:
    """Return the mark of the machine's clock; None in a trial store.

    Raises:
        StoreDamagedError: it cannot be read.
    """
    found = db.value(READ, (site_id, KEY))
    if found is None:
        return None
    try:
        return unpacked(json.loads(found))
    except (KeyError, ValueError, TypeError, AttributeError):
        raise StoreDamagedError(DAMAGED) from None


def is_trial(db: Db, site_id: int) -> bool:
    """Say whether no entry was made by the machine's own clock."""
    return db.value(READ, (site_id, KEY)) is None


def put(db: Db, site_id: int, new: Mark) -> None:
    """Store the mark; runs inside a write transaction."""
    db.run(WRITE, (site_id, KEY, json.dumps(new.packed())))


def timed(db: Db, site_id: int, event: Event) -> Event:
    """Return ``event`` as it is stored: with how the transaction of ``db`` is timed."""
    if db.timing is None:
        return event
    if db.timing.mark is not None:
        put(db, site_id, db.timing.mark)
        db.timing.mark = None
    found: Event = db.timing.of(event)
    return found
