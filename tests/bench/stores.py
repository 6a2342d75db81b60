"""Stores of any size, made of real rows and as people leave them: ``ANALYZE`` has never been run on one.

``python -m tests.bench.stores PATH SIZE swept|unswept NOW``
"""

import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from storage import cases, clocks, events, ids, search, warnings
from storage.create import create
from storage.engine import Db
from storage.schema import INDEXES
from storage.store import Store
from tests.bench.stories import Teller, received_ago
from workbench.desk import rules_of
from workbench.domain.cases import Case, Event
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.policy import kept, loading

BATCH = 5_000
SEED = 7
OPEN_SHARE = 0.12
COUNT = """
    INSERT INTO counter (site_id, day, last)
    SELECT site_id, substr(number, 2, 2) || '-' || substr(number, 4, 2) || '-' || substr(number, 6, 2), count(*)
      FROM cases GROUP BY 1, 2
"""

Story = tuple[Case, list[Event]]


def build(path: Path, size: int, now: datetime, *, swept: bool) -> None:
    """Make a store of ``size`` cases, received within a month (open) or two years (done) before ``now``."""
    create(path, code="A", policy="default", text=loading.load("default")[1], at=now, by="bench")
    store = Store(path)
    try:
        store.write(_drop_indexes)
        with store.reading() as db:
            rules = rules_of(db, store.site_id, 1)
        stream = _stories(size, Teller(store.site_id, rules, now, random.Random(SEED), swept=swept))
        while batch := [story for _, story in zip(range(BATCH), stream, strict=False)]:
            store.write(lambda db, batch=batch: _insert(db, batch, rules))  # type: ignore[misc]
        store.write(lambda db: _finish(db, store.site_id, rules))
    finally:
        store.close()


def _drop_indexes(db: Db) -> None:
    for statement in INDEXES:
        db.run(f"DROP INDEX {statement.split(' ON ')[0].split()[-1]}")


def _finish(db: Db, site_id: int, rules: Rules) -> None:
    for statement in INDEXES:
        db.run(statement)
    db.run(COUNT)
    kept.keep(db, site_id, {1: rules.policy})  # as whoever writes first does


def _stories(size: int, teller: Teller) -> Iterator[Story]:
    days: dict[str, int] = {}
    openness = (teller.dice.random() < OPEN_SHARE for _ in range(size))
    receipts = [(received_ago(teller.dice, is_open), is_open) for is_open in openness]
    for index, (ago, is_open) in enumerate(sorted(receipts, reverse=True)):  # keys follow time
        at = teller.now - timedelta(seconds=ago)
        day = stamp(at)[:10]
        days[day] = days.get(day, 0) + 1
        yield teller.story((index + 1) << 12, ids.number("A", day, days[day]), at, is_open)


def _insert(db: Db, batch: list[Story], rules: Rules) -> None:
    end = events.tail(db)
    event_rows, case_rows, clock_rows, docs = [], [], [], []
    for case, told in batch:
        head = events.NO_HASH
        for event in told:
            row, head = events.entry(end, case.site_id, case.case_id, event, head)
            event_rows.append(row)
            if folded := search.document(event.act, event.data):
                docs.append((row[0], folded))
        case_rows.append(cases.row(case, rules, head))
        clock_rows += [clocks.row(case, clock, rules) for clock in case.clocks]
    db.run_many(events.INSERT, event_rows)
    db.run_many(cases.INSERT, case_rows)
    db.run_many(clocks.UPSERT, clock_rows)
    search.add_many(db, batch[0][0].site_id, docs)
    for case, told in batch:
        warnings.follow(db, None, case, told)


if __name__ == "__main__":
    build(
        Path(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[4]), swept=sys.argv[3] == "swept"
    )
