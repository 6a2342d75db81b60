"""One customer who is to be rung: each of their cases that owes a call, each campaign that asks for one.

Read anew at every look, so that whoever was rung meanwhile is not rung again.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from storage import campaigns as stored
from storage import dialling, queues, restrictions
from storage.dialling import ASKED, CALLBACKS, OPINIONS
from storage.engine import Db
from workbench import actions
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.calling import in_hours
from workbench.domain.campaigns import Campaign, Contact
from workbench.domain.cases import Case, Event
from workbench.domain.clocks import Clock
from workbench.domain.text import phone_key
from workbench.rules import in_sight, permissions
from workbench.setup import campaign_calls

CAMPAIGN = "campaign"


class Owed(Struct, frozen=True):
    """A call that a case owes to one customer.

    Attributes:
        why: ``callbacks``: the clock of the callback runs; ``opinions``: it is closed, and the customer was
            not asked after it; ``asked``: the customer asked its handler to be rung again.
        of: The number of the further complainant who is rung; None for the customer of the case.
    """

    case: Case
    why: str
    of: int | None = None
    timeline: tuple[Event, ...] = ()

    @property
    def key(self) -> str:
        """By what it is known among the items of a customer."""
        return f"{self.case.case_id}:{self.of or 0}"


class Listed(Struct, frozen=True):
    """A contact of an open campaign who is to be called."""

    campaign: Campaign
    contact: Contact
    why: str = CAMPAIGN

    @property
    def key(self) -> str:
        """By what it is known among the items of a customer."""
        return f"{self.campaign.no}/{self.contact.no}"


Item = Owed | Listed


class Customer(Struct, frozen=True):
    """Whom to ring, by the phone (``key``, see ``phone_key``), and about what, all of it at once."""

    key: str
    phone: str
    name: str
    items: tuple[Item, ...]

    @property
    def cases(self) -> tuple[Owed, ...]:
        """What is owed on cases."""
        return tuple(item for item in self.items if isinstance(item, Owed))

    @property
    def contacts(self) -> tuple[Listed, ...]:
        """What campaigns ask for."""
        return tuple(item for item in self.items if isinstance(item, Listed))


def of_phone(desk: Desk, db: Db, key: str, among: Iterable[int] = ()) -> Customer | None:
    """Return the customer of a phone (``phone_key``) if they may be rung now, with all that is owed to them.

    Nobody is rung who asked not to be, whose data are only kept, or whose next try lies ahead; nor outside
    the hours of the policy. ``among`` are cases on which they complain besides (keys).
    """
    site_id, now = desk.store.site_id, desk.now()
    if not key or refuses(desk, db, key) or restrictions.is_restricted(db, site_id, key):
        return None
    contacts = dialling.contacts_of(db, site_id, key)
    keys = dict.fromkeys((*among, *dialling.live_of_phone(db, site_id, key)))
    found = queues.of_reach(db, list(keys), in_sight.reach(desk, db))
    cases = [read(desk, db, case_id) for case_id in found]
    if any(_waits(case, now) for case, _timeline in cases):
        return None
    items: list[Item] = [item for case, timeline in cases for item in _owed(desk, db, case, timeline, key)]
    listed = [_listed(desk, db, campaign, no) for campaign, no, _consent in contacts]
    if any(each.contact.next_at and each.contact.next_at > now for each in listed if each):
        return None
    items += [each for each in listed if each and each.contact.may_be_called(now)]
    return Customer(key, *_who(items[0]), tuple(items)) if items else None


def refuses(desk: Desk, db: Db, key: str) -> bool:
    """Say whether the newest word of a phone is that it is not to be called; a campaign says so."""
    contacts = dialling.contacts_of(db, desk.store.site_id, key)
    return bool(contacts) and not contacts[0][2]


def phones_owed(case: Case) -> Iterator[str]:
    """Yield the phones (``phone_key``) of those who complain on ``case`` and whom nobody has reached."""
    if not case.reached and (key := phone_key(case.phone)):
        yield key
    for each in case.complainants:
        if not each.reached_at and (key := phone_key(each.phone)):
            yield key


def why_owed(desk: Desk, case: Case) -> str | None:
    """Return for what ``case`` owes a call; None where it owes none that may be made now."""
    now = desk.now()
    if case.restricted or not case.live or _waits(case, now):
        return None
    if case.status == "closed":
        return OPINIONS
    if any(clock.id == CALLBACKS.removesuffix("s") and _runs(clock) for clock in case.clocks):
        return CALLBACKS
    return ASKED if case.callback_again_at and case.handler == desk.person else None


def _runs(clock: Clock) -> bool:
    return not clock.stopped_at and not clock.paused_at


def _waits(case: Case, now: datetime) -> bool:
    return bool(case.live and case.callback_again_at and case.callback_again_at > now)


def read(desk: Desk, db: Db, case_id: int) -> tuple[Case, tuple[Event, ...]]:
    """Return a case as it stands now, and its timeline."""
    case, timeline = desk.stored_in(db, case_id)
    return upcoming.effective(case, desk.now(), desk.rules_in(db, case.policy)), tuple(timeline)


def _owed(desk: Desk, db: Db, case: Case, timeline: tuple[Event, ...], key: str) -> Iterator[Owed]:
    """Yield what ``case`` owes to the phone, if the person at the desk may ring for it now."""
    rules, now = desk.rules_in(db, case.policy), desk.now()
    why = why_owed(desk, case)
    if why is None or in_hours(rules.policy, now) != now:
        return
    if permissions.refusal(desk, case, actions.of(acts.CALLBACK.id), rules) is not None:
        return
    if not case.reached and phone_key(case.phone) == key:
        yield Owed(case, why, None, timeline)
    for each in case.complainants:
        if not each.reached_at and phone_key(each.phone) == key:
            yield Owed(case, why, each.id, timeline)


def _listed(desk: Desk, db: Db, campaign_no: int, no: int) -> Listed | None:
    """Return a contact whom the person at the desk may ring as far as the time allows it."""
    site_id = desk.store.site_id
    campaign = next((each for each in dialling.open_campaigns(db, site_id) if each.no == campaign_no), None)
    contact = stored.contact(db, site_id, campaign_no, no) if campaign else None
    if campaign is None or contact is None or not rings_for_campaigns(desk, db):
        return None
    reason = campaign_calls.refusal_in(desk, db, campaign, contact, acts.CALLBACK.id)
    return None if reason else Listed(campaign, contact)


def rings_for_campaigns(desk: Desk, db: Db) -> bool:
    """Say whether one may ring the contacts of a campaign now: by the role and the newest policy's hours."""
    rules, now = desk.rules_in(db), desk.now()
    if permissions.by_role(rules, desk.person, acts.CALLBACK.id):
        return False
    return in_hours(rules.policy, now) == now


def _who(item: Item) -> tuple[str, str]:
    """Return phone and name of the customer."""
    if isinstance(item, Listed):
        return item.contact.phone, item.contact.customer
    if item.of is None:
        return item.case.phone, item.case.customer
    each = next(each for each in item.case.complainants if each.id == item.of)
    return each.phone, each.customer
