"""Whose turn it is: what somebody owes, what somebody was told and has not seen, what somebody handles."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from storage.engine import Db
from workbench.domain.times import stamp

# ">= ''" says nothing, and leads SQLite to the index by people, as the order does: every duty is due at some
# time. DISTINCT would lead it along the cases, to every duty there ever was.
OWED = """
    SELECT case_id FROM duty
     WHERE site_id = :site_id AND state = 'open' AND owner IN ({owners}) AND due_at >= ''
     ORDER BY owner, due_at
"""
UNSEEN = """
    SELECT case_id FROM notice
     WHERE site_id = :site_id AND person = :person AND at >= '' AND seen_at IS NULL
"""
HELD = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND handler = :person AND status <> 'done'
     ORDER BY due_key, severity, received_at, case_id
"""
HELD_LATE = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND handler = :person AND status <> 'done' AND due_key < :now
     ORDER BY due_key, severity, received_at, case_id
"""
NOT_TAKEN = """
        SELECT case_id, number, customer, due_key, severity, received_at FROM cases
         WHERE site_id = :site_id AND handler IS NULL AND status <> 'done' AND first_asked = :person
           AND status IN ('open', 'waiting') AND restricted_at IS NULL
"""
CARRIED = f"""
    SELECT case_id, number, customer, severity FROM (
        SELECT case_id, number, customer, due_key, severity, received_at FROM cases
         WHERE site_id = :site_id AND handler = :person AND status <> 'done'
           AND restricted_at IS NULL
         UNION ALL {NOT_TAKEN}
    ) ORDER BY due_key, severity, received_at, case_id
"""  # noqa: S608 (our own text)
HANDOVERS = """
    SELECT d.case_id FROM duty AS d JOIN cases AS c ON c.case_id = d.case_id
     WHERE d.site_id = :site_id AND d.state = 'open' AND d.kind = 'handover' AND c.status <> 'done'
       AND (d.actor = :person OR c.handler = :person OR d.owner IN ({owners}))
     ORDER BY d.due_at, d.case_id
"""


class Carried(NamedTuple):
    """A case as a list calls it."""

    case_id: int
    number: str
    customer: str
    severity: int


def owed(db: Db, site_id: int, owners: Iterable[str]) -> list[int]:
    """Return the keys of the cases on which one of ``owners`` owes something."""
    names, given = _marks(owners)
    found = db.all(OWED.format(owners=names), given | {"site_id": site_id})
    return list(dict.fromkeys(row[0] for row in found))


def unseen(db: Db, site_id: int, person: str) -> list[int]:
    """Return the keys of the cases on which ``person`` was told something and has not seen it."""
    found = db.all(UNSEEN, {"site_id": site_id, "person": person})
    return list(dict.fromkeys(row[0] for row in found))


def held(db: Db, site_id: int, person: str) -> list[int]:
    """Return the keys of the cases that ``person`` handles and that are not done, the most urgent first."""
    return [row[0] for row in db.all(HELD, {"site_id": site_id, "person": person})]


def held_late(db: Db, site_id: int, person: str, now: datetime) -> list[int]:
    """Return the keys of those that ``held`` returns on which something is past its time at ``now`` (UTC)."""
    given = {"site_id": site_id, "person": person, "now": stamp(now)}
    return [row[0] for row in db.all(HELD_LATE, given)]


def carried(db: Db, site_id: int, person: str) -> list[int]:
    """Return the keys of what ``person`` hands over at the end of a shift, the most urgent first.

    That is what the person handles, and what the person recorded and nobody has taken; not what is only kept.
    """
    return [row.case_id for row in carried_rows(db, site_id, person)]


def carried_rows(db: Db, site_id: int, person: str) -> list[Carried]:
    """Return what ``carried`` does, with how each case is called."""
    return [Carried(*row) for row in db.all(CARRIED, {"site_id": site_id, "person": person})]


def handovers(db: Db, site_id: int, person: str, owners: Iterable[str]) -> list[int]:
    """Return the keys of the cases whose handover waits for one of ``owners``, or was given by ``person``."""
    names, given = _marks(owners)
    given |= {"site_id": site_id, "person": person}
    return [row[0] for row in db.all(HANDOVERS.format(owners=names), given)]


def _marks(owners: Iterable[str]) -> tuple[str, dict[str, object]]:
    """Return the marks for a list of names, and what they stand for."""
    given: dict[str, object] = {f"owner{at}": name for at, name in enumerate(owners)}
    return ", ".join(f":{mark}" for mark in given), given
