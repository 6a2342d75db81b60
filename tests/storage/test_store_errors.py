"""Busy, full, forbidden: what a person is told, and that nothing is lost."""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from unittest.mock import Mock

import pytest
from processes import python, run
from storage_support import raw

from storage import engine
from storage.backup import backup
from storage.create import create
from storage.engine import Db
from storage.store import Store
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreReadOnlyError,
)
from workbench.policy import loading

ROOT = Path(__file__).parents[2]


def test_a_store_that_others_hold_is_busy_and_nothing_is_changed(bench, monkeypatch):
    case = bench.record()
    with raw(bench.path) as other, bench.store._lent() as mine:
        other.run("BEGIN IMMEDIATE")
        mine.run("PRAGMA busy_timeout = 50")
        bench.store._idle.append(mine)
        with pytest.raises(StoreBusyError, match="busy"):
            bench.act(case, "note", text="x")
        other.run("ROLLBACK")
        mine.run("PRAGMA busy_timeout = 10000")
        bench.store._idle.remove(mine)
    assert bench.act(case, "note", text="x").version == 2


def test_a_store_opened_for_reading_refuses_to_write(bench):
    case = bench.record()
    reader = type(bench.desk())(Store(bench.path, read_only=True), "li", bench.clock)
    with pytest.raises(StoreReadOnlyError):
        doing.do(reader, "note", case.case_id, {"text": "x"})
    assert reader.case(case.case_id).version == 1
    reader.store.close()


def write_much(bench, case):
    for _ in range(200):
        bench.act(case, "note", text="x" * 5000)


def test_a_full_disk_is_said_and_the_work_goes_on_when_there_is_room(tmp_path, clock, bench):
    """A limit on the pages of the database stands for the disk: SQLite reports both as full."""
    case = bench.record()
    with bench.store._lent() as db:
        db.value("PRAGMA max_page_count = 1")  # the pages that are there already stay
        with_room = bench.store
        with_room._idle.append(db)
        with pytest.raises(StoreFullError, match="disk is full"):
            write_much(bench, case)
        version = bench.now(case).version
        db.value("PRAGMA max_page_count = 1000000")
        assert bench.act(case, "note", text="again").version == version + 1
        with_room._idle.remove(db)


WRITE_UNTIL_FULL = """
import sys
from pathlib import Path
from unittest.mock import Mock
from storage.create import create
from storage.store import Store
from workbench import clock
from workbench.actions import doing
from workbench.policy import loading
from workbench.desk import Desk
from workbench.domain.errors import StoreFullError
path = Path(sys.argv[1])
create(path, code="A", policy="default", text=loading.load("default")[1], at=clock.now(), by="x")
desk = Desk(Store(path), "li", clock.now)
case = doing.record(desk, {"text": "漏水"})
filler = path.with_name("filler")
acked = 1
try:
    for n in range(5000):
        doing.do(desk, "note", case.case_id, {"text": "x" * 3000})
        acked += 1
except StoreFullError as why:
    print("full", acked, desk.case(case.case_id).version)
filler.unlink()
for n in range(5):
    acked = doing.do(desk, "note", case.case_id, {"text": "room again"}).version
print("on", acked)
from storage.check import check
print(check(desk.store, desk.rules_in).problems)
"""


def test_on_a_disk_that_runs_full_every_acknowledged_act_stays_and_writing_resumes(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(small)]
    if os.geteuid() or run(mount).returncode:
        pytest.skip("only root may mount a small file system")
    try:
        (small / "filler").write_bytes(b"x" * 900_000)
        done = run(python(WRITE_UNTIL_FULL, small / "s.db"))
        first, then, problems, _ = done.stdout.split("\n")
    finally:
        run(["umount", small], check=True)
    word, acked, stored = first.split()
    assert (word, acked) == ("full", stored)
    assert then == f"on {int(stored) + 5}"
    assert problems == "[]"


RIGHTS = {
    "a file that may only be read": (0o444, 0o755),
    "a folder that may only be read": (0o644, 0o555),
    "a file that may not be read": (0o000, 0o755),
    "a folder that may not be entered": (0o644, 0o700),
}
AS_NOBODY = """
import os, sys
from pathlib import Path
from unittest.mock import Mock
from storage.create import create
from storage.store import Store
from workbench import clock
from workbench.actions import doing
from workbench.policy import loading
from workbench.desk import Desk
from workbench.domain.errors import StoreError
warm = Path(sys.argv[3])  # what is imported late has to be imported before the rights are gone
create(warm, code="A", policy="default", text=loading.load("default")[1], at=clock.now(), by="x")
desk = Desk(Store(warm), "li", clock.now)
doing.do(desk, "note", doing.record(desk, {"text": "x"}).case_id, {"text": "x"})
desk.store.close()
os.setgid(65534); os.setuid(65534)
try:
    desk = Desk(Store(Path(sys.argv[1])), "li", clock.now)
    doing.do(desk, "note", int(sys.argv[2]), {"text": "x"})
    print("written")
except StoreError as why:
    print(type(why).__name__, why)
"""


@pytest.fixture
def open_folder(clock):
    """A folder that everybody may enter, with a store and a case in it."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-rights-"))
    folder.chmod(0o755)
    path = folder / "store.db"
    create(path, code="A", policy="default", text=loading.load("default")[1], at=clock(), by="x")
    store = Store(path)
    case = doing.record(Desk(store, "mei", clock), {"text": "漏水"})
    store.close()
    yield path, case
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("what", RIGHTS)
def test_where_one_may_not_write_a_sentence_says_so(open_folder, clock, tmp_path, what):
    if os.name != "posix" or os.geteuid():
        pytest.skip("only root may try to be somebody else")
    path, case = open_folder
    file_rights, folder_rights = RIGHTS[what]
    path.chmod(file_rights)
    path.parent.chmod(folder_rights)
    done = run(python(AS_NOBODY, path, case.case_id, tmp_path / "warm.db"))
    assert done.stdout.startswith("StoreReadOnlyError"), done.stdout + done.stderr
    store = Store(path)
    assert Desk(store, "mei", clock).case(case.case_id).version == 1
    store.close()


def test_errors_of_the_program_itself_are_not_dressed_up(bench):
    with bench.store.reading() as db, pytest.raises(engine.sqlite.OperationalError):
        Db.all(db, "SELECT nothing FROM nowhere")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET data = '{'",
        "UPDATE event SET data = '[]'",
        "UPDATE event SET data = NULL",
        "UPDATE event SET data = x'ff'",
        "UPDATE event SET at = 'x'",
        "UPDATE event SET act = 'nope'",
        "DROP TABLE event",
        "INSERT INTO calendar_day SELECT site_id, 'china', 'x', 1, 'x', 'x', 'x' FROM cases",
        "UPDATE policy SET text = CAST(x'ff' AS TEXT)",
        "UPDATE setting SET value = 'x' WHERE key = 'site_id'",
    ],
)
def test_what_cannot_be_read_is_damage_and_no_bug(bench, sql):
    case = bench.record()
    with raw(bench.path) as db:
        db.run(sql)
    with pytest.raises(StoreDamagedError, match="is damaged"):
        Desk(Store(bench.path), "li", bench.clock).case(case.case_id)


def test_a_store_that_cannot_be_finished_leaves_no_trace(tmp_path, clock, monkeypatch):
    monkeypatch.setattr("storage.settings.add_policy", Mock(side_effect=StoreFullError("full")))
    with pytest.raises(StoreFullError):
        create(tmp_path / "new.db", code="A", policy="default", text="", at=clock(), by="li")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")
def test_a_store_and_its_backup_may_have_names_that_are_no_unicode(tmp_path, clock):
    name = os.fsdecode(b"\xff\x9b %?#.db")
    create(tmp_path / name, code="A", policy="default", text=loading.load("default")[1], at=clock(), by="li")
    store = Store(tmp_path / name)
    assert backup(store, tmp_path / f"{name}.bak").problems == []
    store.close()
    assert {each.name for each in tmp_path.iterdir()} >= {name, f"{name}.bak"}


def test_a_folder_or_a_pipe_is_not_opened_as_a_store(tmp_path):
    with pytest.raises(StoreDamagedError, match="is not a Workbench store"):
        Store(tmp_path)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("attempt to write a readonly database", StoreReadOnlyError),
        ("database or disk is full", StoreFullError),
        ("database disk image is malformed", StoreDamagedError),
        ("no such table: event", StoreDamagedError),
        ("no such index: queue_handler", StoreDamagedError),
    ],
)
def test_an_error_without_a_code_is_known_by_its_words(words, kind):
    assert isinstance(engine.in_our_words(engine.Error(words)), kind)
