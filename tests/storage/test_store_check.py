"""The check finds every kind of tampering, and nothing on a store that is well."""

import pytest
from storage_support import raw, rehash, reseal

from storage import bulk, events, ids, search
from storage.check import check
from storage.engine import Db
from workbench.domain.cases import Event
from workbench.domain.errors import UsageError
from workbench.domain.history import fold
from workbench.domain.times import stamp
from workbench.domain.tokens import tokens

pytest_plugins = ["full_store"]


def problems(bench, seal=None):
    found = check(bench.store, bench.desk().rules_in, seal).as_dict()["problems"]
    return [(each["number"], each["seq"], each["what"]) for each in found]


def seal_of(bench):
    return check(bench.store, None).seal


def test_a_store_in_which_everything_happened_has_no_problem(full):
    report = check(full.store, full.desk().rules_in, seal_of(full))
    assert report.problems == []
    assert report.cases == 4
    with full.store.reading() as db:
        assert report.events + report.house == db.value("SELECT count(*) FROM event")


def test_an_empty_store_has_no_problem_and_its_seal_covers_what_the_house_has_written_down(bench):
    assert problems(bench) == []
    assert seal_of(bench).startswith("2:")
    assert problems(bench, "0:" + "0" * 64) == []


def test_a_seal_kept_from_an_earlier_day_still_fits_after_more_was_done(full):
    seal = seal_of(full)
    full.act(full.cases[0], "note", text="noch einer")
    assert problems(full, seal) == []


def test_words_that_are_gone_without_an_erasure_in_the_house_log_are_seen(full):
    case = full.cases[1]
    with raw(full.path) as db:
        db.run("UPDATE event SET data = NULL, salt = NULL WHERE case_id = ? AND seq = 1", (case.case_id,))
    report = check(full.store, full.desk().rules_in)
    assert report.erased == 1
    found = [(each.number, each.seq, str(each.what)) for each in report.problems]
    assert (case.number, 1, "What the entry held is gone, and no erasure names it.") in found


def test_cases_that_were_added_in_bulk_with_their_own_times_have_no_problem(bench):
    desk, now = bench.desk(), bench.clock()
    rules, site_id = desk.rules(), bench.store.site_id

    def add(db):
        new = []
        bulk.last_numbers(db, site_id, {"2026-11-21": 30})
        for n in range(30):
            case_id = ids.next_case_id(db, site_id, 0) + n
            number = ids.number("A", "2026-11-21", n + 1)
            data = {"text": "楼道灯坏了", "number": number, "policy": 1, "received_at": stamp(now), "clocks": {},
                    "source": "old", "external_id": str(n)}  # fmt: skip
            timeline = [Event(1, now, "import", "record", data)]
            timeline.append(Event(2, now, "import", "reply", {"text": "已转维修", "happened_at": stamp(now)}))
            new.append((fold(site_id, case_id, timeline, rules), timeline))
        bulk.add(db, new, rules, 0)

    bench.store.write(add)
    assert problems(bench) == []
    assert check(bench.store, None).cases == 30


EVENT = "(SELECT event_no FROM event WHERE act = '{}' ORDER BY event_no LIMIT 1)"
FIRST = "(SELECT min(case_id) FROM cases)"
TAMPERED = {
    "the words of an entry": (
        f"UPDATE event SET data = replace(data, '老李', '老王') WHERE event_no = {EVENT.format('note')}", "not what was written"),
    "who did it": (f"UPDATE event SET actor = 'boss' WHERE event_no = {EVENT.format('close')}", "not what was written"),
    "when it was done": (f"UPDATE event SET at = '2026-11-20T00:00:00.000000Z' WHERE event_no = {EVENT.format('reply')}", "not what was written"),
    "an entry in the middle is gone": (f"DELETE FROM event WHERE event_no = {EVENT.format('heard')}", "entries are missing"),
    "the salt alone is gone": (f"UPDATE event SET salt = NULL WHERE event_no = {EVENT.format('note')}", "not what was written"),
    "the digest of what an entry holds": (f"UPDATE event SET digest = hash WHERE event_no = {EVENT.format('note')}", "not what was written"),
    "the hash of an entry": (f"UPDATE event SET hash = zeroblob(32) WHERE event_no = {EVENT.format('note')}", "not what was written"),
    "the mark of a given time": (f"UPDATE event SET timed = NULL WHERE event_no = {EVENT.format('note')}", "not what was written"),
    "who stood in": (f"UPDATE event SET typed_by = 'boss' WHERE event_no = {EVENT.format('note')}", "not what was written"),
    "who changed a list": ("UPDATE event SET actor = 'boss' WHERE case_id = 0 AND seq = 1", "not what was written"),
    "an entry of the house is gone": ("DELETE FROM event WHERE case_id = 0 AND seq = 1", "entries are missing"),
    "two entries changed places": (
        f"UPDATE event SET seq = CASE seq WHEN 2 THEN 3 ELSE 2 END + 1000 WHERE case_id = {FIRST} AND seq IN (2, 3)", "stands where"),
    "a seal": ("UPDATE event SET seal = hash WHERE event_no = (SELECT max(event_no) FROM event WHERE seal IS NOT NULL)", "The seal of entry"),
    "a seal where none is kept": (f"UPDATE event SET seal = hash WHERE event_no = {EVENT.format('note')}", "The seal of entry"),
    "a seal is gone": ("UPDATE event SET seal = NULL WHERE seal IS NOT NULL", "The seal of entry"),
    "the state on the row": (f"UPDATE cases SET status = 'done' WHERE case_id = {FIRST}", "differs from its timeline: status"),
    "a phone on the row": (f"UPDATE cases SET phone = '1' WHERE case_id = {FIRST}", "phone"),
    "the due time that queues sort by": (f"UPDATE cases SET due_key = '9' WHERE case_id = {FIRST}", "due_key"),
    "the count of entries": ("UPDATE cases SET version = version + 1", "counts"),
    "the number": (f"UPDATE cases SET number = 'A261121-00014' WHERE case_id = {FIRST}", "check digit"),
    "the policy of the case is gone": ("DELETE FROM policy", "not in the store"),
    "a verdict on a clock row": ("UPDATE clock SET state = 'met' WHERE state <> 'met'", "clock rows"),
    "a clock is gone": ("DELETE FROM clock WHERE clock = 'callback' AND cycle = 1", "clock rows"),
    "a promise row": ("UPDATE duty SET state = 'kept'", "duty rows"),
    "a promise is gone": ("DELETE FROM duty WHERE state = 'open'", "duty rows"),
    "words for the search that an entry does not have": ("INSERT INTO search_doc (doc_id, site_id) SELECT event_no, site_id FROM event WHERE act = 'take'", "words for the search"),
    "words for the search of the house": ("INSERT INTO search_doc (doc_id, site_id) SELECT event_no, site_id FROM event WHERE event_no = 1", "belongs to no case"),
    "words for the search of no entry": ("INSERT INTO search_doc (doc_id, site_id) SELECT 9999, site_id FROM event WHERE event_no = 1", "belongs to no case"),
    "a search entry is gone": ("DELETE FROM search_doc WHERE doc_id = (SELECT min(doc_id) FROM search_doc)", "words for the search"),
    "a case row without its timeline": (f"DELETE FROM event WHERE case_id = {FIRST}", "its timeline has 0"),
    "a timeline without its case row": (f"DELETE FROM cases WHERE case_id = {FIRST}", "belongs to no case"),
    "rows of another store": ("UPDATE duty SET site_id = site_id + 1", "belong to another store"),
    "an index is gone": ("DROP INDEX queue_live", "no longer what it was made with"),
    "a trigger that lies": ("CREATE TRIGGER lies AFTER INSERT ON event BEGIN SELECT 1; END", "nobody put there"),
    "an act that nobody knows": (f"UPDATE event SET act = 'bribe' WHERE event_no = {EVENT.format('note')}", "cannot be replayed"),
    "data that is no JSON": (f"UPDATE event SET data = '{{' WHERE event_no = {EVENT.format('note')}", "cannot be replayed"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_found(full, what):
    sql, expected = TAMPERED[what]
    with raw(full.path) as db:
        assert db.run(sql) != 0 or sql.startswith(("DROP", "CREATE"))
    found = problems(full)
    assert any(expected in said for *_, said in found), found


@pytest.mark.parametrize("what", ["the words of an entry", "who did it"])
def test_the_case_and_the_entry_are_named(full, what):
    with raw(full.path) as db:
        db.run(TAMPERED[what][0])
    number, seq, _ = problems(full)[0]
    assert number == full.cases[0].number
    assert seq > 1


def remove_last_entry(db, bench):
    db.run("DELETE FROM event WHERE event_no = (SELECT max(event_no) FROM event)")


def remove_last_entry_and_mend_the_row(db, bench):
    bench.act(bench.cases[0], "note", text="kommt weg")
    bench.outside = seal_of(bench)
    row = db.one("SELECT case_id, event_no FROM event ORDER BY event_no DESC LIMIT 1")
    db.run("DELETE FROM event WHERE event_no = ?", (row[1],))
    search.drop(db, row[1], "kommt weg")
    db.run(
        "UPDATE cases SET version = version - 1,"
        " head = (SELECT hash FROM event WHERE case_id = :key ORDER BY seq DESC LIMIT 1) WHERE case_id = :key",
        {"key": row[0]},
    )


def remove_whole_newest_case(db, bench):
    bench.record(text="weg")
    bench.outside = seal_of(bench)
    case_id = db.value("SELECT max(case_id) FROM cases")
    entries = "SELECT event_no, act, data FROM event WHERE case_id = ?"
    for doc_id, act, data in db.all(entries, (case_id,)):
        search.drop(db, doc_id, search.words_of(act, data))
    for table in ("cases", "event", "clock", "duty", "notice"):
        db.run(f"DELETE FROM {table} WHERE case_id = ?", (case_id,))
    db.run("DELETE FROM counter WHERE day = (SELECT max(day) FROM counter)")


def forge_and_make_the_chain_anew(db, bench):
    case_id = bench.cases[0].case_id
    db.run("UPDATE event SET actor = 'somebody else' WHERE case_id = ? AND act = 'note'", (case_id,))
    rehash(db, bench.store.site_id, case_id)


def forge_and_reseal_only(db, bench):
    db.run("UPDATE event SET actor = 'x' WHERE act = 'note'")
    reseal(db)


@pytest.mark.parametrize(
    ("tamper", "seen_without_the_seal"),
    [
        (remove_last_entry, True),
        (remove_last_entry_and_mend_the_row, False),
        (remove_whole_newest_case, False),
        (forge_and_make_the_chain_anew, False),
        (forge_and_reseal_only, True),
    ],
)
def test_what_the_file_alone_cannot_show_is_shown_by_a_seal_kept_elsewhere(
    full, tamper, seen_without_the_seal
):
    full.outside = seal_of(full)
    with raw(full.path) as db:
        tamper(db, full)
    assert bool(problems(full)) == seen_without_the_seal
    if tamper is not forge_and_reseal_only:
        assert any("seal" in said or "entries" in said for *_, said in problems(full, full.outside))
    assert problems(full, full.outside)


def forge_without_seals(db, bench, event_no):
    """Make the chain of an entry's case anew, and leave the seals as they are."""
    kept = db.all("SELECT seal, event_no FROM event")
    db.run("UPDATE event SET actor = 'somebody else' WHERE event_no = ?", (event_no,))
    rehash(db, bench.store.site_id, db.value("SELECT case_id FROM event WHERE event_no = ?", (event_no,)))
    db.run_many("UPDATE event SET seal = ? WHERE event_no = ?", kept)


def test_a_seal_that_is_kept_covers_the_entries_before_it_and_one_kept_elsewhere_all(full):
    while True:
        full.act(full.cases[0], "note", text="danach")
        with raw(full.path) as db:
            newest = db.value("SELECT max(event_no) FROM event")
        if newest % events.SEAL_EVERY == 3:
            break
    outside = seal_of(full)
    for event_no, seen in ((newest - 3, True), (newest, False)):
        with raw(full.path) as db:
            before = db.all("SELECT actor, hash, seal, event_no FROM event")
            head = db.one("SELECT head, case_id FROM cases WHERE case_id = ?", (full.cases[0].case_id,))
            forge_without_seals(db, full, event_no)
        assert any("seal" in said for *_, said in problems(full)) is seen
        assert any("kept elsewhere" in said for *_, said in problems(full, outside))
        with raw(full.path) as db:
            db.run_many("UPDATE event SET actor = ?, hash = ?, seal = ? WHERE event_no = ?", before)
            db.run("UPDATE cases SET head = ? WHERE case_id = ?", head)
    assert problems(full, outside) == []


def token_row(db: Db, doc_id: int) -> str:
    return tokens(search.words_of(*db.one("SELECT act, data FROM event WHERE event_no = ?", (doc_id,))))


FIRST_DOC = 3  # behind what the house has written down when the store was made
DELETE_TOKENS = "INSERT INTO search_token (search_token, rowid, tokens) VALUES ('delete', ?, ?)"


def test_a_missing_search_token_is_found_and_named(full):
    with raw(full.path) as db:
        db.run(DELETE_TOKENS, (FIRST_DOC, token_row(db, FIRST_DOC)))
    assert (full.cases[0].number, 1, "The search index lacks the words of the entry.") in problems(full)


def test_other_words_in_the_search_index_are_found(full):
    with raw(full.path) as db:
        db.run(DELETE_TOKENS, (FIRST_DOC, token_row(db, FIRST_DOC)))
        db.run(
            "INSERT INTO search_token (rowid, tokens) VALUES (?, ?)",
            (
                FIRST_DOC,
                tokens("一切正常"),
            ),
        )
    assert (full.cases[0].number, 1, "The search index lacks the words of the entry.") in problems(full)


def test_words_in_the_search_index_that_no_text_has_are_found(full):
    with raw(full.path) as db:
        db.run("INSERT INTO search_token (rowid, tokens) VALUES (999, ?)", (tokens("谁也没说过"),))
    assert (None, None, "The search index has an entry 999 that is not there.") in problems(full)


def test_more_words_than_the_text_has_are_found_although_no_document_lacks_any(full):
    with raw(full.path) as db:
        words = token_row(db, FIRST_DOC)
        db.run(DELETE_TOKENS, (FIRST_DOC, words))
        db.run(
            "INSERT INTO search_token (rowid, tokens) VALUES (?, ?)",
            (
                FIRST_DOC,
                words + " " + tokens("多出来"),
            ),
        )
    assert (None, None, "The search index differs from the texts.") in problems(full)


@pytest.mark.parametrize("seal", ["", "12", "12:abc", "x:" + "0" * 64, "-1:" + "0" * 64])
def test_what_is_not_a_seal_is_refused_as_wrong_usage(bench, seal):
    with pytest.raises(UsageError) as refused:
        check(bench.store, None, seal)
    assert refused.value.option == "--seal"


def test_the_check_writes_nothing_and_runs_on_a_store_opened_for_reading(full):
    from storage.store import Store

    watch = full.store.watch()
    reader = Store(full.path, read_only=True)
    assert check(reader, full.desk().rules_in).problems == []
    reader.close()
    assert not watch.changed()
    watch.close()
