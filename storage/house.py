"""The timeline of the house: what befell its lists, policies and calendars, chained and sealed like a case's.

Its entries stand in ``event`` under the case 0, which is no case: nothing in ``cases`` has that key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from storage import events
from storage.engine import Db
from workbench.domain.cases import Event
from workbench.domain.house import HouseAct

HOUSE = 0
OF_ACTS = """
    SELECT seq, at, actor, act, data, typed_by, read_at, timed FROM event
     WHERE site_id = ? AND case_id = 0 AND act IN ({marks}) ORDER BY seq
"""
EVERY = """
    SELECT seq, at, actor, act, data, typed_by, read_at, timed FROM event
     WHERE site_id = ? AND case_id = 0 ORDER BY seq
"""
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


def log_all(
    db: Db, site_id: int, act: HouseAct, *, at: datetime, by: str, data: Sequence[Mapping[str, Any]]
) -> None:
    """Write down many things of one kind that befell the house at once; see ``log``."""
    newest = db.one(NEWEST, (site_id,))
    seq, prev = (newest[0] + 1, newest[1]) if newest else (1, events.NO_HASH)
    told = [Event(number, at, by, act.id, each) for number, each in enumerate(data, seq)]
    events.append(db, site_id, HOUSE, told, prev)


def entries(db: Db, site_id: int, acts: Iterable[HouseAct] = ()) -> list[Event]:
    """Return the house log, oldest first; only entries of ``acts`` where some are named.

    Raises:
        StoreDamagedError: an entry cannot be read.
    """
    wanted = [act.id for act in acts]
    if not wanted:
        return events.of_case(db, site_id, HOUSE)
    sql = OF_ACTS.format(marks=",".join("?" * len(wanted)))
    return [events.event(row) for row in db.all(sql, [site_id, *wanted])]


def stream(db: Db, site_id: int) -> Iterator[Event]:
    """Yield the house log, oldest first, for a check in a read transaction; see ``entries``."""
    return (events.event(row) for row in db.stream(EVERY, (site_id,)))
