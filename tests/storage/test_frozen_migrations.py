"""A migration speaks the SQL of its own day: what the tables became later is for later migrations."""

import gzip
from pathlib import Path

import pytest
from storage_support import raw

from storage import migrate, schema, schema_2
from storage.engine import connect

NEXT = migrate.VERSION + 1
LATER = "floor TEXT"


@pytest.fixture
def first_schema(tmp_path):
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "schema_1.db.gz").read_bytes()))
    return path


@pytest.fixture
def new_store(tmp_path):
    db = connect(tmp_path / "new.db", create=True)
    migrate.migrate(db)
    db.connection.close()
    return tmp_path / "new.db"


def later(tables):
    """The tables as a program has them that keeps one column more of each case."""
    return tuple(f"{sql[:-1]}, {LATER})" if sql.startswith("CREATE TABLE cases") else sql for sql in tables)


def steps_with_one_more():
    steps = migrate.migrations()

    @steps()
    def m999_one_column_more(database):
        if next(database.execute("PRAGMA user_version"))[0] < NEXT:
            database.execute(f"ALTER TABLE cases ADD COLUMN {LATER}")
            database.execute(f"PRAGMA user_version = {NEXT}")

    return steps


@pytest.fixture
def later_program(monkeypatch):
    """The program after this one: a column more in its tables, and the migration that adds it."""
    steps = steps_with_one_more()
    monkeypatch.setattr(schema, "TABLES", later(schema.TABLES))
    monkeypatch.setattr(migrate, "TABLES", schema.TABLES)
    monkeypatch.setattr(migrate, "VERSION", NEXT)
    monkeypatch.setattr(migrate, "migrations", lambda: steps)


def brought_up(path):
    db = connect(path)
    try:
        migrate.migrate(db)
    finally:
        db.connection.close()
    return written_schema(path)


def written_schema(path):
    with raw(path) as db:
        return {row for row in db.all("SELECT type, name, sql FROM sqlite_schema") if row[2]}


def test_today_a_store_of_the_first_schema_becomes_what_a_new_one_is(first_schema, new_store):
    assert brought_up(first_schema) == written_schema(new_store)


def test_a_column_that_is_added_later_comes_with_its_own_migration(later_program, first_schema, new_store):
    assert LATER in str(written_schema(new_store))
    assert brought_up(first_schema) == written_schema(new_store)
    with raw(first_schema) as db:
        assert db.value("SELECT count(*) FROM cases WHERE floor IS NULL") > 0


def test_a_migration_that_read_the_tables_of_today_would_break_the_way_up(
    later_program, first_schema, monkeypatch
):
    """The control: the column is there before the step that adds it."""
    monkeypatch.setattr(schema_2, "TABLES", later(schema_2.TABLES))
    with pytest.raises(Exception, match="duplicate column name: floor"):
        brought_up(first_schema)
