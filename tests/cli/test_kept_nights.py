"""``workbench summary`` keeps the page of a night; ``check`` verifies it, a backup takes it along."""

import sqlite3

import pytest

EVENING, MORNING = "2026-11-21 22:00", "2026-11-22 09:00"
DAY = ("--date", "2026-11-21")


@pytest.fixture
def night(wb, recorded):
    """A store in which the page of the first day was kept, and a case came to that day later."""
    assert wb("--now", EVENING, "summary").code == 0
    late = ("--text", "漏水", "--received", "2026-11-21 20:00")
    assert wb("--now", MORNING, "record", *late).code == 0
    return wb


def tamper(home, sql):
    with sqlite3.connect(home / "store.db") as db:
        db.execute(sql)
    db.close()


def problems(wb):
    return [each["what"] for each in wb("--now", MORNING, "--json", "check").json["problems"]]


def test_known_now_printed_and_corrections_stand_side_by_side(night):
    found = night("--now", MORNING, "--json", "summary", *DAY).json
    assert (found["received"], found["printed"]["received"]) == (2, 1)
    assert found["printed"]["seal"] != found["seal"]
    told = {each["figure"]: (each["from"], each["to"], each["why"]) for each in found["corrections"]}
    assert told["received"] == (1, 2, "recorded later")
    assert all(len(each["numbers"]) == 1 for each in found["corrections"])
    assert night("--now", MORNING, "--json", "summary").json["corrections"] == found["corrections"]


def test_who_only_reads_prints_the_same_and_keeps_nothing(wb, recorded):
    reading = wb("--now", EVENING, "--read-only", "--json", "summary")
    assert (reading.code, reading.err) == (0, "")
    wb("--now", MORNING, "record", "--text", "x", "--received", "2026-11-21 20:00")
    assert wb("--now", MORNING, "--json", "summary", *DAY).json["printed"] is None


def test_a_time_that_is_given_and_may_not_be_written_prints_and_says_so(wb, recorded, home):
    wb("--now", EVENING, "staff", "add", "mei", "--role", "head-office")
    wb("--now", EVENING, "staff", "add", "bo")
    tamper(home, "INSERT INTO setting SELECT site_id, 'clock', '{\"newest\": \"2026-11-21T04:00:00.000000Z\"}'"
                 " FROM setting WHERE key = 'code'")  # fmt: skip
    ended = wb("--as", "bo", "--now", EVENING, "--json", "summary")
    assert (ended.code, ended.json["received"]) == (0, 1)
    assert "This summary is printed, and not kept" in ended.err


def test_a_kept_night_is_verified_by_check(night, home):
    assert problems(night) == []
    tamper(home, "UPDATE night SET printed = replace(printed, '\"received\":1', '\"received\":2')")
    assert problems(night) == ["The kept summary of 2026-11-21 is not what was kept."]


def test_a_page_that_was_taken_out_is_missed(night, home):
    assert night("--now", MORNING, "summary").code == 0
    assert problems(night) == []
    tamper(home, "DELETE FROM night WHERE day = '2026-11-21'")
    assert problems(night) == ["A summary that was kept before that of 2026-11-22 is missing."]


def test_a_page_of_other_entries_is_seen_by_its_seal(night, home):
    from storage import nights

    with sqlite3.connect(home / "store.db") as db:
        (row,) = db.execute("SELECT day, made_at, actor, head - 1, printed, last FROM night")
        db.execute("UPDATE night SET head = ?, digest = ?", (row[3], nights.digest_of(row)))
    db.close()
    assert problems(night) == ["The entries are not those that the kept summary of 2026-11-21 was made of."]


def test_a_backup_takes_the_kept_nights_along(night, home, tmp_path):
    copy = tmp_path / "b.db"
    assert night("--now", MORNING, "backup", copy).code == 0
    printed = night("--db", copy, "--now", MORNING, "--json", "summary", *DAY).json["printed"]
    assert printed["received"] == 1
