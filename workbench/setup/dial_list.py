"""Whom to ring, one after another: what is due first before the others, from cases and campaigns alike."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta
from heapq import merge
from itertools import chain, repeat

from msgspec import Struct

from storage import dialling
from storage.dialling import ASKED, CALLBACKS, OPINIONS, Place
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.calling import in_hours
from workbench.domain.campaigns import Campaign
from workbench.domain.times import stamp
from workbench.rules import in_sight, permissions
from workbench.setup import campaigns, dial_items
from workbench.setup.dial_items import CAMPAIGN, Customer

EVERYTHING = "all"
LISTS = (EVERYTHING, CALLBACKS, OPINIONS, CAMPAIGN)
PAGES = (
    12,
    100,
    1_000,
)  # cases or contacts read at a time: the first that serves is nearly always at the top
LAST_DAY = "9998"  # sorts behind every time, and before what is never due

Seed = tuple[
    str, str, tuple[int, ...]
]  # when it is due (UTC text), the phone, cases that are to be looked at


class Wanted(Struct, frozen=True):
    """Which calls somebody makes: one of ``LISTS``; of campaigns one by its name, or all."""

    kind: str = EVERYTHING
    campaign: str = ""

    @property
    def owe(self) -> tuple[str, ...]:
        """The lists of cases that are read for it."""
        kinds = {
            EVERYTHING: (CALLBACKS, OPINIONS, ASKED),
            CALLBACKS: (CALLBACKS, ASKED),
            OPINIONS: (OPINIONS,),
        }
        return kinds.get(self.kind, ())

    @property
    def calls_campaigns(self) -> bool:
        """Whether contacts of campaigns are among them."""
        return self.kind in (EVERYTHING, CAMPAIGN)


def phones(desk: Desk, wanted: Wanted) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield who may be owed a call now, each phone once, with the cases that are to be looked at.

    Raises:
        NotFoundError, RefusedError: there is no such campaign, or it has ended.
        StoreError: the store cannot serve.
    """
    passed: set[str] = set()
    for _due, phone, cases in _seeds(desk, wanted):
        if phone not in passed:
            passed.add(phone)
            yield phone, cases


def customers(desk: Desk, wanted: Wanted, skipped: Collection[str] = ()) -> Iterator[Customer]:
    """Yield whom the person at the desk may ring now, claimed or not, but for the phones ``skipped``.

    Raises:
        NotFoundError, RefusedError, StoreError: as ``phones``.
    """
    for phone, cases in phones(desk, wanted):
        if phone not in skipped and (found := look(desk, phone, cases)) is not None:
            yield found


def look(desk: Desk, phone: str, cases: tuple[int, ...] = ()) -> Customer | None:
    """Return the customer of a phone if they may be rung now; see ``dial_items.of_phone``."""
    with desk.store.reading() as db:
        return dial_items.of_phone(desk, db, phone, cases)


def asked_for(desk: Desk, db: Db, wanted: Wanted) -> list[Campaign]:
    """Return the open campaigns whose contacts are wanted.

    Raises:
        NotFoundError: there is no such campaign.
        RefusedError: it has ended.
    """
    if not wanted.calls_campaigns:
        return []
    if not wanted.campaign:
        return dialling.open_campaigns(db, desk.store.site_id)
    campaign = campaigns.find(db, desk.store.site_id, wanted.campaign)
    campaigns.ensure_open(campaign)
    return [campaign]


def closed_until(desk: Desk) -> datetime | None:
    """Return when the hours begin in which one may ring (UTC); None within them."""
    now = desk.now()
    begins = in_hours(desk.rules().policy, now)
    return begins if begins > now else None


def _seeds(desk: Desk, wanted: Wanted) -> Iterator[Seed]:
    with desk.store.reading() as db:
        chosen = asked_for(desk, db, wanted)
        if permissions.by_role(desk.rules_in(db), desk.person, acts.CALLBACK.id):
            return iter(())
        rings = dial_items.rings_for_campaigns(desk, db)
    sources = [_of_cases(desk, owe) for owe in wanted.owe]
    if rings:
        sources += chain.from_iterable((_tried(desk, each), _new(desk, each)) for each in chosen)
    return merge(*sources)


def _of_cases(desk: Desk, owe: str) -> Iterator[Seed]:
    """Yield the phones of the cases that owe a call, in the order of the queue; each is read in its turn."""
    after = Place()
    for most in chain(PAGES, repeat(PAGES[-1])):
        with desk.store.reading() as db:
            reach = in_sight.reach(desk, db)
            found = dialling.page(db, desk.store.site_id, owe, desk.person, desk.now(), reach, after, most)
        for after in found:
            with desk.store.reading() as db:
                phones = list(dial_items.phones_owed(desk.case_in(db, after.case_id)))
            for phone in phones:
                yield after.due_key, phone, (after.case_id,)
        if len(found) < most:
            return


def _tried(desk: Desk, campaign: Campaign) -> Iterator[Seed]:
    """Yield the contacts whose next try has come, the first first."""
    with desk.store.reading() as db:
        found = dialling.tried_contacts(db, desk.store.site_id, campaign.no, PAGES[-1])
    now = stamp(desk.now())
    for _no, phone, again in found:
        if again > now:
            return
        yield again, phone, ()


def _new(desk: Desk, campaign: Campaign) -> Iterator[Seed]:
    """Yield the contacts whom nobody has called, due when the campaign ends."""
    due, after = _end(desk, campaign), 0
    for most in chain(PAGES, repeat(PAGES[-1])):
        with desk.store.reading() as db:
            found = dialling.new_contacts(db, desk.store.site_id, campaign.no, after, most)
        for _no, phone in found:
            yield due, phone, ()
        if len(found) < most:
            return
        after = found[-1][0]


def _end(desk: Desk, campaign: Campaign) -> str:
    if campaign.by is None:
        return LAST_DAY
    after = datetime.combine(campaign.by + timedelta(days=1), time(), tzinfo=desk.rules().zone)
    return stamp(after.astimezone(UTC))
