"""Cases that belong together: parts of a merged case, of a group, of an incident; cases of one customer."""

from collections.abc import Iterable
from typing import NamedTuple

from storage import lookup
from storage.engine import Db

PARTS = "SELECT case_id FROM cases WHERE site_id = ? AND part_of = ? ORDER BY case_id"
INCIDENTS = """
    SELECT case_id, number, incident FROM cases
     WHERE site_id = ? AND site = ? AND incident IS NOT NULL AND status IN ('open', 'waiting')
     ORDER BY case_id
"""
BY_PERSON = "SELECT case_id FROM cases WHERE site_id = ? AND person = ? ORDER BY case_id DESC LIMIT ?"
# the index of homes leaves out cases without one, and SQLite has to be told so
BY_HOME = """
    SELECT case_id FROM cases
     WHERE site_id = ? AND site = ? AND unit = ? AND unit <> '' AND customer = ? ORDER BY case_id DESC LIMIT ?
"""
CONTACTS = "SELECT case_id, phone_key, person, site, unit, customer FROM cases WHERE case_id IN ({marks})"
MOST = 200  # cases of one customer that are looked at


class Incident(NamedTuple):
    """An open incident: its case and the building, as units begin."""

    case_id: int
    number: str
    building: str


def parts(db: Db, site_id: int, number: str) -> list[int]:
    """Return the keys of the cases that are part of the case with ``number``, the oldest first."""
    return [row[0] for row in db.all(PARTS, (site_id, number))]


def incidents(db: Db, site_id: int, site: str) -> list[Incident]:
    """Return the open incidents of a place, the oldest first."""
    return [Incident(*row) for row in db.all(INCIDENTS, (site_id, site))]


def of_customer(db: Db, site_id: int, case_id: int) -> list[int]:
    """Return the keys of every case of the customer of ``case_id``, the newest first.

    One customer: the same phone, the same name in the same home, or cases that somebody said are of one
    person; and whoever is the same as one of these.
    """
    known: set[int] = set()
    new = {case_id}
    while new and len(known) < MOST:
        known |= new
        new = set(_alike(db, site_id, new)) - known
    return sorted(known, reverse=True)[:MOST]


def _alike(db: Db, site_id: int, keys: Iterable[int]) -> Iterable[int]:
    found = list(keys)
    sql = CONTACTS.format(marks=",".join("?" * len(found)))
    # most have phone and home in common: each is asked for once
    phones, homes, persons = set[str](), set[tuple[str, str, str]](), set[int]()
    for key, phone, person, *home in db.all(sql, found):
        phones.add(phone)
        homes.add((home[0], home[1], home[2]))
        persons.add(key if person is None else person)
    for phone in filter(None, phones):
        yield from lookup.by_phone(db, site_id, phone, MOST)
    for site, unit, customer in homes:
        if unit and customer:
            yield from (row[0] for row in db.all(BY_HOME, (site_id, site, unit, customer, MOST)))
    for person in persons:
        yield person
        yield from (row[0] for row in db.all(BY_PERSON, (site_id, person, MOST)))
