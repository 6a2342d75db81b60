"""Putting a backup back: verified first, in one go, and what was there is kept."""

import secrets
import sqlite3 as any_sqlite  # a file of another program
from contextlib import closing

import pytest
from desks import Bench
from storage_support import raw

from storage import engine
from storage.backup import Restorer, backup, restore
from storage.check import check
from storage.store import Store
from workbench.domain.errors import (
    RefusedError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreTooNewError,
    UsageError,
)

pytest_plugins = ["full_store"]

WHO = Restorer("mei", "mei", "b")


def files(folder):
    return sorted(each.name for each in folder.iterdir())


def acts(bench, case):
    return [event.act for event in bench.desk().timeline(case.case_id)]


def test_a_restore_puts_back_what_was_and_keeps_what_is(full, tmp_path):
    backup(full.store, tmp_path / "b")
    case = full.cases[0]
    full.act(case, "note", text="after the backup")
    now = acts(full, case)
    done = restore(tmp_path / "b", full.path, full.clock(), WHO)
    assert acts(full, case) == now[:-1]
    assert check(full.store, full.desk().rules_in, done.seal).problems == []
    kept = Store(done.kept, read_only=True)
    with kept.reading() as db:
        assert db.value("SELECT count(*) FROM event WHERE case_id = ?", (case.case_id,)) == len(now)
    kept.close()
    assert done.kept.name == "full.db.before-restore-20261201T070500"
    assert not [name for name in files(tmp_path) if ".part" in name]


def test_others_who_have_the_store_open_see_it_and_go_on_working(full, tmp_path):
    backup(full.store, tmp_path / "b")
    case = full.cases[0]
    full.act(case, "note", text="after the backup")
    before = acts(full, case)
    watch = full.store.watch()
    restore(tmp_path / "b", full.path, full.clock(), WHO)
    assert watch.changed()
    watch.close()
    full.act(case, "note", text="and on")
    assert acts(full, case) == before
    assert check(full.store, full.desk().rules_in).problems == []


def test_a_reader_in_the_middle_keeps_its_moment(full, tmp_path):
    backup(full.store, tmp_path / "b")
    case = full.cases[0]
    full.act(case, "note", text="after the backup")
    count = "SELECT count(*) FROM event WHERE case_id > 0"
    with full.store.reading() as db:
        before = db.value(count)
        if db.value("PRAGMA journal_mode") != "wal":
            pytest.skip("without WAL a reader holds up a restore")
        restore(tmp_path / "b", full.path, full.clock(), WHO)
        assert db.value(count) == before
    with full.store.reading() as db:
        assert db.value(count) == before - 1


@pytest.mark.parametrize(
    ("folder", "store"), [(0o755, 0o600), (0o700, 0o600), (0o2770, 0o660), (0o2775, 0o600)]
)
def test_where_nothing_was_a_restore_makes_the_store_with_the_rights_of_a_new_one(
    full, tmp_path, folder, store
):
    backup(full.store, tmp_path / "b")
    place = tmp_path / "place"
    place.mkdir()
    place.chmod(folder)
    done = restore(tmp_path / "b", place / "new.db", full.clock(), WHO)
    assert done.kept is None
    made = Store(place / "new.db")
    assert check(made, full.desk().rules_in, done.seal).problems == []
    made.close()
    assert (place / "new.db").stat().st_mode & 0o777 == store


def break_a_page(path):
    content = bytearray(path.read_bytes())
    for at in range(8192, len(content), 4096):
        content[at : at + 64] = b"\xff" * 64
    path.write_bytes(content)


def make_another_program(path):
    path.unlink()
    with closing(any_sqlite.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
        other.commit()


def make_too_new(path):
    with raw(path) as db:
        db.run("PRAGMA user_version = 99")


def forge(path):
    with raw(path) as db:
        db.run("UPDATE event SET actor = 'boss' WHERE act = 'close'")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda path: path.write_bytes(b""), StoreDamagedError),
        (lambda path: path.write_text("no store at all, but a long enough text" * 99), StoreDamagedError),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), StoreDamagedError),
        (break_a_page, StoreDamagedError),
        (make_another_program, StoreDamagedError),
        (make_too_new, StoreTooNewError),
        (forge, StoreDamagedError),
    ],
)
def test_a_file_that_is_no_healthy_store_is_refused_and_nothing_changes(full, tmp_path, spoil, error):
    bad = tmp_path / "b"
    backup(full.store, bad)
    spoil(bad)
    seal = check(full.store, None).seal
    before = files(tmp_path)
    with pytest.raises(error) as refused:
        restore(bad, full.path, full.clock(), WHO)
    assert isinstance(refused.value, StoreError)
    assert check(full.store, None).seal == seal
    assert files(tmp_path) == before


def test_a_file_that_is_not_there_is_wrong_usage(full, tmp_path):
    with pytest.raises(UsageError, match="no file"):
        restore(tmp_path / "b", full.path, full.clock(), WHO)


def test_the_store_itself_cannot_be_put_in_its_own_place(full):
    with pytest.raises(RefusedError, match="is the store itself"):
        restore(full.path, full.path, full.clock(), WHO)


@pytest.mark.parametrize("garbage", [b"not a database any more" * 500, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_store_is_moved_aside_and_replaced(full, tmp_path, garbage):
    backup(full.store, tmp_path / "b")
    full.store.close()
    for name in files(tmp_path):
        if name.startswith("full.db-"):
            (tmp_path / name).unlink()
    full.path.write_bytes(garbage)
    done = restore(tmp_path / "b", full.path, full.clock(), WHO)
    assert done.kept.read_bytes() == garbage
    again = Store(full.path)
    assert check(again, full.desk().rules_in).problems == []
    again.close()


def test_a_store_with_broken_pages_is_replaced_and_kept(full, tmp_path):
    backup(full.store, tmp_path / "b")
    full.store.close()
    break_a_page(full.path)
    done = restore(tmp_path / "b", full.path, full.clock(), WHO)
    assert done.kept.exists()
    again = Store(full.path)
    assert check(again, full.desk().rules_in).problems == []
    again.close()


def test_a_database_of_another_program_is_never_replaced(full, tmp_path):
    backup(full.store, tmp_path / "b")
    other = tmp_path / "other.db"
    other.touch()
    make_another_program(other)
    before = other.read_bytes()
    with pytest.raises(StoreDamagedError, match="not a Workbench store"):
        restore(tmp_path / "b", other, full.clock(), WHO)
    assert other.read_bytes() == before


def test_another_stores_backup_replaces_a_store_only_while_nobody_has_that_open(full, bench, tmp_path):
    backup(full.store, tmp_path / "b")
    bench.record()
    with pytest.raises(RefusedError, match="of another store"):
        restore(tmp_path / "b", bench.path, full.clock(), WHO)
    assert check(bench.store, bench.desk().rules_in).cases == 1
    with bench.store.reading() as db:
        in_wal = db.value("PRAGMA journal_mode") == "wal"
    bench.store.close()
    if in_wal:  # else nobody can know who has it open
        assert restore(tmp_path / "b", bench.path, full.clock(), WHO).cases == 4


def test_another_store_is_another_even_where_both_drew_the_same_number(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(secrets, "randbelow", lambda _most: 41)
    one, two = Bench(tmp_path / "one.db", clock), Bench(tmp_path / "two.db", clock)
    assert one.store.site_id == two.store.site_id
    backup(one.store, tmp_path / "b")
    with pytest.raises(RefusedError, match="of another store"):
        restore(tmp_path / "b", two.path, clock(), WHO)
    one.store.close()
    two.store.close()


def test_a_store_that_is_being_written_to_all_the_time_is_left_as_it_is(full, tmp_path, monkeypatch):
    backup(full.store, tmp_path / "b")
    case = full.cases[0]
    full.act(case, "note", text="after the backup")
    before, names = acts(full, case), files(tmp_path)
    monkeypatch.setattr(engine, "WAIT_SECONDS", 1)
    with raw(full.path) as other:
        other.run("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError):
            restore(tmp_path / "b", full.path, full.clock(), WHO)
        other.run("ROLLBACK")
    assert acts(full, case) == before
    assert files(tmp_path) == names
