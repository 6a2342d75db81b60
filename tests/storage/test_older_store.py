"""An older store: nobody else may have it open, a copy is kept, and a kill leaves the old one or the new."""

import gzip
import os
import random
import signal
import time
from contextlib import closing
from pathlib import Path

import processes
import pytest
from desks import NOON
from storage_support import raw

from storage import before_migration, holders
from storage.backup import Restorer, restore
from storage.check import check
from storage.migrate import VERSION
from storage.store import Store
from workbench.domain.errors import StoreBusyError

THIRD = Path(__file__).parent / "schema_3.db.gz"
HOLD = """
import sys, time
from pathlib import Path
from storage.engine import connect
db = connect(Path(sys.argv[1]))
db.all("SELECT count(*) FROM cases")
print("open", flush=True)
time.sleep(60)
"""
OPEN = (
    "import sys; from pathlib import Path; from storage.store import Store; Store(Path(sys.argv[1])).close()"
)


WHO = Restorer("mei", "mei", "b")


@pytest.fixture
def older(tmp_path):
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(THIRD.read_bytes()))
    return path


def version(path):
    with raw(path) as db:
        return db.value("PRAGMA user_version")


def python(code, path):
    root = Path(__file__).parents[2]
    return processes.start(
        processes.python(code, path), cwd=root, stdout=processes.PIPE, stderr=processes.PIPE
    )


def test_a_copy_of_the_older_store_is_kept_beside_it_for_its_owner_only(older):
    with closing(Store(older)) as store:
        assert store.kept == older.with_name("old.db.schema-3.bak")
    assert store.kept.stat().st_mode & 0o777 == 0o600
    assert version(store.kept) == 3
    assert version(older) == VERSION
    assert not list(older.parent.glob(".*"))
    with closing(Store(older)) as again:
        assert again.kept is None


def test_an_earlier_copy_is_never_written_over(older):
    older.with_name("old.db.schema-3.bak").write_bytes(b"mine")
    with closing(Store(older)) as store:
        assert store.kept.name == "old.db.schema-3-2.bak"
    assert older.with_name("old.db.schema-3.bak").read_bytes() == b"mine"


def test_the_copy_can_be_opened_and_brought_up_to_date_itself(older):
    with closing(Store(older)) as store:
        kept = store.kept
    with closing(Store(kept)) as again:
        assert check(again, None).problems == []


def test_while_another_program_has_the_store_open_it_is_left_alone_and_named(older, monkeypatch):
    monkeypatch.setattr(before_migration, "WAIT_SECONDS", 0)
    holder = python(HOLD, older)
    try:
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(StoreBusyError) as refused:
            Store(older)
        if holders.LOCKS.exists():
            assert str(holder.pid) in str(refused.value)
            assert "python" in str(refused.value)
    finally:
        holder.kill()
        holder.communicate()
    assert version(older) == 3
    assert not list(older.parent.glob("*.bak"))
    Store(older).close()


def test_where_the_system_names_nobody_another_program_is_said(older, monkeypatch, tmp_path):
    monkeypatch.setattr(before_migration, "WAIT_SECONDS", 0)
    monkeypatch.setattr(holders, "LOCKS", tmp_path / "nowhere")
    holder = python(HOLD, older)
    try:
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(StoreBusyError, match="another program has it open"):
            Store(older)
    finally:
        holder.kill()
        holder.communicate()


def test_others_come_in_again_after_the_upgrade_while_the_store_stays_open(older):
    with closing(Store(older)), closing(Store(older)) as second, second.reading() as db:
        assert db.value("SELECT count(*) FROM cases") > 0


def killed_at(path, delay):
    """Kill the upgrade of ``path`` after ``delay`` seconds; say whether it had come to its end by itself."""
    process = python(OPEN, path)
    time.sleep(delay)
    done = process.poll() is not None
    if not done:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return done


def ensure_old_or_new(path):
    """The store is wholly of the old schema, or wholly of the new; the next opening brings it to the end."""
    assert version(path) in (3, 4, 5, VERSION)
    with closing(Store(path)) as store:
        report = check(store, None)
    assert report.problems == []
    assert report.cases == 4


def kills(older, count, longest, seed=4):
    chance, ended = random.Random(seed), 0
    content = older.read_bytes()
    for _ in range(count):
        for each in older.parent.iterdir():
            each.unlink()
        older.write_bytes(content)
        ended += killed_at(older, chance.uniform(0, longest))
        ensure_old_or_new(older)
    return ended


def test_killed_at_any_point_the_store_is_old_or_new_and_the_next_opening_ends_it(older):
    kills(older, 6, 0.6)


def test_an_older_store_in_use_takes_a_backup_of_its_own(older, tmp_path):
    copy = tmp_path / "b"
    copy.write_bytes(older.read_bytes())
    reader = python(HOLD, older)
    assert reader.stdout.readline() == b"open\n"
    try:
        restore(copy, older, NOON, WHO)
        assert version(older) == VERSION
    finally:
        reader.kill()
        reader.communicate()
