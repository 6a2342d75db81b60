"""The log written ahead: an act leaves it alone, a settled moment brings it into the file, and it has a limit."""

import pytest

from storage import engine, search
from workbench.watch import sweep

COUNTS = engine.WAL_IS_SAFE and engine.sqlite.sqlite_version_info >= (3, 51)  # NOOP is of that version
pytestmark = pytest.mark.skipif(not COUNTS, reason="counts the log of a store in WAL mode")


@pytest.fixture
def short(bench, monkeypatch):
    """A store whose log is long with so few pages that a test fills it."""
    monkeypatch.setattr(engine, "LOG_PAGES", 120)
    monkeypatch.setattr(engine, "LOG_PAGES_SETTLED", 20)
    bench.store.close()  # the next connection knows
    return bench


def pages(bench):
    """Return how many pages of the log count: none from before it was brought into the file."""
    with bench.store.reading() as db:
        db.run("COMMIT")  # no snapshot of ours keeps anything
        return db.one("PRAGMA wal_checkpoint(NOOP)")[1]


def acts(bench, case, until, most=400):
    """Add notes until the log has ``until`` pages; return how long it was after each."""
    found = []
    while len(found) < most and (not found or found[-1] < until):
        bench.act(case, "note", text="厨房漏水三天无人上门")
        found.append(pages(bench))
    return found


def test_acts_let_the_log_grow_beyond_what_a_settled_moment_leaves(short):
    case = short.record()
    found = acts(short, case, 60)
    assert found == sorted(found)
    assert found[-1] >= 60


def test_a_settled_moment_with_something_to_settle_brings_the_log_into_the_file(short, monkeypatch):
    monkeypatch.setattr(engine, "LOG_PAGES", 4000)
    short.store.close()
    case = short.record()
    for _ in range(search.WORTH_A_STEP):
        short.act(case, "note", text="x")
    before = pages(short)
    sweep.sweep(short.desk())
    short.act(case, "note", text="x")  # who writes next begins the log anew
    assert pages(short) < 20 < before


def test_where_nobody_sweeps_an_act_brings_it_in_before_it_grows_for_ever(short):
    case = short.record()
    found = [n for _ in range(3) for n in acts(short, case, 10_000, most=30)]
    assert max(found) < 120 + 30
    assert found != sorted(found)


def test_the_limit_of_acts_holds_again_after_a_settled_moment(short):
    with short.store.reading() as db:
        db.settle()
        assert db.value("PRAGMA wal_autocheckpoint") == 20
    with short.store.reading() as db:
        assert db.value("PRAGMA wal_autocheckpoint") == 120
