"""Backups while others work, and putting them back."""

import os

import pytest
from processes import PIPE, python, run, start
from storage_support import raw

from storage.backup import backup
from storage.check import check
from storage.check_at_once import at_once
from storage.store import Store
from workbench.actions import doing
from workbench.domain.errors import (
    RefusedError,
    StoreDamagedError,
    StoreFullError,
    UsageError,
)

pytest_plugins = ["full_store"]
ROOT_OF_AN_INDEX = "SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'event' LIMIT 1"


def files(folder):
    return sorted(each.name for each in folder.iterdir())


def acts(bench, case):
    return [event.act for event in bench.desk().timeline(case.case_id)]


def test_a_backup_is_a_healthy_store_with_the_same_seal(full, tmp_path):
    target = tmp_path / "night.backup"
    report = backup(full.store, target)
    copy = Store(target, read_only=True)
    again = check(copy, full.desk().rules_in)
    copy.close()
    assert again.problems == []
    assert again.seal == report.seal == check(full.store, None).seal
    assert again.cases == report.cases == 4


def test_a_backup_is_for_its_owner_only(full, tmp_path):
    backup(full.store, tmp_path / "b")
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600


def test_an_existing_file_is_never_overwritten(full, tmp_path):
    target = tmp_path / "b"
    target.write_text("precious")
    with pytest.raises(RefusedError, match="exists already"):
        backup(full.store, target)
    assert target.read_text() == "precious"


def test_a_folder_that_is_not_there_is_wrong_usage(full, tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        backup(full.store, tmp_path / "nowhere" / "b")


DAMAGES = {
    "an entry lost": ("DELETE FROM event WHERE act = 'close'", "its timeline has"),
    "a case counts wrong": ("UPDATE cases SET version = version + 1 WHERE case_id = (SELECT max(case_id) FROM cases)",
                            "counts"),
    "the newest entry made anew": ("UPDATE event SET hash = zeroblob(32) WHERE event_no ="
                                   " (SELECT max(event_no) FROM event)", "does not end with the newest"),
    "a newest seal": ("UPDATE event SET seal = zeroblob(32) WHERE event_no ="
                      " (SELECT max(event_no) FROM event WHERE seal IS NOT NULL)", "seal of entry"),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END", "trigger"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_store_that_does_not_verify_at_once_gives_no_backup_and_leaves_nothing(full, tmp_path, damage):
    sql, said = DAMAGES[damage]
    with raw(full.path) as db:
        db.run(sql)
    before = files(tmp_path)
    with pytest.raises(StoreDamagedError, match=f"does not verify.*{said}"):
        backup(full.store, tmp_path / "b")
    assert files(tmp_path) == before


def test_a_page_that_is_damaged_in_the_copy_is_seen_at_once(full):
    healthy = at_once(full.store).problems
    with raw(full.path) as db:
        size, page = db.value("PRAGMA page_size"), db.value(ROOT_OF_AN_INDEX)
        db.value("PRAGMA wal_checkpoint(TRUNCATE)")
    full.store.close()
    with open(full.path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x0a" + b"\x00" * 200)
    damaged = [str(each.what) for each in at_once(full.store).problems]
    assert healthy == []
    assert damaged
    assert all(said.startswith("SQLite") for said in damaged)


def test_what_only_a_replay_sees_is_left_to_the_check_of_the_store_or_of_the_copy(full, tmp_path):
    with raw(full.path) as db:
        db.run("UPDATE event SET actor = 'boss' WHERE act = 'close'")
    backup(full.store, tmp_path / "b")
    copy = Store(tmp_path / "b", read_only=True)
    found = check(copy, full.desk().rules_in).as_dict()["problems"]
    copy.close()
    assert found == check(full.store, full.desk().rules_in).as_dict()["problems"] != []


def test_verifying_at_once_takes_as_many_statements_however_many_cases(full):
    statements(full.store)  # the library looks at the index for the search once
    few = statements(full.store)
    desk = full.desk()
    for n in range(10):
        doing.record(desk, {"text": f"case {n}"})
    assert statements(full.store) == few < 20


def statements(store):
    said = []
    with store.reading() as db:
        db.connection.set_trace_callback(said.append)
    at_once(store)
    with store.reading() as db:
        db.connection.set_trace_callback(None)
    return sum(not sql.startswith("--") for sql in said)


def test_a_store_opened_for_reading_can_be_backed_up(full, tmp_path):
    reader = Store(full.path, read_only=True)
    assert backup(reader, tmp_path / "b").cases == 4
    reader.close()


WRITER = """
import sys
from pathlib import Path
from storage.store import Store
from workbench import clock
from workbench.actions import doing
from workbench.desk import Desk
desk = Desk(Store(Path(sys.argv[1])), "writer", clock.now)
case_id = int(sys.argv[2])
print("ready", flush=True)
n = 0
while True:
    n += 1
    doing.do(desk, "note", case_id, {"text": f"n{n}"})
    print(n, flush=True)
"""


def test_backups_are_consistent_while_another_process_writes(full, tmp_path):
    case = full.cases[0]
    with start(python(WRITER, full.path, case.case_id), stdout=PIPE, text=True) as writer:
        try:
            assert writer.stdout.readline() == "ready\n"
            counts = [backup(full.store, tmp_path / f"b{n}").events for n in range(5)]
            while counts[-1] == counts[0]:  # the writer has not come to it yet
                counts.append(backup(full.store, tmp_path / f"b{len(counts)}").events)
        finally:
            writer.kill()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]  # it did write in between
    assert files(tmp_path).count("b0") == 1
    assert not [name for name in files(tmp_path) if name.endswith(".part")]
    assert check(full.store, full.desk().rules_in).problems == []


def test_a_full_disk_is_said_and_leaves_nothing(full, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    if os.geteuid() or run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", small]).returncode:
        pytest.skip("only root may mount a small file system")
    try:
        with pytest.raises(StoreFullError, match="disk is full"):
            backup(full.store, small / "b")
        assert files(small) == []
    finally:
        run(["umount", small], check=True)
