"""The sweep: pauses that ended, levels by age, steps of ladders, early warnings; each written down once.

Work is in proportion to what is due: an index leads to the cases for which something has come.
"""

from collections import Counter

from storage import cases, changed_by_time, events, search
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.history import apply, fold
from workbench.rules import writing
from workbench.watch.surges import look
from workbench.watch.waiting import silent_since

BATCH = 200  # cases in one transaction: others get their turn in between


def sweep(desk: Desk) -> dict[str, int]:
    """Write down what time has brought by now; return how many entries of each act.

    After a long silence it writes nothing: see ``waiting.waits``. Running it twice, or beside another
    one, does everything once.

    Raises:
        StoreError: the store cannot serve; what was written before stays.
    """
    done: Counter[str] = Counter()
    with desk.store.reading() as db:
        if silent_since(desk, db) is not None:
            return {}
    after = 0
    while True:
        found, after = writing.write(desk, lambda db, start=after: _batch(desk, db, start))  # type: ignore[misc]
        done.update(found)
        if not after:
            break
    if found_surges := look(desk):
        done["surge"] = found_surges
    while writing.write(desk, search.settle):  # what acts left to be found by more than a look at each
        pass
    return dict(done)


def _batch(desk: Desk, db: Db, start: int) -> tuple[Counter[str], int]:
    now = desk.now()
    site_id = desk.store.site_id
    keys = changed_by_time.watched(db, site_id, now, start, BATCH)
    done: Counter[str] = Counter()
    timelines = events.of_cases(db, site_id, keys)
    for key in keys:
        timeline = timelines[key]
        rules = desk.rules_in(db, events.policy_of(timeline))
        before = fold(site_id, key, timeline, rules)
        if before.received_at > now:
            continue  # recorded at a clock ahead of this one
        new = upcoming.pending(before, now, rules)
        if new:
            after = before
            for event in new:
                after = apply(after, event, rules)
            cases.save(db, before, after, new, rules)
            done.update(event.act for event in new)
    return done, keys[-1] if len(keys) == BATCH else 0
