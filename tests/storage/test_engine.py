"""Which library, how a connection is set up, and what its errors mean to a person."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from storage_support import raw

from storage import engine
from storage.create import create
from storage.engine import Db, connect, has_wal_reset_bug
from storage.store import Store
from workbench import policy
from workbench.actions import Desk
from workbench.domain.errors import (
    RefusedError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreMissingError,
    StoreReadOnlyError,
    StoreTooNewError,
)

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 34, 1), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 44, 9), False),
        ((3, 45, 1), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
        ((4, 0, 0), False),
    ],
)
def test_the_versions_that_may_lose_commits_in_wal_mode(version, affected):
    assert has_wal_reset_bug(version) is affected


def pragma(bench, name):
    with bench.store.reading() as db:
        return db.value(f"PRAGMA {name}")


def test_every_connection_is_durable_and_checks_keys(bench):
    in_wal = pragma(bench, "journal_mode") == "wal"
    assert in_wal is engine.WAL_IS_SAFE
    assert pragma(bench, "synchronous") == (2 if in_wal else 3)  # FULL, EXTRA
    assert pragma(bench, "foreign_keys") == 1
    assert pragma(bench, "trusted_schema") == 0
    assert pragma(bench, "busy_timeout") == 10_000
    assert pragma(bench, "journal_size_limit") == 64 << 20
    assert pragma(bench, "application_id") == int.from_bytes(b"WBCH")


def test_the_whole_process_uses_one_sqlite(bench):
    from sqlite_utils.utils import sqlite3 as theirs

    assert theirs.sqlite_version == engine.sqlite.sqlite_version
    assert theirs.Connection is engine.sqlite.Connection


def run_without_pysqlite3(code, *arguments):
    code = "import sys\nsys.modules['pysqlite3'] = None\n" + code
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_affected_library_makes_stores_in_truncate_mode_and_works(tmp_path):
    import sqlite3

    if not has_wal_reset_bug(sqlite3.sqlite_version_info):
        pytest.skip("the standard library's SQLite is fixed here")
    done = run_without_pysqlite3(
        """
from pathlib import Path
from storage.check import check
from storage.create import create
from storage.store import Store
from workbench import clock, policy
from workbench.actions import Desk
path = Path(sys.argv[1])
create(path, code="A", policy="default", text=policy.load("default")[1], at=clock.now(), by="x")
desk = Desk(Store(path), "li", clock.now)
case = desk.record({"text": "漏水"})
desk.act("note", case.case_id, {"text": "x"})
with desk.store.reading() as db:
    print(db.value("PRAGMA journal_mode"), db.value("PRAGMA synchronous"))
print(check(desk.store, desk.rules_in).problems)
""",
        tmp_path / "s.db",
    )
    assert done.stdout.split("\n")[:2] == ["truncate 3", "[]"], done.stderr


def test_an_affected_library_never_checkpoints_a_store_in_wal_mode(bench):
    if not engine.WAL_IS_SAFE:
        pytest.skip("needs a store in WAL mode")
    import sqlite3

    if not has_wal_reset_bug(sqlite3.sqlite_version_info):
        pytest.skip("the standard library's SQLite is fixed here")
    done = run_without_pysqlite3(
        "from pathlib import Path\nfrom storage.engine import connect\n"
        "db = connect(Path(sys.argv[1]))\n"
        "print(db.value('PRAGMA journal_mode'), db.value('PRAGMA wal_autocheckpoint'))",
        bench.path,
    )
    assert done.stdout == "wal 0\n", done.stderr


# ---------------------------------------------------------------- what is no store


def test_a_missing_store_names_init(tmp_path):
    with pytest.raises(StoreMissingError, match="init"):
        Store(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_a_text_file_is_not_a_store(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear customer, " * 100)
    with pytest.raises(StoreDamagedError, match=r"letter\.txt is not a Workbench store"):
        Store(path)
    assert path.read_text() == "Dear customer, " * 100


@pytest.mark.parametrize("read_only", [False, True])
def test_a_database_of_another_program_is_refused_and_untouched(tmp_path, read_only):
    path = tmp_path / "firefox.db"
    plain = engine.sqlite.connect(path)
    plain.execute("CREATE TABLE bookmarks (url TEXT)")
    plain.close()
    before = path.read_bytes()
    with pytest.raises(StoreDamagedError, match="not a Workbench store"):
        Store(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_store_is_refused_with_exit_code_7(bench, read_only):
    bench.store.close()
    with raw(bench.path) as db:
        db.run("PRAGMA user_version = 99")
    with pytest.raises(StoreTooNewError, match="update the program") as refused:
        Store(bench.path, read_only=read_only)
    assert refused.value.exit_code == 7


def test_a_store_that_was_never_finished_is_said_to_be_so(tmp_path):
    path = tmp_path / "half.db"
    connect(path, create=True).connection.close()
    with pytest.raises(StoreDamagedError, match="never finished"):
        Store(path)


def test_init_never_touches_a_file_that_is_there(tmp_path, clock):
    path = tmp_path / "there"
    path.write_text("precious")
    with pytest.raises(RefusedError, match="exists already"):
        create(path, code="A", policy="default", text=policy.load("default")[1], at=clock(), by="x")
    assert path.read_text() == "precious"


@pytest.mark.parametrize("name", ["a b.db", "50%.db", "who?.db", "#1.db", "数据.db", "x&mode=ro.db"])
def test_any_file_name_can_hold_a_store(tmp_path, clock, name):
    path = tmp_path / name
    create(path, code="A", policy="default", text=policy.load("default")[1], at=clock(), by="x")
    Store(path).close()
    assert path.stat().st_size > 0
    assert [each.name for each in tmp_path.iterdir() if not each.name.startswith(name)] == []


# ---------------------------------------------------------------- errors


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
        reader.act("note", case.case_id, {"text": "x"})
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
from storage.create import create
from storage.store import Store
from workbench import clock, policy
from workbench.actions import Desk
from workbench.domain.errors import StoreFullError
path = Path(sys.argv[1])
create(path, code="A", policy="default", text=policy.load("default")[1], at=clock.now(), by="x")
desk = Desk(Store(path), "li", clock.now)
case = desk.record({"text": "漏水"})
filler = path.with_name("filler")
acked = 1
try:
    for n in range(5000):
        desk.act("note", case.case_id, {"text": "x" * 3000})
        acked += 1
except StoreFullError as why:
    print("full", acked, desk.case(case.case_id).version)
filler.unlink()
for n in range(5):
    acked = desk.act("note", case.case_id, {"text": "room again"}).version
print("on", acked)
from storage.check import check
print(check(desk.store, desk.rules_in).problems)
"""


def test_on_a_disk_that_runs_full_every_acknowledged_act_stays_and_writing_resumes(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(small)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small file system")
    try:
        (small / "filler").write_bytes(b"x" * 900_000)
        command = [sys.executable, "-c", WRITE_UNTIL_FULL, str(small / "s.db")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        first, then, problems, _ = done.stdout.split("\n")
    finally:
        subprocess.run(["umount", str(small)], check=True)
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
from storage.create import create
from storage.store import Store
from workbench import clock, policy
from workbench.actions import Desk
from workbench.domain.errors import StoreError
warm = Path(sys.argv[3])  # what is imported late has to be imported before the rights are gone
create(warm, code="A", policy="default", text=policy.load("default")[1], at=clock.now(), by="x")
desk = Desk(Store(warm), "li", clock.now)
desk.act("note", desk.record({"text": "x"}).case_id, {"text": "x"})
desk.store.close()
os.setgid(65534); os.setuid(65534)
try:
    desk = Desk(Store(Path(sys.argv[1])), "li", clock.now)
    desk.act("note", int(sys.argv[2]), {"text": "x"})
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
    create(path, code="A", policy="default", text=policy.load("default")[1], at=clock(), by="x")
    store = Store(path)
    case = Desk(store, "mei", clock).record({"text": "漏水"})
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
    command = [sys.executable, "-c", AS_NOBODY, str(path), str(case.case_id), str(tmp_path / "warm.db")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("StoreReadOnlyError"), done.stdout + done.stderr
    store = Store(path)
    assert Desk(store, "mei", clock).case(case.case_id).version == 1
    store.close()


def test_errors_of_the_program_itself_are_not_dressed_up(bench):
    with bench.store.reading() as db, pytest.raises(engine.sqlite.OperationalError):
        Db.all(db, "SELECT nothing FROM nowhere")
