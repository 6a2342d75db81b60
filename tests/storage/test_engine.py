"""Which library, how a connection is set up, and what its errors mean to a person."""

import pytest
from processes import python, run
from storage_support import raw

from storage import engine
from storage.create import create
from storage.engine import connect, has_wal_reset_bug
from storage.store import Store
from workbench.domain.errors import (
    RefusedError,
    StoreDamagedError,
    StoreMissingError,
    StoreTooNewError,
)
from workbench.policy import loading


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
    return run(python("import sys\nsys.modules['pysqlite3'] = None\n" + code, *arguments))


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
from workbench import clock
from workbench.actions import doing
from workbench.policy import loading
from workbench.desk import Desk
path = Path(sys.argv[1])
create(path, code="A", policy="default", text=loading.load("default")[1], at=clock.now(), by="x")
desk = Desk(Store(path), "li", clock.now)
case = doing.record(desk, {"text": "漏水"})
doing.do(desk, "note", case.case_id, {"text": "x"})
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
        create(path, code="A", policy="default", text=loading.load("default")[1], at=clock(), by="x")
    assert path.read_text() == "precious"


@pytest.mark.parametrize("name", ["a b.db", "50%.db", "who?.db", "#1.db", "数据.db", "x&mode=ro.db"])
def test_any_file_name_can_hold_a_store(tmp_path, clock, name):
    path = tmp_path / name
    create(path, code="A", policy="default", text=loading.load("default")[1], at=clock(), by="x")
    Store(path).close()
    assert path.stat().st_size > 0
    assert [each.name for each in tmp_path.iterdir() if not each.name.startswith(name)] == []


@pytest.mark.parametrize("value", [None, b"", b"\x00\xff", "", "漏水", 0, -1, 1 << 62, 0.5])
def test_a_value_comes_back_as_it_went_in_without_being_asked_what_it_is(value):
    db = engine.scratch()
    stored = db.value("SELECT ?", (value,))
    assert (type(stored), stored) == (type(value), value)
    if value is None or isinstance(value, bytes):  # the others are never asked
        assert engine.sqlite.adapt(value) == value
    db.connection.close()


def test_of_a_value_that_nothing_is_said_about_it_is_asked():
    """The positive control: ``adapt`` refuses what it does not know."""
    with pytest.raises(engine.Error, match="adapt"):
        engine.sqlite.adapt(frozenset())
