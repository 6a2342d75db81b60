"""Campaigns: customers to be called, every call for ever, and what the calls make of a contact."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from storage import house
from storage.engine import Db, Row
from workbench.domain.campaigns import (
    AGAIN,
    NEW,
    PROMOTER_NPS,
    REACHED,
    UNHAPPY_CSI,
    UNHAPPY_MOOD,
    UNHAPPY_NPS,
    Campaign,
    Contact,
    Entry,
)
from workbench.domain.house import CAMPAIGN as CAMPAIGN_BEGUN
from workbench.domain.house import CAMPAIGN_CLOSE, CONSENT, CONTACTED
from workbench.domain.house import CONTACT as CONTACT_ADDED
from workbench.domain.times import stamp, unstamp

CAMPAIGN = "campaign, name, kind, by_day, at, actor, closed_at, closed_by"
CAMPAIGNS = f"SELECT {CAMPAIGN} FROM campaign WHERE site_id = :site_id ORDER BY campaign"  # noqa: S608
ADD_CAMPAIGN = """
    INSERT INTO campaign (site_id, campaign, name, kind, by_day, at, actor)
    VALUES (:site_id, :campaign, :name, :kind, :by_day, :at, :actor)
"""
CLOSE = "UPDATE campaign SET closed_at = ?, closed_by = ? WHERE site_id = ? AND campaign = ?"
KNOWN = "SELECT identity, contact, consent FROM campaign_contact WHERE site_id = ? AND campaign = ?"
ADD_CONTACT = """
    INSERT INTO campaign_contact (site_id, campaign, contact, identity, customer, phone, site, unit, consent,
        at, actor, entries, calls, last_call, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 'new')
"""
SET_CONSENT = """
    UPDATE campaign_contact SET consent = ?, at = ?, actor = ?
     WHERE site_id = ? AND campaign = ? AND contact = ?
"""
CONTACT_FACTS = ("campaign", "contact", "identity", "customer", "phone", "site", "unit", "consent")
CONTACT_COLUMNS = "contact, identity, customer, phone, site, unit, consent, entries, calls, last_call, state"
ENTRY_COLUMNS = "entry, at, actor, act, reached, csi, nps, mood, text, again_at, case_id"
_OF_CONTACT = ", ".join(f"c.{name}" for name in CONTACT_COLUMNS.split(", "))
_OF_ENTRY = ", ".join(f"l.{name}" for name in ENTRY_COLUMNS.split(", "))
_UNHAPPY = f"(l.csi <= {UNHAPPY_CSI} OR l.nps <= {UNHAPPY_NPS} OR l.mood <= {UNHAPPY_MOOD})"
_JOINED = f"""
    SELECT {_OF_CONTACT}, c.next_at, c.case_id, cases.number, {_OF_ENTRY}
      FROM campaign_contact c
      LEFT JOIN campaign_call l ON l.site_id = c.site_id AND l.campaign = c.campaign
       AND l.contact = c.contact AND l.entry = c.last_call
      LEFT JOIN cases ON cases.case_id = c.case_id
     WHERE c.site_id = :site_id AND c.campaign = :campaign
"""  # noqa: S608
CONTACT = f"{_JOINED} AND c.contact = :contact"
# never called first; then those whose next try has come; then those who wait; who was reached comes last,
# and of these first whoever is unhappy and has no case
CONTACTS = f"""{_JOINED} AND c.restricted_at IS NULL
     ORDER BY c.consent DESC, CASE c.state WHEN '{NEW}' THEN 0 WHEN '{AGAIN}' THEN 1 ELSE 2 END,
           coalesce(c.next_at, ''), CASE WHEN c.case_id IS NULL AND {_UNHAPPY} THEN 0 ELSE 1 END, c.contact
     LIMIT :most
"""
NEXT = f"""
    SELECT contact FROM campaign_contact
     WHERE site_id = :site_id AND campaign = :campaign AND consent = 1 AND restricted_at IS NULL
       AND (state = '{NEW}' OR (state = '{AGAIN}' AND next_at <= :now))
     ORDER BY state = '{AGAIN}', next_at, contact LIMIT 1
"""  # noqa: S608
NEXT_TRY = f"""
    SELECT min(next_at) FROM campaign_contact
     WHERE site_id = :site_id AND campaign = :campaign AND consent = 1 AND state = '{AGAIN}'
       AND restricted_at IS NULL
"""  # noqa: S608
RESTRICT = "UPDATE campaign_contact SET restricted_at = ? WHERE site_id = ? AND campaign = ? AND contact = ?"
RESTRICTED = """
    SELECT campaign, contact, phone FROM campaign_contact WHERE site_id = ? AND restricted_at IS NOT NULL
"""
ENTRIES = f"""
    SELECT {ENTRY_COLUMNS} FROM campaign_call
     WHERE site_id = :site_id AND campaign = :campaign AND contact = :contact ORDER BY entry
"""  # noqa: S608
ADD_ENTRY = f"""
    INSERT INTO campaign_call (site_id, campaign, contact, {ENTRY_COLUMNS})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608
SAVE = """
    UPDATE campaign_contact SET entries = ?, calls = ?, last_call = ?, state = ?, next_at = ?, case_id = ?
     WHERE site_id = ? AND campaign = ? AND contact = ?
"""
TALLY = f"""
    SELECT count(*), count(CASE WHEN c.consent = 0 THEN 1 END), count(CASE WHEN c.calls > 0 THEN 1 END),
           sum(c.calls), count(CASE WHEN l.reached = 1 THEN 1 END),
           count(CASE WHEN c.consent = 1 AND c.state <> '{REACHED}' THEN 1 END), count(c.case_id),
           count(CASE WHEN {_UNHAPPY} THEN 1 END), count(l.csi), sum(l.csi), count(l.nps),
           count(CASE WHEN l.nps >= {PROMOTER_NPS} THEN 1 END),
           count(CASE WHEN l.nps <= {UNHAPPY_NPS} THEN 1 END), count(l.mood), sum(l.mood)
      FROM campaign_contact c
      LEFT JOIN campaign_call l ON l.site_id = c.site_id AND l.campaign = c.campaign
       AND l.contact = c.contact AND l.entry = c.last_call
     WHERE c.site_id = ? AND c.campaign = ?
"""  # noqa: S608


class Tally(Struct, frozen=True):
    """The counts of a campaign: contacts, answers and their sums. ``left`` are still to be called."""

    contacts: int
    refused: int
    called: int
    calls: int
    reached: int
    left: int
    cases: int
    unhappy: int
    csi_answers: int
    csi_sum: int
    nps_answers: int
    promoters: int
    detractors: int
    mood_answers: int
    mood_sum: int


def every(db: Db, site_id: int) -> list[Campaign]:
    """Return the campaigns, the oldest first."""
    return [_campaign(row) for row in db.all(CAMPAIGNS, {"site_id": site_id})]


def add(db: Db, site_id: int, name: str, kind: str, by: date | None, at: datetime, actor: str) -> Campaign:
    """Store a new campaign; the name must be free."""
    newest = db.value("SELECT max(campaign) FROM campaign WHERE site_id = ?", (site_id,))
    made = Campaign((newest or 0) + 1, name, kind, by, at, actor)
    given = {"campaign": made.no, "name": name, "kind": kind, "by_day": by.isoformat() if by else None}
    db.run(ADD_CAMPAIGN, given | {"site_id": site_id, "at": stamp(at), "actor": actor})
    house.log(db, site_id, CAMPAIGN_BEGUN, at=at, by=actor, data=given)
    return made


def close(db: Db, site_id: int, campaign: int, at: datetime, actor: str) -> None:
    """End a campaign."""
    db.run(CLOSE, (stamp(at), actor, site_id, campaign))
    house.log(db, site_id, CAMPAIGN_CLOSE, at=at, by=actor, data={"campaign": campaign})


def contacts_by_identity(db: Db, site_id: int, campaign: int) -> dict[str, tuple[int, bool]]:
    """Return number and consent of every contact, by identity."""
    rows = db.all(KNOWN, (site_id, campaign))
    return {identity: (contact, bool(consent)) for identity, contact, consent in rows}


def add_contacts(
    db: Db, site_id: int, campaign: int, contacts: Sequence[Contact], at: datetime, actor: str
) -> None:
    """Store contacts whom nobody has called yet."""
    own = (stamp(at), actor)
    rows = [
        (site_id, campaign, c.no, c.identity, c.customer, c.phone, c.site, c.unit, int(c.consent), *own)
        for c in contacts
    ]
    db.run_many(ADD_CONTACT, rows)
    told = [dict(zip(CONTACT_FACTS, row[1:9], strict=True)) for row in rows]
    house.log_all(db, site_id, CONTACT_ADDED, at=at, by=actor, data=told)


def set_consent(
    db: Db, site_id: int, campaign: int, contacts: Sequence[tuple[int, bool]], at: datetime, actor: str
) -> None:
    """Store that contacts agree or no longer agree to be called."""
    rows = [(int(consent), stamp(at), actor, site_id, campaign, no) for no, consent in contacts]
    db.run_many(SET_CONSENT, rows)
    told = [{"campaign": campaign, "contact": no, "consent": int(consent)} for no, consent in contacts]
    house.log_all(db, site_id, CONSENT, at=at, by=actor, data=told)


def contact(db: Db, site_id: int, campaign: int, no: int) -> Contact | None:
    """Return a contact with its last call."""
    row = db.one(CONTACT, {"site_id": site_id, "campaign": campaign, "contact": no})
    return _contact(row) if row else None


def contacts(db: Db, site_id: int, campaign: int, most: int) -> list[Contact]:
    """Return contacts with their last calls: those to be called first, who refused last."""
    found = db.all(CONTACTS, {"site_id": site_id, "campaign": campaign, "most": most})
    return [_contact(row) for row in found]


def next_contact(db: Db, site_id: int, campaign: int, now: datetime) -> Contact | None:
    """Return whom to call now: never called first, then those not reached whose next try has come."""
    given = {"site_id": site_id, "campaign": campaign, "now": stamp(now)}
    no = db.value(NEXT, given)
    return contact(db, site_id, campaign, no) if no is not None else None


def restrict(db: Db, site_id: int, contacts: Sequence[tuple[int, int]], at: datetime | None) -> None:
    """Keep contacts (campaign, number) only, since ``at``; with None they may be called again."""
    db.run_many(RESTRICT, [(_stamped(at), site_id, *each) for each in contacts])


def restricted(db: Db, site_id: int) -> list[tuple[int, int, str]]:
    """Return campaign, number and phone of the contacts that are only kept."""
    return [(row[0], row[1], row[2]) for row in db.all(RESTRICTED, (site_id,))]


def next_try(db: Db, site_id: int, campaign: int) -> datetime | None:
    """Return when the first of those who are to be tried again may be called."""
    return _moment(db.value(NEXT_TRY, {"site_id": site_id, "campaign": campaign}))


def entries(db: Db, site_id: int, campaign: int, contact: int) -> list[Entry]:
    """Return everything that was done with a contact, the oldest first."""
    given = {"site_id": site_id, "campaign": campaign, "contact": contact}
    return [_entry(row) for row in db.all(ENTRIES, given)]


def save(db: Db, site_id: int, campaign: int, after: Contact, entry: Entry) -> None:
    """Append an entry, and store what the contact has become by it."""
    reached = None if entry.reached is None else int(entry.reached)  # as it is read again
    given = (entry.no, stamp(entry.at), entry.by, entry.act, reached, entry.csi, entry.nps, entry.mood,
             entry.text, _stamped(entry.again_at), entry.case_id)  # fmt: skip
    db.run(ADD_ENTRY, (site_id, campaign, after.no, *given))
    told = dict(zip(ENTRY_COLUMNS.split(", "), given, strict=True))
    del told["at"], told["actor"]  # those of the entry
    where = {"campaign": campaign, "contact": after.no}
    house.log(db, site_id, CONTACTED, at=entry.at, by=entry.by, data=where | told)
    db.run(SAVE, (*derived(after), site_id, campaign, after.no))


def derived(contact: Contact) -> Row:
    """Return the columns that the entries of a contact tell."""
    return (contact.entries, contact.calls, contact.last_call, contact.state, _stamped(contact.next_at),
            contact.case_id)  # fmt: skip


def tally(db: Db, site_id: int, campaign: int) -> Tally:
    """Count contacts and answers of a campaign; the last call of each contact holds."""
    row = db.one(TALLY, (site_id, campaign))
    return Tally(*(value or 0 for value in row or ()))


def _entry(row: Row) -> Entry:
    """Return an entry from ``ENTRY_COLUMNS``."""
    no, at, actor, act, reached, csi, nps, mood, text, again_at, case_id = row
    was_reached = None if reached is None else bool(reached)
    return Entry(no, unstamp(at), actor, act, was_reached, csi, nps, mood, text, _moment(again_at), case_id)


def _contact(row: Row) -> Contact:
    no, identity, customer, phone, site, unit, consent, entries, calls, last_call, state = row[:11]
    next_at, case_id, case = row[11:14]
    last = _entry(row[14:]) if row[14] is not None else None
    return Contact(
        no, identity, customer, phone, site, unit, bool(consent), entries, calls, last_call, state,
        _moment(next_at), case_id, case, last,
    )  # fmt: skip


def _campaign(row: Row) -> Campaign:
    no, name, kind, by_day, at, actor, closed_at, closed_by = row
    by = date.fromisoformat(by_day) if by_day else None
    return Campaign(no, name, kind, by, unstamp(at), actor, _moment(closed_at), closed_by)


def _stamped(at: datetime | None) -> str | None:
    return stamp(at) if at else None


def _moment(text: Any) -> datetime | None:
    return unstamp(text) if text else None
