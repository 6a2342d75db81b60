"""The cases on which money was promised or asked for, and whose customer may be the same."""

from collections.abc import Collection, Iterable

from storage import groups, lookup, search
from storage.engine import Db

MOST = 1_000  # cases of one phone that are looked at
WITH_MONEY = """
    SELECT c.case_id FROM cases AS c
     WHERE c.site_id = ? AND c.case_id IN ({marks})
       AND (c.compensation IS NOT NULL OR EXISTS (
            SELECT 1 FROM duty AS d WHERE d.site_id = c.site_id AND d.case_id = c.case_id
               AND d.kind = 'approval' AND d.state = 'open'))
     ORDER BY c.case_id
"""
OF_HOME = "SELECT case_id FROM cases WHERE site_id = ? AND site = ? AND unit = ? AND unit <> ''"


def of_phones(db: Db, site_id: int, keys: Iterable[str]) -> set[int]:
    """Return the keys of the cases that have, or once had, one of these phones (``phone_key``)."""
    found: set[int] = set()
    for key in filter(None, keys):
        found.update(lookup.by_phone(db, site_id, key, MOST))
        found.update(search.case_ids(db, site_id, key))
    return found


def of_homes(db: Db, site_id: int, homes: Iterable[tuple[str, str]]) -> set[int]:
    """Return the keys of the cases that have one of these homes (site, unit), or once had such a unit."""
    found: set[int] = set()
    for site, unit in homes:
        if unit:
            found.update(row[0] for row in db.all(OF_HOME, (site_id, site, unit)))
            found.update(search.case_ids(db, site_id, unit))
    return found


def of_person(db: Db, site_id: int, case_id: int) -> set[int]:
    """Return the keys of the cases of the same customer as ``case_id``, as somebody said or the names do."""
    return set(groups.of_customer(db, site_id, case_id))


def with_money(db: Db, site_id: int, keys: Collection[int]) -> list[int]:
    """Return those of the cases ``keys`` on which money was promised, or something waits for a decision."""
    marks = ",".join("?" * len(keys))
    return [row[0] for row in db.all(WITH_MONEY.format(marks=marks), [site_id, *keys])] if keys else []
