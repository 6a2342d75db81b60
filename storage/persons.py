"""What a store holds of one person, by the phone; and taking it out, of entries, rows and search alike.

Numbers, times, acts and persons of the staff stay: an entry keeps its place in the chain, and what is left of
it is folded like any other.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from storage import campaigns, cases, check_before, check_erased, clocks, duties, events, search
from storage.engine import Db, at_risk, connect
from storage.store import Store
from workbench.domain.cases import Event
from workbench.domain.erasing import ERASED
from workbench.domain.errors import StoreBusyError
from workbench.domain.history import fold
from workbench.domain.policies import Rules
from workbench.domain.text import narrow, phone_key
from workbench.domain.times import stamp

OF_PHONE = """
    SELECT case_id, number, status, phone FROM cases WHERE site_id = ? AND phone <> '' ORDER BY case_id
"""
DONE_BEFORE = """
    SELECT case_id, number, status FROM cases
     WHERE site_id = ? AND status = 'done' AND kind = ? AND done_at < ? AND text <> ?
       AND restricted_at IS NULL ORDER BY case_id
"""
WITH_WORDS = "SELECT case_id, seq, data FROM event WHERE site_id = ? AND case_id > 0 AND data IS NOT NULL"
CONTACTS = "SELECT campaign, contact, phone FROM campaign_contact WHERE site_id = ? AND phone <> ''"
LEAVE = """
    UPDATE event SET data = ?, salt = NULL, digest = coalesce(digest, ?)
     WHERE site_id = ? AND case_id = ? AND seq = ?
"""
BEFORE = f"{check_before.ENTRIES.partition('WHERE')[0]} WHERE site_id = ? AND case_id = ? AND seq = ?"
WARNINGS = """
    UPDATE warning SET reason = CASE WHEN reason <> '' THEN ? ELSE reason END,
                       answer = CASE WHEN answer <> '' THEN ? ELSE answer END
     WHERE site_id = ? AND case_id = ?
"""
CONTACT = """
    UPDATE campaign_contact SET identity = ?, customer = ?, phone = '', unit = ''
     WHERE site_id = ? AND campaign = ? AND contact = ?
"""
CALLS = """
    UPDATE campaign_call SET text = ? WHERE site_id = ? AND campaign = ? AND contact = ? AND text <> ''
"""


class OfPerson(NamedTuple):
    """A case of a person."""

    key: int
    number: str
    status: str


class Erased(NamedTuple):
    """What an erasure has to name in the house log: what is left of entries, and digests of before."""

    entries: dict[str, dict[str, str | None]]
    inner: dict[str, str]


def cases_of(db: Db, site_id: int, key: str) -> list[OfPerson]:
    """Return the cases of a phone (``phone_key``), the oldest first."""
    return [OfPerson(*row) for *row, phone in db.stream(OF_PHONE, (site_id,)) if is_of(phone, key)]


def done_before(db: Db, site_id: int, kind: str, until: datetime) -> list[OfPerson]:
    """Return the cases of a kind that were done before ``until`` (UTC), and of which words are left."""
    return [OfPerson(*row) for row in db.all(DONE_BEFORE, (site_id, kind, stamp(until), ERASED))]


def contacts_of(db: Db, site_id: int, key: str) -> list[tuple[int, int]]:
    """Return campaign and number of every contact with a phone."""
    found = db.all(CONTACTS, (site_id,))
    return [(campaign, contact) for campaign, contact, phone in found if is_of(phone, key)]


def is_of(phone: str, key: str) -> bool:
    """Say whether a phone is that of ``key``, also where it was typed in a way that is taken for another."""
    return phone_key(phone) == key or bool(pattern(key).search(narrow(phone)))


@cache
def pattern(key: str) -> re.Pattern[str]:
    """Return what finds a phone in narrow text in every form in which it is written."""
    return re.compile(r"(?<!\d)(?:(?:\+|00)?86\W{0,2})?" + r"[\W_]{0,3}".join(key) + r"(?!\d)")


def mentions(db: Db, site_id: int, key: str) -> dict[int, list[int]]:
    """Return the entries of any case whose words hold the phone, by case."""
    wanted, found = pattern(key), dict[int, list[int]]()
    for case_id, seq, data in db.stream(WITH_WORDS, (site_id,)):
        if wanted.search(narrow(data)):
            found.setdefault(case_id, []).append(seq)
    return found


def erase_entries(
    db: Db, site_id: int, case_id: int, timeline: Sequence[Event], left: Mapping[int, Mapping[str, Any]]
) -> Erased:
    """Leave of the entries of ``timeline`` only what ``left`` says, by their places.

    An entry that was erased before, or of which all stays, is not touched.
    """
    entries, inner = dict[str, str | None](), dict[str, str]()
    known = check_before.before(db, site_id).entries
    for event in timeline:
        if event.seq not in left or left[event.seq] == event.data:
            continue
        row = db.one(BEFORE, (site_id, case_id, event.seq))
        if row and row[0] <= known and row[9] is not None:
            inner[str(row[0])] = check_before.inner_digest(row).hex()
        data = events.packed(left[event.seq])
        digest = events.digest_of(row[9], row[8]) if row and row[9] is not None else None
        db.run(LEAVE, (data, digest, site_id, case_id, event.seq))
        if row:
            search.change(db, row[0], search.words_of(event.act, row[8]), search.words_of(event.act, data))
        entries[str(event.seq)] = check_erased.left_digest(data)
    return Erased({str(case_id): entries} if entries else {}, inner)


def tell_again(db: Db, site_id: int, case_id: int, rules: Rules) -> None:
    """Store row, duties and clocks of a case anew from what is left of its timeline."""
    timeline = events.of_case(db, site_id, case_id)
    case = fold(site_id, case_id, timeline, rules)
    cases.retell(db, case, rules)
    clocks.rewrite(db, case, rules)
    for table in ("duty", "notice"):
        db.run(f"DELETE FROM {table} WHERE site_id = ? AND case_id = ?", (site_id, case_id))  # noqa: S608
    duties.add(db, case)
    db.run(WARNINGS, (ERASED, ERASED, site_id, case_id))


def erase_contact(db: Db, site_id: int, campaign: int, contact: int) -> None:
    """Take the customer out of a contact of a campaign, and the words out of the calls."""
    db.run(CONTACT, (f"erased/{contact}", ERASED, site_id, campaign, contact))
    db.run(CALLS, (ERASED, site_id, campaign, contact))


def of_contact(event: Event) -> dict[str, Any]:
    """Return what is left of an entry of the house log about a contact: the same as of its row."""
    if "identity" in event.data:
        gone = {"identity": f"erased/{event.data['contact']}", "customer": ERASED, "phone": "", "unit": ""}
        return {**event.data, **gone}
    return {**event.data, "text": ERASED if event.data.get("text") else ""}


def scrub(store: Store) -> bool:
    """Write the file anew, so that nothing of what was erased is left in pages that are free.

    Returns:
        False where others keep the file from it; what is erased is out of every table all the same.
    """
    with closing(connect(store.path).connection) as connection:
        db = Db(connection, store.path)
        try:
            db.run("INSERT INTO search_token (search_token) VALUES ('optimize')")
            db.run("VACUUM")
            if at_risk(db):  # a checkpoint may lose commits of others there
                return False
            return bool((db.one("PRAGMA wal_checkpoint(TRUNCATE)") or (1,))[0] == 0)
        except StoreBusyError:
            return False


def nobody_calls(db: Db, site_id: int, campaign: int, contact: int, at: datetime, by: str) -> None:
    """Store that a contact is not to be called any more."""
    campaigns.set_consent(db, site_id, campaign, [(contact, False)], at, by)
