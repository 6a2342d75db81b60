"""The sweep: pauses that ended, levels by age, steps of ladders, early warnings; each written down once.

Work is in proportion to what is due: an index leads to the cases for which something has come.
"""

from collections import Counter
from collections.abc import Callable

from storage import cases, changed_by_time, events, search
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.history import fold
from workbench.rules import writing
from workbench.watch.surges import look
from workbench.watch.waiting import silent_since

SLICE = 20  # cases in one transaction, some 40 ms where each gets five entries: nobody waits for longer
REST = 0.005  # seconds between two of them, in which others get their turn

Told = Callable[[int, int], None]  # how many cases were looked at, and of how many


def sweep(desk: Desk, told: Told | None = None) -> dict[str, int]:
    """Write down what time has brought by now; return how many entries of each act.

    ``told`` is called after each slice but a lone one, in the thread of the caller. After a long silence
    nothing is written: see ``waiting.waits``. Running it twice, or beside another one, does everything once.

    Raises:
        StoreError: the store cannot serve; what was written before stays.
    """
    done: Counter[str] = Counter()
    with desk.store.reading() as db:
        if silent_since(desk, db) is not None:
            return {}
        waiting = changed_by_time.count(db, desk.store.site_id, desk.now()) if told else 0
    after = looked = 0
    while True:
        found, after, size = writing.write(desk, lambda db, start=after: _slice(desk, db, start))  # type: ignore[misc]
        done.update(found)
        looked += size
        if told and looked > 0 and (after or looked > SLICE):
            told(looked, max(looked, waiting))
        if not after:
            break
        desk.store.give_way(REST)
    if found_surges := look(desk):
        done["surge"] = found_surges
    while writing.write(desk, _settle):
        pass
    return dict(done)


def _settle(db: Db) -> bool:
    """Do what acts leave to a settled moment: what they wrote is found by an index, and the log is short."""
    db.settle()
    return search.settle(db)


def _slice(desk: Desk, db: Db, start: int) -> tuple[Counter[str], int, int]:
    """Return the entries by act, the key to go on from (0 at the end), and how many cases were looked at."""
    now = desk.now()
    site_id = desk.store.site_id
    keys = changed_by_time.watched(db, site_id, now, start, SLICE)
    done: Counter[str] = Counter()
    timelines = events.of_cases(db, site_id, keys)
    for key in keys:
        timeline = timelines[key]
        rules = desk.rules_in(db, events.policy_of(timeline))
        before = fold(site_id, key, timeline, rules)
        if before.received_at > now:
            continue  # recorded at a clock ahead of this one
        brought = upcoming.brought(before, now, rules)
        if brought:
            new, after = [event for event, _ in brought], brought[-1][1]
            cases.save(db, before, after, new, rules)
            done.update(event.act for event in new)
    return done, keys[-1] if len(keys) == SLICE else 0, len(keys)
