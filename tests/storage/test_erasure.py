"""A person is erased from every place, the evidence stays whole, and only a named erasure is lawful."""

import json

import pytest
from storage_support import raw, rehash, reseal

from storage import campaigns as stored
from storage import house
from storage.check import check
from workbench.domain.campaigns import Contact
from workbench.domain.erasing import ERASED
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.domain.house import ERASE
from workbench.setup import campaign_calls, campaigns, left_elsewhere, persons

pytest_plugins = ["full_store"]

PHONE = "138 0013 8000"  # of the first case
WORDS = (
    "13800138000",
    "138-0013-8000",
    "138/0013/8000",
    "王芳",
    "3-502",
    "厨房漏水",
    "又打来一次",
    "更换水管",
    "都好了谢谢",
)


@pytest.fixture
def told(full, monkeypatch, tmp_path):
    """The full store, its first case closed, the phone in a case of somebody else and in a campaign."""
    monkeypatch.setattr(left_elsewhere.config, "state_folder", lambda: tmp_path / "state")
    mine, other, *_ = full.cases
    full.act(mine, "close", outcome="修好了")
    full.act(other, "note", text="王芳 138-0013-8000 也来过")
    full.act(other, "note", text="楼下的灯也坏了")

    def write(db):
        made = campaigns.begin(full.desk(), db, "回访", "goodwill", None)
        people = [Contact(1, "13800138000", "王芳", "138/0013/8000", "金色家园", "3-502"),
                  Contact(2, "13900139000", "李雷", "13900139000", "金色家园", "1-1")]  # fmt: skip
        stored.add_contacts(db, full.store.site_id, made.no, people, full.clock(), "mei")

    full.store.write(write)
    campaign_calls.call(full.desk(), "回访", 1, {"reached": "yes", "csi": "5", "text": "都好了谢谢"})
    campaign_calls.call(full.desk(), "回访", 2, {"reached": "yes", "csi": "4", "text": "还可以"})
    return full


def said(bench, seal=None):
    return [str(each.what) for each in check(bench.store, bench.desk().rules_in, seal).problems]


def of_file(bench):
    files = (bench.path, bench.path.with_name(f"{bench.path.name}-wal"))
    return b"".join(each.read_bytes() for each in files if each.exists())


def test_no_word_of_an_erased_person_is_left_in_any_byte_of_the_store(told):
    told.store.close()
    before = of_file(told)
    assert all(word.encode() in before for word in WORDS)  # the control
    gone = persons.erase(told.desk(), PHONE, "本人要求")
    assert gone.scrubbed
    told.store.close()
    after = of_file(told)
    assert [word for word in WORDS if word.encode() in after] == []
    assert "李雷".encode() in after


def test_chain_and_an_older_seal_hold_after_an_erasure_and_the_check_counts_it(told):
    seal = check(told.store, None).seal
    gone = persons.erase(told.desk(), PHONE, "本人要求")
    report = check(told.store, told.desk().rules_in, seal)
    assert report.problems == []
    assert report.erased == gone.entries > 10
    assert (gone.cases, gone.mentioned) == ([told.cases[0].number], [told.cases[1].number])
    assert gone.contacts == 1


def test_what_counting_needs_is_the_same_after_an_erasure(told):
    before = told.now(told.cases[0])
    persons.erase(told.desk(), PHONE, "本人要求")
    after = told.now(told.cases[0])
    assert (after.text, after.customer, after.phone, after.unit) == (ERASED, ERASED, "", "")
    same = ("number", "kind", "category", "site", "claim", "mood", "severity", "status", "clocks", "handler",
            "received_at", "closed_at", "last_told_at", "csi", "version", "held", "hot", "returns")  # fmt: skip
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]


def test_of_the_case_of_somebody_else_only_what_names_the_phone_goes(told):
    persons.erase(told.desk(), PHONE, "本人要求")
    texts = [event.data.get("text") for event in told.desk().timeline(told.cases[1].case_id)]
    assert ERASED in texts
    assert "楼下的灯也坏了" in texts
    assert told.now(told.cases[1]).customer == "李雷"


def test_a_contact_of_a_campaign_is_erased_and_never_called_again_and_its_answers_count(told):
    persons.erase(told.desk(), PHONE, "本人要求")
    with told.store.reading() as db:
        contact = stored.contact(db, told.store.site_id, 1, 1)
        assert (contact.customer, contact.phone, contact.consent) == (ERASED, "", False)
        assert stored.tally(db, told.store.site_id, 1).csi_sum == 9


def test_every_case_of_the_phone_goes_in_whatever_form_it_was_written(told):
    second = told.record(phone="+86 138-0013-8000", customer="王女士", text="别的事")
    told.act(second, "close", outcome="好")
    gone = persons.erase(told.desk(), "0086 13800138000", "本人要求")
    assert gone.cases == [told.cases[0].number, second.number]


def test_drafts_with_the_phone_go_and_others_stay(told, tmp_path):
    folder = tmp_path / "state" / "drafts"
    folder.mkdir(parents=True)
    for name, text in (("a", "王芳 １３８ ００１３ ８０００"), ("b", "别人"), ("c", "x13800138000x")):
        (folder / f"{name}.json").write_text(json.dumps({"text": text}), "utf-8")
    assert persons.erase(told.desk(), PHONE, "本人要求").drafts == 2
    assert [each.name for each in folder.iterdir()] == ["b.json"]


def test_copies_beside_the_store_are_named(told):
    for name in ("full.db.before-restore-20261101T000000", "monday.bak", "notes.txt"):
        told.path.with_name(name).write_bytes(b"")
    named = persons.erase(told.desk(), PHONE, "本人要求").backups
    assert {"full.db.before-restore-20261101T000000", "monday.bak"} <= set(named)
    assert not {"notes.txt", told.path.name, f"{told.path.name}-wal"} & set(named)


@pytest.mark.parametrize(
    ("phone", "reason", "error"),
    [
        ("13800138000", " ", UsageError),
        ("13800138000", "他的号码 138 0013 8000", UsageError),
        ("123", "x", UsageError),
        ("王芳", "x", UsageError),
        ("13811112222", "x", NotFoundError),
        ("13800138001", "x", RefusedError),  # of an open case
    ],
)
def test_what_cannot_be_erased_is_refused_and_changes_nothing(told, phone, reason, error):
    seal = check(told.store, None).seal
    with pytest.raises(error):
        persons.erase(told.desk(), phone, reason)
    assert check(told.store, None).seal == seal


def test_an_erasure_stands_in_the_house_log_without_the_phone(told):
    persons.erase(told.desk(), PHONE, "本人要求")
    with told.store.reading() as db:
        (entry,) = house.entries(db, told.store.site_id, (ERASE,))
    assert entry.data["reason"] == "本人要求"
    assert "13800138000" not in json.dumps(entry.data)


FORGED = {
    "another remainder": "UPDATE event SET data = replace(data, '\"kind\":', '\"x\":') WHERE case_id = :key AND seq = 1",
    "more of it gone": "UPDATE event SET data = NULL WHERE case_id = :key AND seq = 2",
    "the time": "UPDATE event SET at = '2026-01-01T00:00:00.000000Z' WHERE case_id = :key AND seq = 2",
    "the person": "UPDATE event SET actor = 'eve' WHERE case_id = :key AND seq = 2",
    "the act": "UPDATE event SET act = 'note' WHERE case_id = :key AND seq = 2",
    "the erasure itself": "UPDATE event SET data = NULL, salt = NULL WHERE act = 'erase'",
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_an_erased_entry_cannot_be_altered_nor_its_erasure_taken_away(told, what):
    persons.erase(told.desk(), PHONE, "本人要求")
    with raw(told.path) as db:
        assert db.run(FORGED[what], {"key": told.cases[0].case_id} if ":key" in FORGED[what] else {})
    assert said(told) != []


def test_an_erasure_that_was_forged_into_the_log_is_seen_by_the_seal_kept_elsewhere(told):
    """Whoever adds an entry to the log leaves a longer log; whoever alters one breaks the kept seal."""
    persons.erase(told.desk(), PHONE, "本人要求")
    seal = check(told.store, None).seal
    case = told.cases[2]
    with raw(told.path) as db:
        data = json.loads(db.value("SELECT data FROM event WHERE act = 'erase'"))
        data["entries"][str(case.case_id)] = {"1": None}
        db.run("UPDATE event SET data = ? WHERE act = 'erase'", (json.dumps(data),))
        db.run("UPDATE event SET data = NULL, salt = NULL WHERE case_id = ? AND seq = 1", (case.case_id,))
        rehash(db, told.store.site_id, 0)
        reseal(db)
    assert said(told, seal) != []
