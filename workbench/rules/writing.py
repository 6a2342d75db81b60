"""The one way to write: every transaction of a desk knows what its clock is worth.

The time may be the machine's own, or given (``--now``). In a store that people really work with a given time
falsifies: there it takes the right ``replay``, and each entry says that its time was given.
"""

from collections.abc import Callable
from typing import TypeVar

from storage import organisation, timing
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.cases import DOUBT, GIVEN
from workbench.domain.rights import REPLAY
from workbench.domain.timing import Mark, Timing, begun
from workbench.policy import kept
from workbench.rules import rights

Result = TypeVar("Result")


def write(desk: Desk, work: Callable[[Db], Result]) -> Result:
    """Run ``work`` in one durable transaction, whose entries are marked by what the clock is worth.

    Raises:
        RefusedError: the time is given, the store is no trial, and the person may not replay.
        StoreError: see ``Store.write``.
    """
    return desk.store.write(lambda db: _kept(desk, db, work(_begun(desk, db))))


def write_down(desk: Desk, work: Callable[[Db], Result]) -> Result:
    """Run ``work``, which tells of what was read; reading at another time is free. See ``write``."""
    return desk.store.write(lambda db: _kept(desk, db, work(_begun(desk, db, free=True))))


def rehearse(desk: Desk, work: Callable[[Db], Result]) -> Result:
    """Run ``work``, which writes nothing, with a clock that is worth what ``write`` would find.

    Raises:
        RefusedError: as ``write``.
    """
    with desk.store.reading() as db:
        last, db.timing = db.timing, None  # of the last transaction of this connection
        try:
            _begun(desk, db).timing.mark = None
            return work(db)
        finally:
            db.timing = last


def _begun(desk: Desk, db: Db, *, free: bool = False) -> Db:
    if db.timing is None:  # else it is part of a transaction that has begun
        db.timing = _of_machine(desk, db) if desk.uptime else _given(desk, db, free=free)
    return db


def _kept(desk: Desk, db: Db, result: Result) -> Result:
    """Keep what the policies were read into, where nobody has yet, so that the next reads less."""
    if desk.unkept:
        kept.keep(db, desk.store.site_id, desk.unkept)
        desk.unkept.clear()
    return result


def _given(desk: Desk, db: Db, *, free: bool) -> Timing:
    site_id = desk.store.site_id
    if not free and not timing.is_trial(db, site_id) and organisation.standing(db, site_id, desk.person)[1]:
        rights.ensure(desk, db, REPLAY)
    return Timing(desk.now(), GIVEN, look=desk.now)


def _of_machine(desk: Desk, db: Db) -> Timing:
    assert desk.uptime
    now, uptime = desk.now(), desk.uptime()
    kept = timing.mark(db, desk.store.site_id)
    if kept is None:
        return Timing(now, None, begun(now, uptime, now), look=desk.now)
    if kept.doubts(now, uptime):
        return Timing(now, DOUBT, latest=max(now, kept.newest), look=desk.now)
    return Timing(now, None, _changed(kept, kept.after(now, uptime)), look=desk.now)


def _changed(kept: Mark, new: Mark) -> Mark | None:
    return None if new == kept else new
