"""How many customers are left to ring, how many wait for their next try, and when the next of these comes."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from msgspec import Struct

from storage import dialling
from storage.dialling import Try
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.times import stamp, unstamp
from workbench.rules import in_sight, permissions
from workbench.setup import dial_items, dial_list
from workbench.setup.dial_list import Wanted

LOOKED_AT = 500  # customers of whom it is looked up whether they agree to be called
MOST = 5_000  # cases or contacts of each list that are counted: more than anybody rings


class Left(Struct, frozen=True):
    """How many customers may be rung now, and how many later.

    Attributes:
        at_least: There are more: a list was longer than what is counted.
        next_at: When the next of those comes who wait, or the hours begin in which one may ring (UTC).
    """

    now: int = 0
    later: int = 0
    next_at: datetime | None = None
    at_least: bool = False


def left(desk: Desk, wanted: Wanted) -> Left:
    """Count customers by their phones, each once.

    What a rule keeps from this person on a single case is not looked at: of those who are left some may not
    be offered. Nobody is left outside the hours of the policy: they wait for these.

    Raises:
        NotFoundError, RefusedError: the campaign that is wanted is not there, or has ended.
        StoreError: the store cannot be read.
    """
    with desk.store.reading() as db:
        if permissions.by_role(desk.rules_in(db), desk.person, acts.CALLBACK.id):
            return Left()
        lists = [*_of_cases(desk, db, wanted), *_of_campaigns(desk, db, wanted)]
        tried: dict[str, str] = {}
        for found in lists:
            for phone, again_at in found:
                tried[phone] = max(tried.get(phone, ""), again_at or "")
        for phone in [*islice(tried, LOOKED_AT)]:
            if dial_items.refuses(desk, db, phone):
                del tried[phone]
    now = stamp(desk.now())
    waiting = sorted(again_at for again_at in tried.values() if again_at > now)
    counted = Left(
        len(tried) - len(waiting),
        len(waiting),
        unstamp(waiting[0]) if waiting else None,
        any(len(found) >= MOST for found in lists),
    )
    return _by_the_hours(desk, counted)


def _by_the_hours(desk: Desk, counted: Left) -> Left:
    """Return that everybody waits for the hours, where nobody may be rung just now."""
    begins = dial_list.closed_until(desk)
    if begins is None:
        return counted
    return Left(0, counted.now + counted.later, begins, counted.at_least)


def _of_cases(desk: Desk, db: Db, wanted: Wanted) -> Iterator[list[Try]]:
    reach, now = in_sight.reach(desk, db), desk.now()
    for owe in wanted.owe:
        yield dialling.tries(db, desk.store.site_id, owe, desk.person, now, reach, MOST)


def _of_campaigns(desk: Desk, db: Db, wanted: Wanted) -> Iterator[list[Try]]:
    site_id = desk.store.site_id
    for campaign in dial_list.asked_for(desk, db, wanted):
        yield [Try(phone) for _no, phone in dialling.new_contacts(db, site_id, campaign.no, 0, MOST)]
        tried = dialling.tried_contacts(db, site_id, campaign.no, MOST)
        yield [Try(phone, again) for _no, phone, again in tried]
