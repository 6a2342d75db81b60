"""Restricting a person: the cases, and what campaigns know, are kept and nothing else is done with them.

Source: PIPL article 47, last sentence; what that means on each road: docs/privacy.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage import campaigns, persons, restrictions
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.act import Act
from workbench.domain.campaigns import Contact
from workbench.domain.errors import NotFoundError, RefusedError
from workbench.domain.house import RELEASE, RESTRICT, HouseAct
from workbench.domain.rights import ERASE as RIGHT
from workbench.domain.text import door, phone_key
from workbench.rules import other_cases, permissions, rights, writing
from workbench.setup.house_log import write_in
from workbench.setup.persons import key_of, reasoned
from workbench.words import N_


@dataclass(frozen=True, slots=True)
class Kept:
    """What is only kept from now on, or is in use again: numbers of cases; how many contacts of campaigns."""

    cases: list[str]
    contacts: int


def restrict(desk: Desk, phone: str, reason: str) -> Kept:
    """Let everything about the person with ``phone`` be kept only, until it is lifted.

    Raises:
        UsageError: no phone, or no reason.
        NotFoundError: nothing here names it.
        RefusedError: the person at the desk has no right to, or all of it is only kept already.
    """
    key = key_of(phone)
    why = reasoned(reason, key)
    return writing.write(desk, lambda db: _restrict(desk, db, key, why))


def lift(desk: Desk, phone: str, reason: str) -> Kept:
    """Let everything about the person with ``phone`` be used again.

    Raises:
        UsageError: no phone, or no reason.
        NotFoundError: nothing of it is restricted.
        RefusedError: the person at the desk has no right to.
    """
    key = key_of(phone)
    why = reasoned(reason, key)
    return writing.write(desk, lambda db: _lift(desk, db, key, why))


def keep_added(desk: Desk, db: Db, campaign: int, added: Sequence[Contact]) -> None:
    """Keep those of the contacts ``added`` to a campaign only whose person is restricted."""
    site_id = desk.store.site_id
    phones = restrictions.kept_phones(db, site_id)
    found = [(campaign, each.no) for each in added if phone_key(each.phone) in phones]
    if found:
        campaigns.restrict(db, site_id, found, desk.now())
        write_in(db, desk, RESTRICT, {"reason": "", "cases": [], "contacts": found})


def _restrict(desk: Desk, db: Db, key: str, reason: str) -> Kept:
    _ensure_right(desk, db)
    site_id = desk.store.site_id
    cases = [(each.key, each.number) for each in persons.cases_of(db, site_id, key)]
    contacts = persons.contacts_of(db, site_id, key)
    if not (cases or contacts):
        raise NotFoundError(N_("Nothing here names that phone."))
    kept, known = restrictions.restricted(db, site_id, key)
    cases = [each for each in cases if each not in kept]
    contacts = [each for each in contacts if each not in known]
    if not (cases or contacts):
        raise RefusedError(N_("Everything about that phone is only kept already."))
    campaigns.restrict(db, site_id, contacts, desk.now())
    return _told(desk, db, (acts.RESTRICT, RESTRICT), cases, contacts, reason)


def _lift(desk: Desk, db: Db, key: str, reason: str) -> Kept:
    _ensure_right(desk, db)
    cases, contacts = restrictions.restricted(db, desk.store.site_id, key)
    if not (cases or contacts):
        raise NotFoundError(N_("Nothing of that phone is restricted."))
    campaigns.restrict(db, desk.store.site_id, contacts, None)
    return _told(desk, db, (acts.RELEASE, RELEASE), cases, contacts, reason)


def _ensure_right(desk: Desk, db: Db) -> None:
    desk.person = door(desk.person).strip()
    permissions.ensure_may_act(desk, db)
    rights.ensure(desk, db, RIGHT)


def _told(
    desk: Desk,
    db: Db,
    what: tuple[Act, HouseAct],
    cases: Sequence[tuple[int, str]],
    contacts: Sequence[tuple[int, int]],
    reason: str,
) -> Kept:
    """Write it down on each case, and in the house log; the reason stands there alone."""
    for case_id, _number in cases:
        other_cases.write(desk, db, case_id, what[0].id, {})
    numbers = [number for _, number in cases]
    write_in(db, desk, what[1], {"reason": reason, "cases": numbers, "contacts": list(contacts)})
    return Kept(numbers, len(contacts))
