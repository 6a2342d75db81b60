"""Schema changes: each in one transaction with the record of having run."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from desks import NOON, Clock
from msgspec.structs import replace
from storage_support import raw, rehash

from storage import house, migrate, migrate_2, migrate_6, search
from storage.check import check
from storage.engine import connect
from storage.store import Store
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import StoreError, StoreReadOnlyError
from workbench.watch.sweep import sweep

NEXT = migrate.VERSION + 1


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
    monkeypatch.setattr(migrate, "VERSION", NEXT)
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
    def m999_adds_a_table(database):
        ran.append(1)
        database.execute("CREATE TABLE more (x TEXT)")
        database.execute(f"PRAGMA user_version = {NEXT}")

    monkeypatch.setattr(migrate, "VERSION", NEXT)
    monkeypatch.setattr(migrate, "migrations", lambda: steps)
    Store(bench.path).close()
    Store(bench.path).close()
    assert ran == [1]
    assert ("table", "more") in {row[:2] for row in schema(bench.path)}


def test_opening_for_reading_migrates_nothing(bench, monkeypatch):
    bench.store.close()
    before = schema(bench.path)
    monkeypatch.setattr(migrate, "VERSION", NEXT)
    with pytest.raises(StoreReadOnlyError):
        Store(bench.path, read_only=True)
    assert schema(bench.path) == before


# ---------------------------------------------------------------- from schema 1, as a store of it was left


@pytest.fixture
def first_schema(tmp_path):
    """A store that the program of schema 1 made: promises open, kept and undone, a pause, a sweep, staff."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "schema_1.db.gz").read_bytes()))
    return path


@pytest.fixture
def second_schema(tmp_path):
    """A store that the program of schema 2 made: what ``a_full_store`` brings about."""
    path = tmp_path / "second.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "schema_2.db.gz").read_bytes()))
    return path


@pytest.fixture
def third_schema(tmp_path):
    """A store that the program of schema 3 made: ``a_full_store``, a staff list, sites, a calendar day."""
    path = tmp_path / "third.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "schema_3.db.gz").read_bytes()))
    return path


@pytest.fixture
def fourth_schema(tmp_path):
    """A store that the program of schema 4 made: ``a_full_store``, a staff list, sites, a calendar day."""
    path = tmp_path / "fourth.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "schema_4.db.gz").read_bytes()))
    return path


@pytest.fixture
def fifth_schema(tmp_path):
    """A store that the program of schema 5 made: ``a_full_store``, names that were amended, one without tokens."""
    path = tmp_path / "fifth.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "schema_5.db.gz").read_bytes()))
    return path


def desk_on(path):
    """Return a desk that goes on by the machine's own clock, as the entries count that were brought here."""
    return Desk(Store(path), "mei", Clock(NOON + timedelta(hours=5)), uptime=lambda: None)


def test_a_store_of_the_first_schema_is_what_its_timelines_say_after_the_upgrade(first_schema):
    desk = desk_on(first_schema)
    assert check(desk.store, desk.rules_in).problems == []
    with desk.store.reading() as db:
        found = db.all("SELECT case_id, duty, owner, state FROM duty WHERE kind = 'promise' ORDER BY 1, 2")
        assert [(owner, state) for _, _, owner, state in found] == [
            ("bo", "kept"), ("mei", "open"), ("mei", "open"), ("mei", "open"),
        ]  # fmt: skip
        assert db.value("SELECT count(*) FROM cases WHERE next_clock = 'promise'") == 2  # paused; closed
        assert db.value("SELECT count(*) FROM search_token WHERE search_token MATCH '\"漏雨\"'") == 1
    desk.store.close()


def test_an_upgraded_store_is_the_same_to_the_letter_as_a_new_one(first_schema, bench):
    Store(first_schema).close()
    Store(first_schema).close()
    assert {row for row in schema(first_schema) if row[2]} == {row for row in schema(bench.path) if row[2]}


def test_a_store_of_the_second_schema_is_what_its_timelines_say_and_the_same_as_a_new_one(
    second_schema, bench
):
    desk = desk_on(second_schema)
    assert check(desk.store, desk.rules_in).problems == []
    desk.store.close()
    assert {row for row in schema(second_schema) if row[2]} == {row for row in schema(bench.path) if row[2]}


def test_a_store_of_the_third_schema_is_what_its_timelines_say_and_the_same_as_a_new_one(third_schema, bench):
    desk = desk_on(third_schema)
    assert check(desk.store, desk.rules_in).problems == []
    desk.store.close()
    assert {row for row in schema(third_schema) if row[2]} == {row for row in schema(bench.path) if row[2]}


def test_a_store_of_the_fourth_schema_is_what_its_timelines_say_and_the_same_as_a_new_one(
    fourth_schema, bench
):
    with raw(fourth_schema) as db:
        entries = db.all("SELECT event_no, hash FROM event ORDER BY event_no")
    desk = desk_on(fourth_schema)
    assert check(desk.store, desk.rules_in).problems == []
    with desk.store.reading() as db:
        assert db.all("SELECT event_no, hash FROM event ORDER BY event_no") == entries
    desk.store.close()
    assert {row for row in schema(fourth_schema) if row[2]} == {row for row in schema(bench.path) if row[2]}


BY_INITIALS = {
    "sl": "沈岚",
    "zs": "曾单",
    "bsw": "沈岚",
    "wf": "王芳",
    "oynn": "欧阳娜娜",
    "cqcl": None,
    "abc": "Anna",
}


def test_a_store_of_the_fifth_schema_finds_names_by_their_initials_after_the_upgrade(fifth_schema, bench):
    desk = desk_on(fifth_schema)
    assert check(desk.store, desk.rules_in).problems == []
    with desk.store.reading() as db:
        first = dict(
            db.all("SELECT case_id, json_extract(data, '$.customer') FROM event WHERE act = 'record'")
        )
        found = {
            typed: [first[key] for key in search.case_ids(db, desk.store.site_id, typed)]
            for typed in BY_INITIALS
        }
    named = {typed: [name] if name else [] for typed, name in BY_INITIALS.items()} | {"zs": ["沈岚"]}
    assert found == named
    desk.store.close()
    assert {row for row in schema(fifth_schema) if row[2]} == {row for row in schema(bench.path) if row[2]}


def test_what_is_taken_out_of_an_upgraded_index_leaves_nothing_behind(fifth_schema):
    desk = desk_on(fifth_schema)
    with desk.store.reading() as db:
        (key,) = search.case_ids(db, desk.store.site_id, "bsw")
    for _ in range(2):  # the amendment that is left, and what was done last
        doing.do(desk, "amend", key, {"customer": "吕布", "reason": "又错了"})
        doing.do(desk, "undo", key, {})
    assert check(desk.store, desk.rules_in).problems == []
    desk.store.close()


def test_an_index_without_the_initials_would_be_seen(fifth_schema, monkeypatch):
    """The control: the upgrade gives no initials."""
    monkeypatch.setattr(migrate_6, "runs", lambda name: ())
    desk = desk_on(fifth_schema)
    assert check(desk.store, desk.rules_in).problems
    desk.store.close()


def test_what_befell_the_house_before_it_had_a_timeline_stands_on_it(third_schema):
    desk = desk_on(third_schema)
    with desk.store.reading() as db:
        log = house.entries(db, desk.store.site_id)
    assert [entry.act for entry in log] == [
        "init", "policy use", *["staff add"] * 3, "staff remove", *["sites add"] * 2, *["calendar set"] * 2,
        "upgrade",
    ]  # fmt: skip
    told = log[-1].data
    assert (told["schema"], told["entries"], told["faults"]) == (4, 49, 0)
    assert log[0].data == {"site_id": desk.store.site_id, "code": desk.store.code}
    desk.store.close()


def test_a_seal_printed_before_the_chain_was_made_anew_still_fits_and_shows_what_was_altered(third_schema):
    with raw(third_schema) as db:
        seal = "40:" + db.value("SELECT seal FROM event WHERE event_no = 40")
    desk = desk_on(third_schema)
    assert check(desk.store, desk.rules_in, seal).problems == []
    with raw(third_schema) as db:
        case_id = db.value("SELECT case_id FROM event WHERE event_no = 7")
        db.run("UPDATE event SET actor = 'thief' WHERE event_no = 7")
        rehash(db, desk.store.site_id, case_id)
        db.connection.commit()
    found = [str(each.what) for each in check(desk.store, None, seal).problems]
    assert found == ["The first 40 entries are not those of the seal that was kept elsewhere."]
    desk.store.close()


def test_what_did_not_fit_before_the_chain_was_made_anew_is_told_for_ever(third_schema):
    """The new chain would hide it."""
    with raw(third_schema) as db:
        db.run("UPDATE event SET actor = 'thief' WHERE event_no = 7")
        db.connection.commit()
    desk = desk_on(third_schema)
    with desk.store.reading() as db:
        assert house.entries(db, desk.store.site_id)[-1].data["named"] == [7]
    assert "1 entries did not fit" in str(
        [str(each.what) for each in check(desk.store, desk.rules_in).problems]
    )
    desk.store.close()


def test_people_go_on_working_in_an_upgraded_store(first_schema):
    desk = desk_on(first_schema)
    with desk.store.reading() as db:
        (key,) = next(iter(db.all("SELECT case_id FROM cases WHERE customer = '王芳'")))
    desk.now.pass_(days=1)
    assert sweep(desk)["escalate"] >= 1
    assert sweep(desk) == {}
    doing.do(desk, "keep", key, {"id": "2", "broken": True})
    doing.do(desk, "dispatch", key, {"to": "bo"})
    case = doing.do(replace(desk, person="bo"), "accept", key, {})
    assert (case.handler, case.handoffs, case.promises[1].state) == ("bo", 1, "broken")
    assert check(desk.store, desk.rules_in).problems == []
    desk.store.close()


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(first_schema, monkeypatch):
    before = first_schema.read_bytes()
    monkeypatch.setattr(migrate_2, "NEXT_DUE", "UPDATE nonsense SET x = 1")
    with pytest.raises(StoreError):
        Store(first_schema)
    with raw(first_schema) as db:
        assert db.value("PRAGMA user_version") == 1
        assert db.value("SELECT count(*) FROM promise") == 4
    assert len(before) == len(first_schema.read_bytes())


def test_a_reader_does_not_upgrade_and_says_who_can(first_schema):
    with pytest.raises(StoreReadOnlyError, match="open it once without --read-only"):
        Store(first_schema, read_only=True)
