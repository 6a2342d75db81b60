"""Erasing a person: every word about them goes, what counting needs stays, and the house log names it.

Source: PIPL article 47; what stays and what goes: docs/privacy.md.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storage import events, evidence, house, persons, restrictions
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import erasing
from workbench.domain import house as house_acts
from workbench.domain.acts import ATTACH
from workbench.domain.cases import Event
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.domain.house import BACKUP, ERASE, OF_CUSTOMERS
from workbench.domain.rights import ERASE as RIGHT
from workbench.domain.text import door, phone_key
from workbench.rules import rights, writing
from workbench.setup import left_elsewhere
from workbench.setup.house_log import write_in
from workbench.words import N_

UNSOLVED = ("open", "waiting")
FEWEST_DIGITS = 5  # of a phone
MOST_NAMED = 5


@dataclass
class Gone:
    """What an erasure took out, and where more of the person may be.

    Attributes:
        cases: Numbers of the person's cases.
        mentioned: Numbers of other cases, of which only what named the phone went.
        contacts: How many customers of campaigns.
        entries: How many entries lost their words.
        attachments: Names of files that stand on the cases, of which no copy was kept.
        evidence: How many files beside the store went.
        drafts: How many drafts of this system user went.
        scrubbed: Whether the file was written anew, so that its free pages hold nothing.
        backups: Files beside the store, and backups in the house log: they may still hold the person.
    """

    cases: list[str] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)
    contacts: int = 0
    entries: int = 0
    attachments: list[str] = field(default_factory=list)
    evidence: int = 0
    drafts: int = 0
    scrubbed: bool = False
    backups: list[str] = field(default_factory=list)
    inner: dict[str, str] = field(default_factory=dict)
    named: dict[str, dict[str, str | None]] = field(default_factory=dict)

    def take(self, erased: persons.Erased) -> None:
        """Add what one timeline lost."""
        for key, entries in erased.entries.items():
            self.named.setdefault(key, {}).update(entries)
        self.inner |= erased.inner

    def as_json(self) -> dict[str, Any]:
        """Return what machines read."""
        return {
            "cases": self.cases, "mentioned": self.mentioned, "contacts": self.contacts,
            "entries": self.entries, "attachments": self.attachments,
            "evidence": self.evidence, "drafts": self.drafts,
            "scrubbed": self.scrubbed, "backups": self.backups,
        }  # fmt: skip


def key_of(phone: str) -> str:
    """Return by what a person is found.

    Raises:
        UsageError: it is no phone.
    """
    key = phone_key(door(phone))
    if len(key) < FEWEST_DIGITS:
        raise UsageError(N_("A person is named by the whole phone number."), option="PHONE")
    return key


def erase(desk: Desk, phone: str, reason: str) -> Gone:
    """Take every word about the person with ``phone`` out of the store; nothing brings it back.

    Raises:
        UsageError: no phone, or no reason.
        NotFoundError: nothing here names it.
        RefusedError: the person at the desk has no right to, a case of the phone is not solved yet,
            or the person is restricted.
    """
    key = key_of(phone)
    why = reasoned(reason, key)
    try:
        gone = writing.write(desk, lambda db: _erase(desk, db, key, why))
    except NotFoundError:  # the second time, after others had held the store the first
        persons.scrub(desk.store)
        tidy(desk)
        raise
    gone.scrubbed = persons.scrub(desk.store)  # first: a folder that takes no change keeps no words here
    gone.evidence = tidy(desk)
    gone.drafts = left_elsewhere.forget_drafts(persons.pattern(key))
    gone.backups += left_elsewhere.copies(desk.store.path)
    return gone


def tidy(desk: Desk) -> int:
    """Remove the files of evidence that no entry names any more; return how many."""
    return writing.write(desk, lambda db: evidence.tidy(db, desk.store.site_id, desk.store.path))


def reasoned(reason: str, key: str) -> str:
    """Return why, as it stands in the house log; it may not name the phone.

    Raises:
        UsageError: nothing is said, or the phone.
    """
    why = door(reason).strip()
    if not why:
        raise UsageError(N_("Say why; the house log keeps it."), option="--reason")
    if persons.pattern(key).search(why):
        raise UsageError(N_("The reason stays: leave the phone out of it."), option="--reason")
    return why


def _erase(desk: Desk, db: Db, key: str, reason: str) -> Gone:
    rights.ensure(desk, db, RIGHT)
    site_id = desk.store.site_id
    own = persons.cases_of(db, site_id, key)
    if any(restrictions.restricted(db, site_id, key)):
        raise RefusedError(
            N_("That person is restricted; lift that first: workbench person restrict PHONE --lift")
        )
    _ensure_solved(own)
    told = persons.mentions(db, site_id, key)
    contacts = persons.contacts_of(db, site_id, key)
    if not (own or told or contacts):
        raise NotFoundError(N_("Nothing here names that phone."))
    gone = Gone(cases=[each.number for each in own], contacts=len(contacts))
    for each in own:
        erase_case(desk, db, each.key, gone)
    mine = {each.key for each in own}
    for case_id, seqs in told.items():
        if case_id not in mine:
            _erase_mention(desk, db, case_id, seqs, key, gone)
    _erase_contacts(desk, db, contacts, gone)
    log(desk, db, gone, reason)
    return gone


def _ensure_solved(own: list[persons.OfPerson]) -> None:
    unsolved = [each.number for each in own if each.status in UNSOLVED]
    if unsolved:
        raise RefusedError(
            N_("Not closed yet: {numbers}. Close them first: what is promised could not be kept."),
            numbers=", ".join(unsolved[:MOST_NAMED]),
        )


def erase_case(desk: Desk, db: Db, case_id: int, gone: Gone) -> None:
    """Leave of a case what counting needs, and add to ``gone`` what went."""
    timeline = events.of_case(db, desk.store.site_id, case_id)
    gone.attachments += [
        str(event.data.get("name"))
        for event in timeline
        if event.act == ATTACH.id and not event.data.get("kept")
    ]
    _leave(desk, db, case_id, timeline, {each.seq: erasing.remainder(each.data) for each in timeline}, gone)


def _erase_mention(desk: Desk, db: Db, case_id: int, seqs: list[int], key: str, gone: Gone) -> None:
    timeline, wanted = events.of_case(db, desk.store.site_id, case_id), persons.pattern(key)
    left = {e.seq: erasing.without(e.data, key, wanted) for e in timeline if e.seq in seqs}
    if _leave(desk, db, case_id, timeline, left, gone):
        gone.mentioned.append(str(timeline[0].data["number"]))


def _leave(
    desk: Desk, db: Db, case_id: int, timeline: list[Event], left: Mapping[int, Mapping[str, Any]], gone: Gone
) -> bool:
    rules = desk.rules_in(db, events.policy_of(timeline))
    erased = persons.erase_entries(db, desk.store.site_id, case_id, timeline, left)
    if not erased.entries:
        return False
    persons.tell_again(db, desk.store.site_id, case_id, rules)
    gone.take(erased)
    return True


def _erase_contacts(desk: Desk, db: Db, contacts: list[tuple[int, int]], gone: Gone) -> None:
    if not contacts:
        return
    site_id, wanted = desk.store.site_id, set(contacts)
    log = house.entries(db, site_id, OF_CUSTOMERS)
    of_them = [e for e in log if (e.data.get("campaign"), e.data.get("contact")) in wanted]
    left = {event.seq: persons.of_contact(event) for event in of_them}
    gone.take(persons.erase_entries(db, site_id, house.HOUSE, of_them, left))
    for campaign, contact in contacts:
        persons.erase_contact(db, site_id, campaign, contact)
        persons.nobody_calls(db, site_id, campaign, contact, desk.now(), desk.person)


def log(desk: Desk, db: Db, gone: Gone, reason: str) -> None:
    """Name in the house log everything that went, without which a check takes it for tampering."""
    gone.entries = sum(map(len, gone.named.values()))
    told = {"reason": reason, "cases": gone.cases, "mentioned": gone.mentioned, "contacts": gone.contacts,
            "entries": gone.named, "inner": gone.inner}  # fmt: skip
    write_in(db, desk, ERASE, told)
    written = house.entries(db, desk.store.site_id, (BACKUP,))
    gone.backups += list(dict.fromkeys(str(each.data.get("file")) for each in written))


def known(db: Db, site_id: int, key: str) -> dict[str, Any]:
    """Return what a store holds of a person beside the cases: contacts of campaigns with their calls."""
    wanted = set(persons.contacts_of(db, site_id, key))
    log = house.entries(db, site_id, (*OF_CUSTOMERS, house_acts.CONSENT))
    of_them = [e for e in log if (e.data.get("campaign"), e.data.get("contact")) in wanted]
    return {"contacts": [{"act": e.act, "by": e.by, **json.loads(json.dumps(e.data))} for e in of_them]}
