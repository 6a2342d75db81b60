"""Ringing one customer after another: who comes next is claimed, and the outcome is put on all that was owed.

Two who ring at once never get the same customer (``storage.claims``); and where no claim can be kept, nothing
is put on a case twice: what it owes is looked at again in the transaction that writes.
"""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct

from storage import campaigns as stored
from storage.claims import Claims
from storage.engine import Db
from storage.store import Store
from workbench import actions
from workbench.actions import doing, undo
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.domain.text import safe_text
from workbench.rules import permissions, writing
from workbench.setup import campaign_calls, dial_items, dial_list
from workbench.setup.dial_items import Customer, Listed, Owed
from workbench.setup.dial_list import Wanted
from workbench.wording import names
from workbench.words import N_, Said, _

REACHED, NOT_REACHED, LATER, REFUSED = "reached", "not-reached", "later", "refused"
DOES_NOT_WISH = N_("Does not wish to be called.")
FINE, PROBLEM, NOT_SPOKEN = "fine", "problem", "not-spoken-of"
ON_CASES_ONLY = ("accepted", "still_a_problem")


class Came(Struct, frozen=True):
    """What came of a call: the cases as they stand, how many contacts, and why anything was left out."""

    cases: tuple[Case, ...] = ()
    contacts: int = 0
    left_out: tuple[Said, ...] = ()


def offer(desk: Desk, claims: Claims, wanted: Wanted, skipped: Collection[str] = ()) -> Customer | None:
    """Return whom to ring now, claimed for this window; None where nobody is left now.

    Raises:
        NotFoundError, RefusedError: the campaign that is wanted is not there, or has ended.
        StoreError: the store cannot serve.
    """
    for phone, cases in dial_list.phones(desk, wanted):
        key = claim_key(desk, phone)
        if phone in skipped or not claims.take(key):
            continue
        if (found := dial_list.look(desk, phone, cases)) is not None:  # once nobody else can be ringing them
            return found
        claims.give_back(key)
    return None


def claim_key(desk: Desk, phone: str) -> str:
    """Return under which key the customer of a phone is claimed in the store of ``desk``."""
    return f"{desk.store.site_id}|{phone}"


def put(
    desk: Desk, customer: Customer, outcome: str, given: Mapping[str, Any],
    on: Mapping[str, str] | None = None,
) -> Came:  # fmt: skip
    """Put the outcome of one call on what was owed to ``customer``, all at once or nothing.

    Args:
        desk: Who rang, and when.
        customer: As it was offered.
        outcome: Reached, not reached, to be rung later, or does not wish to be called.
        given: What was typed, by the names of the fields of ``callback``.
        on: By the key of an item how it stands with it: ``FINE``, ``PROBLEM`` (still a problem) or
            ``NOT_SPOKEN`` (nothing is put on it); all of them where it is None.

    Raises:
        UsageError: a value is malformed; ``option`` names it.
        RefusedError: nothing could be put on anything; says why for each.
        StoreError: the store cannot serve.
    """
    came: list[Came] = []

    def work(store: Store) -> None:
        came.append(_put(desk.inside(store), customer, outcome, given, on or {}))

    desk.store.write_together(work)
    return came[0]


def _put(
    desk: Desk, customer: Customer, outcome: str, given: Mapping[str, Any], on: Mapping[str, str]
) -> Came:
    cases: list[Case] = []
    contacts, left_out = 0, list[Said]()
    for item in customer.items:
        said = on.get(item.key, FINE)
        if said == NOT_SPOKEN:
            continue
        if reason := _changed(desk, item):
            left_out.append(reason)
        elif isinstance(item, Owed):
            cases.append(_on_case(desk, item, _typed(given, outcome, problem=said == PROBLEM)))
        else:
            _on_contact(desk, item, _typed(given, outcome, problem=False), outcome)
            contacts += 1
    if left_out and not cases and not contacts:
        raise RefusedError.because(_all_of(left_out))
    return Came(tuple(cases), contacts, tuple(left_out))


def _typed(given: Mapping[str, Any], outcome: str, *, problem: bool) -> dict[str, Any]:
    """Return what the act is asked for by an outcome."""
    if outcome == REACHED:
        return {**given, "reached": "yes"} | ({"still_a_problem": True} if problem else {})
    if outcome == REFUSED:
        return {"reached": "yes", "text": given.get("text") or _(DOES_NOT_WISH)}
    return {name: given[name] for name in ("again", "text") if given.get(name)} | {"reached": "no"}


def _changed(desk: Desk, item: Owed | Listed) -> Said | None:
    """Say what has happened since ``item`` was offered, if nothing may be put on it any more."""
    with desk.store.reading() as db:
        return _case_changed(desk, db, item) if isinstance(item, Owed) else _contact_changed(desk, db, item)


def _case_changed(desk: Desk, db: Db, item: Owed) -> Said | None:
    case, timeline = dial_items.read(desk, db, item.case.case_id)
    seen = len(item.timeline)
    called = next((event for event in reversed(timeline[seen:]) if event.act == acts.CALLBACK.id), None)
    if called is not None:
        return Said(
            N_("{number}: {name} has called back meanwhile; nothing was put on it."),
            number=case.number, name=safe_text(called.by),
        )  # fmt: skip
    rules = desk.rules_in(db, case.policy)
    if reason := permissions.refusal(desk, case, actions.of(acts.CALLBACK.id), rules):
        return reason
    if dial_items.why_owed(desk, case) == item.why:
        return None
    return Said(
        N_("{number} is no longer what you called about ({status}); nothing was put on it."),
        number=case.number, status=names.status(case.status),
    )  # fmt: skip


def _contact_changed(desk: Desk, db: Db, item: Listed) -> Said | None:
    contact = stored.contact(db, desk.store.site_id, item.campaign.no, item.contact.no)
    if contact is None or contact.calls != item.contact.calls:
        by = safe_text(contact.last.by if contact and contact.last else "")
        return Said(
            N_("Campaign {campaign}: {name} has called meanwhile; nothing was put on it."),
            campaign=safe_text(item.campaign.name), name=by,
        )  # fmt: skip
    return campaign_calls.refusal_in(desk, db, item.campaign, contact, acts.CALLBACK.id)


def _on_case(desk: Desk, item: Owed, typed: dict[str, Any]) -> Case:
    of = {"of": str(item.of)} if item.of is not None and typed["reached"] == "yes" else {}
    return doing.do(desk, acts.CALLBACK.id, item.case.case_id, typed | of)


def _on_contact(desk: Desk, item: Listed, typed: Mapping[str, Any], outcome: str) -> None:
    asked = {name: value for name, value in typed.items() if name not in ON_CASES_ONLY}
    campaign_calls.call(desk, item.campaign.name, item.contact.no, asked, seen=item.contact.calls)
    if outcome == REFUSED:
        writing.write(desk, lambda db: _never_again(desk, db, item))


def _never_again(desk: Desk, db: Db, item: Listed) -> None:
    """Let nobody call the contact any more: whoever heard that on the phone writes it down."""
    no = item.contact.no
    stored.set_consent(db, desk.store.site_id, item.campaign.no, [(no, False)], desk.now(), desk.person)


def _all_of(reasons: list[Said]) -> Said:
    said = reasons[0]
    for more in reasons[1:]:
        said = Said("{before} {more}", before=said, more=more)
    return said


def take_back(desk: Desk, came: Came) -> Came:
    """Undo what a call has brought to cases, all or nothing; what campaigns have is mended by a further call.

    Raises:
        RefusedError, StoreError: as the act ``undo``.
    """
    cases: list[Case] = []

    def work(store: Store) -> None:
        inner = desk.inside(store)
        for case in reversed(came.cases):
            only = next(
                event.seq for event in reversed(inner.timeline(case.case_id))
                if event.act == acts.CALLBACK.id and event.seq <= case.version
            )  # fmt: skip
            cases.append(doing.do(inner, acts.UNDO.id, case.case_id, {undo.ONLY: only}))

    desk.store.write_together(work)
    return Came(tuple(cases), came.contacts)


def reveal(desk: Desk, customer: Customer) -> str:
    """Return the phone in full, and put on record, where it is owed first, that it was shown.

    Raises:
        RefusedError, StoreError: as for the case or the contact.
    """
    item = customer.items[0]
    if isinstance(item, Listed):
        return campaign_calls.reveal(desk, item.campaign.name, item.contact.no).contact.phone
    doing.do(desk, acts.REVEAL.id, item.case.case_id, {})
    return customer.phone
