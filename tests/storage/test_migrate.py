"""Schema changes: each in one transaction with the record of having run."""

import pytest
from storage_support import raw

from storage import migrate
from storage.engine import connect
from storage.store import Store


class BrokenError(Exception):
    pass


def half_a_migration():
    steps = migrate.migrations()

    @steps()
    def m999_breaks_in_the_middle(database):
        database.execute("CREATE TABLE half (x TEXT)")
        database.execute("DROP INDEX queue_live")
        raise BrokenError

    return steps


def schema(path):
    with raw(path) as db:
        return set(db.all("SELECT type, name, sql FROM sqlite_schema"))


def test_a_migration_that_fails_midway_leaves_nothing_of_itself(bench, monkeypatch):
    bench.store.close()
    before = schema(bench.path)
    monkeypatch.setattr(migrate, "VERSION", 2)
    steps = half_a_migration()
    monkeypatch.setattr(migrate, "migrations", lambda: steps)
    with pytest.raises(BrokenError):
        Store(bench.path)
    assert schema(bench.path) == before
    monkeypatch.undo()
    Store(bench.path).close()


def test_a_first_migration_that_fails_leaves_an_empty_file(tmp_path, monkeypatch):
    path = tmp_path / "s.db"
    db = connect(path, create=True)
    monkeypatch.setattr(migrate, "TABLES", (*migrate.TABLES, "CREATE NONSENSE"))
    with pytest.raises(Exception, match="NONSENSE"):
        migrate.migrate(db)
    assert db.all("SELECT name FROM sqlite_schema WHERE name IN ('event', 'cases')") == []
    assert db.value("PRAGMA user_version") == 0
    db.connection.close()


def test_an_older_store_is_brought_up_to_date_and_only_once(bench, monkeypatch):
    bench.store.close()
    ran = []
    steps = migrate.migrations()

    @steps()
    def m002_adds_a_table(database):
        ran.append(1)
        database.execute("CREATE TABLE more (x TEXT)")
        database.execute("PRAGMA user_version = 2")

    monkeypatch.setattr(migrate, "VERSION", 2)
    monkeypatch.setattr(migrate, "migrations", lambda: steps)
    Store(bench.path).close()
    Store(bench.path).close()
    assert ran == [1]
    assert ("table", "more") in {row[:2] for row in schema(bench.path)}


def test_opening_for_reading_migrates_nothing(bench, monkeypatch):
    bench.store.close()
    before = schema(bench.path)
    monkeypatch.setattr(migrate, "VERSION", 2)
    Store(bench.path, read_only=True).close()
    assert schema(bench.path) == before
