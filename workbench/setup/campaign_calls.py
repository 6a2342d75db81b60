"""Calling the customers of a campaign: whom next, what was answered, the number, and a case from it.

Each act is one transaction: the entry is appended, and the contact is what the entries tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from storage import campaigns as stored
from storage import lookup, restrictions
from storage.engine import Db
from storage.store import Store
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.calling import in_hours, next_try
from workbench.domain.campaigns import CALL, CASE, REVEAL, Campaign, Contact, Entry, after
from workbench.domain.cases import Case
from workbench.domain.errors import ConflictError, RefusedError, UsageError
from workbench.domain.text import safe_text
from workbench.domain.times import echo
from workbench.rules import impartial, other_cases, permissions, place, typed_facts, writing
from workbench.rules.action import Field
from workbench.rules.request import choice, moment, option, text
from workbench.setup import campaigns
from workbench.words import N_, Said

REACHED = (("yes", N_("Reached")), ("no", N_("Not reached")))
ANSWERS = tuple(fact.name for fact in typed_facts.ANSWERS)
FIELDS = (
    Field("reached", N_("Reached?"), "choice", required=True, choices=REACHED, default="yes",
          help=N_("Whether the customer was reached."), metavar="YES|NO"),
    *map(typed_facts.field, typed_facts.ANSWERS),
    Field("text", N_("What was said"), "text"),
    Field("again", N_("Next try"), "time", help=N_("When to try again.")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Called:
    """What an act has made of a contact, and the case that came of it, if one did."""

    campaign: Campaign
    contact: Contact
    case: Case | None = None


def upcoming(desk: Desk, name: str) -> tuple[Campaign, Contact | None, datetime | None]:
    """Return the campaign, whom to call now, and else when the next try may be made (UTC).

    Raises:
        NotFoundError: there is no such campaign.
    """
    with desk.store.reading() as db:
        campaign = campaigns.find(db, desk.store.site_id, name)
        if campaign.closed_at is not None:
            return campaign, None, None
        contact = stored.next_contact(db, desk.store.site_id, campaign.no, desk.now())
        again = None if contact else stored.next_try(db, desk.store.site_id, campaign.no)
        return campaign, contact, again


def call(desk: Desk, name: str, no: int, given: Mapping[str, Any], *, seen: int | None = None) -> Called:
    """Write down a call and its answers; with ``record_case`` a case comes of it, all at once or nothing.

    Args:
        desk: Who called, and when.
        name: The campaign.
        no: The contact's number in it.
        given: What was typed, by the names of ``FIELDS``, and ``record_case``.
        seen: How many calls the person saw; None stands for the newest.

    Raises:
        UsageError: a value is malformed; ``option`` names it.
        NotFoundError: no such campaign or contact.
        RefusedError: the campaign is closed, the customer does not agree, a task force speaks to them, or the
            next try lies in the past.
        ConflictError: somebody else called after ``seen``.
    """
    done: list[Called] = []

    def work(store: Store) -> None:
        inner = desk.inside(store)
        called = writing.write(inner, lambda db: _call(inner, db, name, no, given, seen))
        if given.get("record_case"):
            facts = case_from(called.contact)
            called = _with_case(inner, called, facts | {"text": text(given, "text", required=True)})
        done.append(called)

    desk.store.write_together(work)
    return done[0]


def record_case(desk: Desk, name: str, no: int, given: Mapping[str, Any]) -> Called:
    """Record a case from what a contact said; ``given`` is that of ``record``, see ``case_from``.

    Raises:
        UsageError, RefusedError: as ``record``; or the contact has a case, or was never reached.
        NotFoundError: no such campaign or contact.
    """
    done: list[Called] = []

    def work(store: Store) -> None:
        inner = desk.inside(store)
        known = writing.write(inner, lambda db: _look_up(inner, db, name, no, acts.RECORD.id))
        done.append(_with_case(inner, known, given))

    desk.store.write_together(work)
    return done[0]


def reveal(desk: Desk, name: str, no: int) -> Called:
    """Return a contact whose phone is to be shown in full, and put on record that it was.

    Raises:
        NotFoundError, RefusedError: as ``call``.
    """

    def work(db: Db) -> Called:
        known = _look_up(desk, db, name, no, acts.REVEAL.id)
        return _put(desk, db, known, Entry(0, desk.now(), desk.person, REVEAL))

    return writing.write(desk, work)


def why_not(campaign: Campaign, contact: Contact) -> Said | None:
    """Say why a contact may not be called, or None."""
    if contact.consent:
        return campaigns.why_closed(campaign)
    return Said(N_("{customer} does not agree to be called."), customer=_who(contact))


def why_not_to(desk: Desk, campaign: Campaign, contact: Contact, act: str) -> Said | None:
    """Say why the person at the desk may not do ``act`` to a contact, or None; for a form before it opens."""
    with desk.store.reading() as db:
        return refusal_in(desk, db, campaign, contact, act)


def refusal_in(desk: Desk, db: Db, campaign: Campaign, contact: Contact, act: str) -> Said | None:
    """Say why the person at the desk may not do ``act`` to a contact, or None; the role is asked besides."""
    return why_not(campaign, contact) or _by_voice(desk, db, contact, act)


def _by_voice(desk: Desk, db: Db, contact: Contact, act: str) -> Said | None:
    """Say what stands before it: the person is restricted, or on an open case of the phone a task force does.

    A call is one to the customer of that case, which is for the unit where it is; to look up the number of a
    contact is not.
    """
    if restrictions.is_restricted(db, desk.store.site_id, contact.phone):
        return Said(N_("The use of this person's data is restricted."))
    for key in lookup.unsolved_of_phone(db, desk.store.site_id, contact.phone):
        case = desk.case_in(db, key)
        rules = desk.rules_in(db, case.policy)
        reason = impartial.why_not(case, desk.person, act)
        if act == acts.CALLBACK.id:
            reason = reason or place.why_not(rules, desk.person, case, act, desk.now())
        if reason := reason or permissions.by_voice(rules, desk.person, case, act, desk.now()):
            return reason
    return None


def why_no_case(contact: Contact) -> Said | None:
    """Say why no case may be recorded from a contact, or None."""
    if contact.case_id is not None:
        template = N_("There is a case from this contact: {number}. Add to it: workbench heard {number}")
        return Said(template, number=safe_text(contact.case or ""))
    if contact.last is None or not contact.last.reached:
        template = N_("Write down the call first: nobody has reached {customer} yet.")
        return Said(template, customer=_who(contact))
    return None


def _who(contact: Contact) -> str:
    return safe_text(contact.customer) or str(contact.no)


def case_from(contact: Contact) -> dict[str, str]:
    """Return what a case takes over from a contact, as ``record`` is given it."""
    facts = {"customer": contact.customer, "phone": contact.phone, "site": contact.site, "unit": contact.unit}
    facts |= {"kind": "complaint", "channel": "callback"}
    if contact.last is not None:
        facts["text"] = contact.last.text
        facts["mood"] = str(contact.last.mood or "")
    return {field: value for field, value in facts.items() if value}


def _look_up(desk: Desk, db: Db, name: str, no: int, act: str) -> Called:
    campaigns.ensure_role(desk, db, act)
    campaign = campaigns.find(db, desk.store.site_id, name)
    contact = campaigns.contact_of(db, desk.store.site_id, campaign, no)
    if reason := why_not(campaign, contact) or _by_voice(desk, db, contact, act):
        raise RefusedError.because(reason)
    return Called(campaign, contact)


def _call(desk: Desk, db: Db, name: str, no: int, given: Mapping[str, Any], seen: int | None) -> Called:
    known = _look_up(desk, db, name, no, acts.CALLBACK.id)
    contact = known.contact
    if seen is not None and seen != contact.calls and contact.last is not None:
        raise ConflictError(_who(contact), contact.last.by, CALL)
    entry = _entry(desk, db, given)
    if entry.reached:
        _heard_from_us(desk, db, known, entry)
    return _put(desk, db, known, entry)


def _heard_from_us(desk: Desk, db: Db, known: Called, entry: Entry) -> None:
    """Let the open cases of the customer know that the customer heard from us: goodwill counts (S2)."""
    for key in lookup.unsolved_of_phone(db, desk.store.site_id, known.contact.phone):
        other_cases.write(desk, db, key, acts.CONTACT.id, {"campaign": known.campaign.name})


def _entry(desk: Desk, db: Db, given: Mapping[str, Any]) -> Entry:
    """Return a call as it was typed."""
    reached = choice(given, "reached", [value for value, _label in REACHED])
    if not reached:
        raise UsageError(N_("Say whether the customer was reached: yes or no."), option=option("reached"))
    if reached == "no":
        _ensure_no_answers(given)
    answers = typed_facts.read(given, ANSWERS, desk.rules_in(db))
    said, now = text(given, "text"), desk.now()
    again_at = _next_try(desk, db, given, now, reached=reached == "yes")
    return Entry(0, now, desk.person, CALL, reached == "yes", **answers, text=said, again_at=again_at)


def _ensure_no_answers(given: Mapping[str, Any]) -> None:
    for field in (*ANSWERS, "record_case"):
        if given.get(field) not in (None, "", False):
            raise UsageError(
                N_("A customer who was not reached gave no answers; leave this out."), option=option(field)
            )


def _next_try(
    desk: Desk, db: Db, given: Mapping[str, Any], now: datetime, *, reached: bool
) -> datetime | None:
    """Return when to call again: as typed, else as the policy says if nobody was reached."""
    rules = desk.rules_in(db)
    again_at = moment(given, "again", now, rules)
    if again_at is not None and again_at <= now:
        raise RefusedError(
            N_("The next try lies in the future; {again} has passed."), again=echo(again_at, rules.zone)
        )
    if again_at is None and not reached:
        return next_try(rules.policy, now)
    return again_at and in_hours(rules.policy, again_at)


def _with_case(desk: Desk, known: Called, given: Mapping[str, Any]) -> Called:
    """Record a case and keep its number on the contact; ``desk`` stands in the middle of a transaction."""
    if reason := why_no_case(known.contact):
        raise RefusedError.because(reason)
    case = doing.record(desk, {"source": known.campaign.name, **given})
    entry = Entry(0, desk.now(), desk.person, CASE, case_id=case.case_id)
    put = writing.write(desk, lambda db: _put(desk, db, known, entry))
    return Called(put.campaign, put.contact, case)


def _put(desk: Desk, db: Db, known: Called, entry: Entry) -> Called:
    """Append ``entry`` to a contact, and return the contact as it is stored by then."""
    last = known.contact.last
    at = max(entry.at, last.at) if last else entry.at  # the clock may have gone back; what was done does not
    numbered = replace(entry, no=known.contact.entries + 1, at=at)
    stored.save(db, desk.store.site_id, known.campaign.no, after(known.contact, numbered), numbered)
    return Called(
        known.campaign, campaigns.contact_of(db, desk.store.site_id, known.campaign, known.contact.no)
    )
