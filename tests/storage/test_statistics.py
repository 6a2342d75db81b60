"""No plan follows from statistics: a store keeps none, and what the sweep reads does not look at them."""

import pytest
from storage_support import raw
from test_queue_plans import LED, READS, SCAN_OF_ALL, plans_of

from storage import changed_by_time, engine, queues
from storage.queues import View
from storage.store import Store
from workbench.domain.errors import StoreBusyError

pytest_plugins = ["full_store"]
STATISTICS = {
    "fresh": ("ANALYZE",),
    "of three cases": ("ANALYZE", "UPDATE sqlite_stat1 SET stat = '3 3 3 3 1'"),
    "of a million": ("ANALYZE", "UPDATE sqlite_stat1 SET stat = '1000000 500000 200 2 1'"),
    "of an empty store": ("ANALYZE", "DELETE FROM sqlite_stat1"),
}


def every_plan(bench, led=LED):
    """Return how each statement that is known to run over an index is planned."""
    site, at = bench.store.site_id, bench.clock()
    reads = {name: lambda db, read=read: read(db, at, site) for name, read in READS.items()}
    reads |= {f"led {name}": lambda db, read=read: read(db, site) for name, (_index, read) in led.items()}
    views = {name: View(name, "mei", at) for name in queues.QUEUES}
    reads |= {f"queue {n}": lambda db, v=v: queues.ids(db, site, v) for n, v in views.items()}
    return {name: plans_of(bench, read) for name, read in reads.items()}


def analysed(bench, how):
    with raw(bench.path) as db:
        for statement in STATISTICS[how]:
            db.run(statement)


@pytest.mark.parametrize("how", STATISTICS)
def test_every_plan_is_that_of_a_store_without_statistics_whatever_somebody_left(full, how):
    wanted = every_plan(full)
    full.store.close()
    analysed(full, how)
    full.store = Store(full.path)
    assert every_plan(full) == wanted
    assert not [plan for plans in wanted.values() for plan in plans if SCAN_OF_ALL.search(plan)
                and plans is not wanted["tail"]]  # fmt: skip


@pytest.mark.skipif(not engine.WAL_IS_SAFE, reason="an older SQLite plans them alike all the same")
def test_statistics_would_make_some_of_them_read_a_table_from_end_to_end(full):
    """What the store is kept from: else the test above could not fail."""
    full.store.close()
    analysed(full, "of three cases")
    full.store = Store(full.path, read_only=True)
    plans = [plan for plans in every_plan(full, {}).values() for plan in plans]
    assert [plan for plan in plans if SCAN_OF_ALL.search(plan)]


@pytest.mark.parametrize("how", STATISTICS)
def test_what_has_come_is_found_over_its_index_by_any_statistics(full, how):
    full.store.close()
    analysed(full, how)
    full.store = Store(full.path, read_only=True)
    plans = plans_of(full, lambda db: changed_by_time.watched(db, full.store.site_id, full.clock(), 0, 200))
    assert "case_watch (site_id=? AND watch_at>? AND watch_at<?)" in plans[0], plans


def test_a_store_that_somebody_holds_is_opened_all_the_same(full, monkeypatch):
    full.store.close()
    analysed(full, "fresh")
    monkeypatch.setattr("storage.engine.WAIT_SECONDS", 0)
    with raw(full.path) as other:
        other.run("BEGIN IMMEDIATE")
        full.store = Store(full.path)
        with pytest.raises(StoreBusyError):
            full.store.write(lambda db: None)
    with raw(full.path) as db:
        assert db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'") == 1
