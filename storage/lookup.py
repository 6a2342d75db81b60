"""Finding one case: by number or ending, by external id, by the customer's phone or unit."""

import json
from collections.abc import Sequence

from storage.engine import Db
from workbench.domain.errors import NotFoundError
from workbench.domain.text import door, fold, gist, phone_key
from workbench.words import N_

SHORTEST_ENDING = 3
MOST_EARLIER = 5  # earlier cases of one customer that a form shows
LONGEST_SHOWN = 40  # characters of what was asked for, in a sentence
BY_ENDING = """
    SELECT case_id, number FROM cases
     WHERE site_id = :site_id AND ending >= :low AND ending < :high LIMIT 3
"""
BY_EXTERNAL = "SELECT case_id FROM cases WHERE site_id = ? AND source = ? AND external_id = ?"
RECEIVED = """
    SELECT case_id FROM cases WHERE site_id = ? AND received_at >= ? AND received_at < ? ORDER BY case_id
"""
# the indexes of phones and homes leave out cases without one, and SQLite has to be told so
EARLIER_BY_PHONE = """
    SELECT case_id FROM cases
     WHERE site_id = ? AND phone_key = ? AND phone_key <> '' ORDER BY case_id DESC LIMIT ?
"""
WITH_ENDINGS = """
    SELECT number FROM cases WHERE site_id = ? AND ending IN (SELECT value FROM json_each(?))
"""
NEWEST = "SELECT number FROM cases WHERE +site_id = ? ORDER BY case_id DESC LIMIT ?"
UNSOLVED_BY_PHONE = """
    SELECT case_id FROM cases
     WHERE site_id = ? AND phone_key = ? AND phone_key <> '' AND status IN ('open', 'waiting')
     ORDER BY case_id
"""
UNSOLVED = """
    SELECT case_id FROM cases
     WHERE case_id IN (SELECT value FROM json_each(?)) AND status IN ('open', 'waiting')
     ORDER BY case_id DESC
"""
RESTRICTED = (
    "SELECT case_id FROM cases INDEXED BY case_restricted WHERE site_id = ? AND restricted_at IS NOT NULL"
)
EARLIER_BY_UNIT = """
    SELECT case_id FROM cases
     WHERE site_id = ? AND site = ? AND unit = ? AND unit <> '' ORDER BY case_id DESC LIMIT ?
"""


def case_id(db: Db, site_id: int, number: str) -> int:
    """Return the key of the case with ``number``, or with a unique ending of it.

    Raises:
        NotFoundError: none, several, or an ending shorter than three characters.
    """
    wanted = fold(door(number)).strip().upper()
    exact = db.value("SELECT case_id FROM cases WHERE site_id = ? AND ending = ?", (site_id, wanted[::-1]))
    if exact is not None:
        return int(exact)
    if len(wanted) < SHORTEST_ENDING:
        raise NotFoundError(N_("Give a case number, or at least its last 3 characters."))
    named = gist(number, LONGEST_SHOWN)
    low = wanted[::-1]
    found = db.all(BY_ENDING, {"site_id": site_id, "low": low, "high": low + "\U0010ffff"})
    if not found:
        raise NotFoundError(N_("There is no case {typed}."), typed=named)
    if len(found) > 1:
        examples = ", ".join(row[1] for row in found)
        raise NotFoundError(N_("{typed} fits several cases ({examples}); give more of it."), typed=named,
                            examples=examples)  # fmt: skip
    return int(found[0][0])


def received_keys(db: Db, site_id: int, since: str, until: str) -> list[int]:
    """Return the keys of the cases received from ``since`` up to, but not at, ``until`` (UTC text)."""
    return [row[0] for row in db.all(RECEIVED, (site_id, since, until))]


def by_external(db: Db, site_id: int, source: str, external_id: str) -> int | None:
    """Return the key of the case that came from elsewhere under ``external_id``, or None."""
    found = db.value(BY_EXTERNAL, (site_id, source, external_id))
    return int(found) if found is not None else None


def number(db: Db, key: int) -> str:
    """Return the number of the case with ``key``."""
    return str(db.value("SELECT number FROM cases WHERE case_id = ?", (key,)))


def with_numbers(db: Db, site_id: int, numbers: Sequence[str]) -> set[str]:
    """Return those of ``numbers`` that are numbers of cases."""
    endings = json.dumps([each[::-1] for each in numbers], ensure_ascii=False)
    return {row[0] for row in db.all(WITH_ENDINGS, (site_id, endings))}


def newest_numbers(db: Db, site_id: int, most: int) -> list[str]:
    """Return the numbers of the cases recorded last, the newest first."""
    return [row[0] for row in db.all(NEWEST, (site_id, most))]


def unsolved_of_phone(db: Db, site_id: int, phone: str) -> list[int]:
    """Return the keys of the open and waiting cases of a phone."""
    key = phone_key(phone)
    return [row[0] for row in db.all(UNSOLVED_BY_PHONE, (site_id, key))] if key else []


def unsolved(db: Db, keys: Sequence[int]) -> list[int]:
    """Return those of the cases ``keys`` that are open or waiting, the newest first."""
    return [row[0] for row in db.all(UNSOLVED, (json.dumps(list(keys)),))] if keys else []


def by_phone(db: Db, site_id: int, key: str, most: int) -> list[int]:
    """Return the keys of the cases of a phone (``phone_key``), the newest first."""
    return [row[0] for row in db.all(EARLIER_BY_PHONE, (site_id, key, most))]


def earlier(db: Db, site_id: int, *, phone: str, site: str, unit: str) -> list[int]:
    """Return the keys of earlier cases of the same phone or the same unit, the newest first."""
    found: list[int] = []
    if key := phone_key(phone):
        found += by_phone(db, site_id, key, MOST_EARLIER)
    if unit.strip():
        found += [row[0] for row in db.all(EARLIER_BY_UNIT, (site_id, site, unit, MOST_EARLIER))]
    return sorted(set(found), reverse=True)[:MOST_EARLIER]


def restricted(db: Db, site_id: int) -> list[int]:
    """Return the keys of the cases that are only kept."""
    return [row[0] for row in db.all(RESTRICTED, (site_id,))]
