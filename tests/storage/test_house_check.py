"""Whoever changes a list of the house by hand is seen: by the house log, or by a seal kept elsewhere."""

import json
from datetime import date, timedelta

import pytest
from storage_support import raw, rehash, reseal

from storage import settings, warnings
from storage.check import check
from storage.surges import Pair
from workbench.domain.campaigns import Contact
from workbench.setup import campaign_calls, campaigns, people, units
from workbench.watch import warnings as decisions


@pytest.fixture
def furnished(bench):
    """A house with staff, a tree, a calendar day, a campaign that was called, a wave and early warnings."""
    for name, role in (("mei", "head-office"), ("bo", "handler"), ("li", "handler")):
        people.add_person(bench.desk(), name, {"role": role})
    people.set_away(bench.desk(), "bo", {"substitute": "li", "until": "+2d"})
    people.remove_person(bench.desk(), "li")
    units.add_site(bench.desk(), "金色家园")
    units.add_site(bench.desk(), "旧园")
    units.remove_unit(bench.desk(), "旧园")
    units.add_unit(bench.desk(), "客服部", {"tier": "department"})
    site_id, now = bench.store.site_id, bench.clock()
    bench.store.write(
        lambda db: settings.set_calendar_day(
            db, site_id, "work", date(2026, 12, 1), False, "盘点", now, "mei"
        )
    )
    _campaign(bench, site_id, now)
    _warnings(bench, site_id)
    bench.record(site="金色家园")
    return bench


def _campaign(bench, site_id, now):
    def write(db):
        made = campaigns.begin(bench.desk(), db, "回访", "goodwill", None)
        people = [Contact(n, f"1380013800{n}", "王芳", f"1380013800{n}", "金色家园", "1-1") for n in (1, 2)]
        campaigns.stored.add_contacts(db, site_id, made.no, people, now, "mei")
        campaigns.stored.set_consent(db, site_id, made.no, [(2, False)], now, "mei")

    bench.store.write(write)
    campaign_calls.call(bench.desk(), "回访", 1, {"reached": "yes", "csi": "5", "text": "都好"})
    campaigns.close(bench.desk(), "回访")


def _warnings(bench, site_id):
    pair = Pair("金色家园", "other")
    fact = json.dumps({"days": 7, "count": 9, "before": 1, "span": 28})
    bench.store.write(
        lambda db: [
            warnings.add_surge(db, site_id, pair, date(2026, 11, 20), 7, fact, "2026-11-20T00:00:00.000000Z"),
            warnings.decide(db, site_id, 1, "accepted", bench.clock(), "mei", "查", owner="bo"),
            warnings.answer(db, site_id, 1, bench.clock(), "bo", "水泵换了"),
        ]
    )
    first = bench.clock().date()
    number = decisions.plan(bench.desk(), "金色家园", "", first, first + timedelta(days=9), "交付")
    decisions.plan(bench.desk(), "金色家园", "", first, first + timedelta(days=9), "交付二")
    decisions.unplan(bench.desk(), number)


def said(bench, seal=None):
    found = check(bench.store, bench.desk().rules_in, seal).problems
    return [str(each.what) for each in found if "cannot be read" not in str(each.what)]


def test_a_house_in_which_everything_happened_is_what_its_log_tells(furnished):
    assert said(furnished) == []


LOG = "DELETE FROM event WHERE case_id = 0 AND seq = (SELECT max(seq) FROM event WHERE act = '{}')"
BY_HAND = {
    "a role raised": ("UPDATE staff SET role = 'head-office' WHERE name = 'bo'", "Staff: bo is not"),
    "somebody back on the list": ("UPDATE staff SET active = 1 WHERE name = 'li'", "Staff: li is not"),
    "a substitute": ("UPDATE staff SET substitute = 'mei' WHERE name = 'bo'", "Staff: bo is not"),
    "staff added": (
        "INSERT INTO staff (site_id, name, role, active, unit, post, substitute)"
        " SELECT site_id, 'eve', 'head-office', 1, '', '', '' FROM staff LIMIT 1", "does not know eve"),
    "staff removed": ("DELETE FROM staff WHERE name = 'bo'", "Staff: bo is missing"),
    "a site removed": ("DELETE FROM site WHERE name = '金色家园'", "Units and sites: 金色家园 is missing"),
    "a site come back": (
        "INSERT INTO site SELECT site_id, '旧园', '' FROM site LIMIT 1", "does not know 旧园"),
    "a unit moved": ("UPDATE unit SET parent = '金色家园'", "Units and sites: 客服部 is not"),
    "the text of a policy": ("UPDATE policy SET text = text || '# '", "Policies: 1 is not"),
    "the author of a policy": ("UPDATE policy SET actor = 'eve'", "Policies: 1 is not"),
    "the time of a policy": ("UPDATE policy SET at = '2026-01-01T00:00:00.000000Z'", "Policies: 1 is not"),
    "the grammar of a policy": ("UPDATE policy SET grammar = 1", "Policies: 1 is not"),
    "a calendar day": ("UPDATE calendar_day SET works = 1", "Calendar days: work/2026-12-01 is not"),
    "a calendar day gone": ("DELETE FROM calendar_day", "Calendar days: work/2026-12-01 is missing"),
    "a counter set back": ("UPDATE counter SET last = last - 1", "Numbers of the day"),
    "a counter gone": ("DELETE FROM counter", "Numbers of the day"),
    "the code of the store": ("UPDATE setting SET value = 'B' WHERE key = 'code'", "Settings: code is not"),
    "a wave": ("UPDATE wave SET until = '2027-01-01T00:00:00.000000Z' WHERE wave = 2", "Planned waves: 2 is not"),
    "a wave taken back": ("UPDATE wave SET withdrawn_at = at, withdrawn_by = actor", "Planned waves: 2 is not"),
    "a decision on a warning": ("UPDATE warning SET state = 'dismissed'", "Early warnings of places: 1 is not"),
    "an answer to a warning": ("UPDATE warning SET answer = 'x'", "Early warnings of places: 1 is not"),
    "a warning gone": ("DELETE FROM warning", "Early warnings of places: 1 is missing"),
    "the end of a campaign": ("UPDATE campaign SET closed_by = 'eve'", "Campaigns: 1 is not"),
    "a customer of a campaign": (
        "UPDATE campaign_contact SET customer = '李' WHERE contact = 2", "Customers of campaigns: 1/2 is not"),
    "consent given": (
        "UPDATE campaign_contact SET consent = 1 WHERE contact = 2", "Consent to be called: 1/2 is not"),
    "what a call brought": ("UPDATE campaign_call SET csi = 1", "Calls of campaigns: 1/1/1 is not"),
    "the words of a call": ("UPDATE campaign_call SET text = 'x'", "Calls of campaigns: 1/1/1 is not"),
}  # fmt: skip


@pytest.mark.parametrize("what", BY_HAND)
def test_a_list_that_was_changed_by_hand_is_seen_and_named(furnished, what):
    sql, expected = BY_HAND[what]
    with raw(furnished.path) as db:
        assert db.run(sql) > 0
    assert any(expected in each for each in said(furnished)), said(furnished)


@pytest.mark.parametrize("act", ["staff remove", "policy use", "calendar set", "wave plan", "campaign call"])
def test_a_row_taken_out_of_the_log_is_seen_though_the_chain_was_made_anew(furnished, act):
    with raw(furnished.path) as db:
        seq = db.value("SELECT max(seq) FROM event WHERE act = ?", (act,))
        no = db.value("SELECT event_no FROM event WHERE case_id = 0 AND seq = ?", (seq,))
        db.run("DELETE FROM event WHERE event_no = ?", (no,))
        db.run("UPDATE event SET seq = -(seq - 1) WHERE case_id = 0 AND seq > ?", (seq,))
        db.run("UPDATE event SET seq = -seq WHERE seq < 0")
        rehash(db, furnished.store.site_id, 0)
    assert any("entries are missing" in each for each in said(furnished))
    assert len(said(furnished)) > 1  # the list beside tells as well


def in_log(db, act, old, new):
    assert db.run(
        "UPDATE event SET data = replace(data, ?, ?) WHERE case_id = 0 AND act = ?", (old, new, act)
    )


def role(db):
    db.run("UPDATE staff SET role = 'head-office'")
    db.run("UPDATE event SET data = replace(data, 'handler', 'head-office') WHERE case_id = 0")


def added(db):
    db.run("UPDATE staff SET name = 'eve' WHERE name = 'li'")
    db.run("UPDATE staff SET substitute = 'eve' WHERE substitute = 'li'")
    db.run("UPDATE event SET data = replace(data, '\"li\"', '\"eve\"') WHERE case_id = 0")


def row_gone(db):
    no, seq = db.one("SELECT event_no, seq FROM event WHERE act = 'calendar set'")
    db.run("DELETE FROM calendar_day")
    db.run("DELETE FROM event WHERE event_no = ?", (no,))
    for column, place in (("event_no", no), ("seq", seq)):
        of = "case_id = 0 AND " if column == "seq" else ""
        db.run(f"UPDATE event SET {column} = -({column} - 1) WHERE {of}{column} > ?", (place,))
        db.run(f"UPDATE event SET {column} = -{column} WHERE {column} < 0")


def policy_text(db):
    text = db.value("SELECT text FROM policy")
    db.run("UPDATE policy SET text = ?", (text + "# ",))
    in_log(db, "policy use", settings.text_digest(text), settings.text_digest(text + "# "))


def policy_author(db):
    db.run("UPDATE policy SET actor = 'eve'")
    db.run("UPDATE event SET actor = 'eve' WHERE act = 'policy use'")


def day(db):
    db.run("UPDATE calendar_day SET works = 1")
    in_log(db, "calendar set", '"works":false', '"works":true')


def site(db):
    db.run("UPDATE site SET name = '别处' WHERE name = '金色家园'")
    in_log(db, "sites add", "金色家园", "别处")


def call(db):
    db.run("UPDATE campaign_call SET csi = 1")
    in_log(db, "campaign call", '"csi":5', '"csi":1')


@pytest.mark.parametrize("forge", [role, added, row_gone, policy_text, policy_author, day, site, call])
def test_list_and_log_forged_alike_with_all_chains_made_anew_are_seen_by_the_seal_kept_elsewhere(
    furnished, forge
):
    seal = check(furnished.store, None).seal
    with raw(furnished.path) as db:
        forge(db)
        rehash(db, furnished.store.site_id, 0)
        reseal(db)
    alone = [each for each in said(furnished) if "words" not in each and "search" not in each.lower()]
    assert alone == []  # the file alone cannot show it
    assert any("seal" in each for each in said(furnished, seal))


def test_a_log_entry_that_tells_nothing_is_named_and_ends_no_check(furnished):
    with raw(furnished.path) as db:
        db.run("UPDATE event SET data = '{}' WHERE act = 'campaign begin'")
        rehash(db, furnished.store.site_id, 0)
    assert any("The house log cannot be replayed: KeyError" in each for each in said(furnished))
