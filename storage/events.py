"""The timeline: append-only, chained per case, and sealed across the store.

``hash`` covers the entry and the one before it in its case. It is taken over a salted digest of the
entry, so that erasing ``data`` and ``salt`` by law leaves the chain intact. ``seal`` covers every entry
of the store up to this one: kept elsewhere, it shows a lost last entry or a lost case too.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.engine import Db, Row
from storage.ids import new_op_id
from workbench.domain import acts
from workbench.domain.cases import Event
from workbench.domain.errors import StoreDamagedError
from workbench.domain.times import stamp, unstamp
from workbench.words import N_

NO_HASH = "0" * 64
UNREADABLE = N_("The store is damaged: entry {seq} of a case cannot be read; see: workbench check")

INSERT = """
    INSERT INTO event (event_no, site_id, case_id, seq, op_id, at, actor, act, data, salt, prev, hash, seal)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
NEWEST = "SELECT event_no, seal FROM event ORDER BY event_no DESC LIMIT 1"
OF_CASE = """
    SELECT seq, at, actor, act, data FROM event
     WHERE site_id = :site_id AND case_id = :case_id ORDER BY seq
"""
OF_CASES = """
    SELECT case_id, seq, at, actor, act, data FROM event
     WHERE site_id = ? AND case_id IN ({marks}) ORDER BY case_id, seq
"""


@dataclass(slots=True)
class Tail:
    """Where the store's timeline ends: number and seal of its newest entry."""

    event_no: int
    seal: str


def tail(db: Db) -> Tail:
    """Return the end of the store's timeline; number 0 in an empty store."""
    row = db.one(NEWEST)
    return Tail(row[0], row[1]) if row else Tail(0, NO_HASH)


def packed(data: Mapping[str, Any]) -> str:
    """Return ``data`` as the JSON text that is stored and hashed."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def chained(prev: str, salt: str, body: str) -> str:
    """Return the hash of an entry; ``body`` is the entry as text, ``prev`` the hash before it."""
    from hashlib import sha256  # 2 ms that reading need not pay

    inner = sha256(f"{salt}{body}".encode()).digest()
    return sha256(prev.encode() + inner).hexdigest()


def body_of(site_id: int, case_id: int, seq: int, op_id: str, at: str, by: str, act: str, data: str) -> str:
    """Return the text of an entry that its hash covers."""
    return f"{site_id}|{case_id}|{seq}|{op_id}|{at}|{act}|{by}|{data}"


def entry(end: Tail, site_id: int, case_id: int, event: Event, prev: str) -> tuple[Row, str]:
    """Return the row of ``event`` and its hash; moves ``end`` on."""
    from hashlib import sha256

    at = stamp(event.at)
    op_id = new_op_id(int(event.at.timestamp() * 1000))
    data = packed(event.data)
    salt = os.urandom(16).hex()
    body = body_of(site_id, case_id, event.seq, op_id, at, event.by, event.act, data)
    digest = chained(prev, salt, body)
    end.event_no += 1
    end.seal = sha256(f"{end.seal}{digest}".encode()).hexdigest()
    entry_row = (event.seq, op_id, at, event.by, event.act, data, salt, prev, digest, end.seal)
    return (end.event_no, site_id, case_id, *entry_row), digest


def append(db: Db, site_id: int, case_id: int, events: Iterable[Event], prev: str) -> tuple[str, list[int]]:
    """Append ``events`` to a case whose newest hash is ``prev``; return the new one and the numbers."""
    end = tail(db)
    rows = []
    for event in events:
        row, prev = entry(end, site_id, case_id, event, prev)
        rows.append(row)
    db.run_many(INSERT, rows)
    return prev, [row[0] for row in rows]


def of_case(db: Db, site_id: int, case_id: int) -> list[Event]:
    """Return the timeline of a case, oldest first; empty if there is no such case."""
    return [event(row) for row in db.all(OF_CASE, {"site_id": site_id, "case_id": case_id})]


def of_cases(db: Db, site_id: int, case_ids: Sequence[int]) -> dict[int, list[Event]]:
    """Return the timelines of several cases by their keys."""
    marks = ",".join("?" * len(case_ids))
    rows = db.all(OF_CASES.format(marks=marks), [site_id, *case_ids])
    found: dict[int, list[Event]] = {case_id: [] for case_id in case_ids}
    for row in rows:
        found[row[0]].append(event(row[1:]))
    return found


def event(row: Row) -> Event:
    """Return a row (seq, at, actor, act, data) as an event; erased data comes back as empty.

    Raises:
        StoreDamagedError: it holds something else.
    """
    seq, at, by, act, data = row
    try:
        return Event(seq, unstamp(at), by, act, unpacked(seq, data))
    except (ValueError, TypeError):
        raise StoreDamagedError(UNREADABLE, seq=seq) from None


def unpacked(seq: int, data: str | None) -> dict[str, Any]:
    """Return what entry ``seq`` of a case holds; nothing if it was erased.

    Raises:
        StoreDamagedError: it is no JSON object.
    """
    try:
        found = json.loads(data) if data else {}
    except (ValueError, TypeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise StoreDamagedError(UNREADABLE, seq=seq)
    return found


def policy_of(timeline: Sequence[Event]) -> int:
    """Return the version of the policy that a case was recorded by.

    Raises:
        StoreDamagedError: the timeline does not begin with the recording, or that was erased.
    """
    first = timeline[0] if timeline else None
    version = first.data.get("policy") if first and first.act == acts.RECORD.id else None
    if not isinstance(version, int):
        raise StoreDamagedError(UNREADABLE, seq=first.seq if first else 1)
    return version
