"""The timeline: append-only, chained per case, and sealed across the store.

``hash`` covers the salted digest of what an entry holds, everything else in the row and the entry before it
in its case. ``digest`` is kept only of an entry that was erased: erasing ``data`` and ``salt`` by law leaves
the chain intact, and whoever alters the time, the person or the act of an erased entry is seen. A seal
covers every entry of the store up to one: kept elsewhere, it shows a lost last entry or a lost case too. It
follows from the hashes, so that only every ``SEAL_EVERY``-th entry keeps its own (``seal``).
What befalls the house (lists, policies, exports) is a timeline of its own, see ``storage.house``.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.json import decode
from msgspec.structs import replace

from storage.engine import Db, Row
from storage.ids import Op, new_op_id
from storage.timing import timed
from workbench.domain import acts
from workbench.domain.cases import Event
from workbench.domain.errors import StoreDamagedError
from workbench.domain.times import stamp, unstamp
from workbench.domain.upcoming import SYSTEM
from workbench.words import N_

if TYPE_CHECKING:
    from hashlib import _Hash

NO_HASH = bytes(32)
SALT_BYTES = 16
SEAL_EVERY = 16
UNREADABLE = N_("The store is damaged: entry {seq} of a case cannot be read; see: workbench check")

INSERT = """
    INSERT INTO event (event_no, site_id, case_id, seq, op_id, at, actor, act, data, salt, digest, hash, seal,
                       typed_by, read_at, timed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SINCE_A_SEAL = """
    SELECT event_no, hash, seal FROM event
     WHERE event_no >= coalesce(
        (SELECT event_no FROM event WHERE seal IS NOT NULL ORDER BY event_no DESC LIMIT 1), 0)
     ORDER BY event_no
"""
OF_CASE = """
    SELECT seq, at, actor, act, data, typed_by, read_at, timed FROM event
     WHERE site_id = :site_id AND case_id = :case_id ORDER BY seq
"""
OF_CASES = """
    SELECT case_id, seq, at, actor, act, data, typed_by, read_at, timed FROM event
     WHERE site_id = ? AND case_id IN ({marks}) ORDER BY case_id, seq
"""
OF_OP = "SELECT seq FROM event WHERE site_id = ? AND case_id = ? AND op_id = ? ORDER BY seq LIMIT 1"
RECORDED_AS = "SELECT case_id FROM event WHERE site_id = ? AND op_id = ? AND act = 'record'"


class Tail(Struct):
    """Where the store's timeline ends: number and seal of its newest entry."""

    event_no: int
    seal: bytes


def tail(db: Db) -> Tail:
    """Return the end of the store's timeline; number 0 in an empty store."""
    end = Tail(0, NO_HASH)
    for number, link, kept in db.all(SINCE_A_SEAL):
        end = Tail(number, kept or sealed(end.seal, link))
    return end


def seal_text(end: Tail) -> str:
    """Return a seal as it is printed: COUNT:HASH."""
    return f"{end.event_no}:{end.seal.hex()}"


def packed(data: Mapping[str, Any]) -> str:
    """Return ``data`` as the JSON text that is stored and hashed."""
    return _encode(data)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@cache
def _sha256() -> "Callable[[bytes], _Hash]":
    """Return the library's function: 2 ms that reading need not pay, found once and not for every entry."""
    from hashlib import sha256

    return sha256


def digest_of(salt: bytes, data: str) -> bytes:
    """Return the digest of what an entry holds."""
    return _sha256()(salt + data.encode()).digest()


def chained(prev: bytes, body: str, digest: bytes) -> bytes:
    """Return the hash of an entry: of the one before it, its ``body`` (see ``body_of``) and its digest."""
    return _sha256()(prev + digest + body.encode()).digest()


def sealed(seal: bytes, digest: bytes) -> bytes:
    """Return the seal after an entry whose hash is ``digest``."""
    return _sha256()(seal + digest).digest()


def body_of(
    site_id: int,
    case_id: int,
    seq: int,
    op_id: Op,
    at: str,
    by: str,
    act: str,
    typed_by: str | None,
    read_at: str | None,
    timed: str | None,
) -> str:
    """Return the text of an entry that its hash covers, beside what it holds; all as stored."""
    op = op_id.hex() if isinstance(op_id, bytes) else f"text:{op_id}"
    typed = typed_by or ""  # its length keeps it apart from the name that follows
    known = f"{site_id}|{case_id}|{seq}|{op}|{at}|{act}|{timed or ''}|{read_at or ''}"
    return f"{known}|{len(typed)}|{typed}|{by}"


def entry(
    end: Tail, site_id: int, case_id: int, event: Event, prev: bytes, op_id: Op | None = None
) -> tuple[Row, bytes]:
    """Return the row of ``event`` and its hash; moves ``end`` on. Without an ``op_id`` one is made."""
    op_id = op_id or new_op_id(int(event.at.timestamp() * 1000))
    return sealed_row(end, site_id, case_id, event, prev, op_id, os.urandom(SALT_BYTES), packed(event.data))


def sealed_row(
    end: Tail, site_id: int, case_id: int, event: Event, prev: bytes, op_id: Op, salt: bytes, data: str
) -> tuple[Row, bytes]:
    """Return the row of ``event`` under an id, a salt and a packing of the caller's; see ``entry``."""
    digest, at = digest_of(salt, data), stamp(event.at)
    extra = (event.typed_by, stamp(event.read_at) if event.read_at else None, event.timed)
    body = body_of(site_id, case_id, event.seq, op_id, at, event.by, event.act, *extra)
    link = chained(prev, body, digest)
    end.event_no += 1
    end.seal = sealed(end.seal, link)
    kept = None if end.event_no % SEAL_EVERY else end.seal
    held = (event.seq, op_id, at, event.by, event.act, data, salt, None, link, kept)
    return (end.event_no, site_id, case_id, *held, *extra), link


def signed(db: Db, event: Event) -> Event:
    """Return ``event`` with who typed it, where that is not whose it is."""
    if db.typed_by is None or event.by == SYSTEM:
        return event
    return replace(event, typed_by=db.typed_by)


def append(
    db: Db, site_id: int, case_id: int, events: Iterable[Event], prev: bytes, op: tuple[int, Op] | None = None
) -> tuple[bytes, list[int]]:
    """Append ``events`` to a case whose newest hash is ``prev``; return the new one and the numbers.

    ``op`` names the entry of the act itself (its ``seq``) and the id under which it was asked for.
    """
    own, op_id = op if op else (0, None)
    end = tail(db)
    rows = []
    for event in events:
        event = timed(db, site_id, signed(db, event))
        row, prev = entry(end, site_id, case_id, event, prev, op_id if event.seq == own else None)
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


def of_op(db: Db, site_id: int, case_id: int, op_id: Op) -> int | None:
    """Return which entry of a case (its ``seq``) was asked for under ``op_id``, or None."""
    found = db.value(OF_OP, (site_id, case_id, op_id))
    return None if found is None else int(found)


def recorded_as(db: Db, site_id: int, op_id: Op) -> int | None:
    """Return the key of the case that was recorded under ``op_id``, or None."""
    found = db.value(RECORDED_AS, (site_id, op_id))
    return None if found is None else int(found)


def event(row: Row) -> Event:
    """Return a row as ``OF_CASE`` reads it as an event; erased data comes back as empty.

    Raises:
        StoreDamagedError: it holds something else.
    """
    seq, at, by, act, data, typed_by, read_at, timed = row
    try:
        read = unstamp(read_at) if read_at else None
        return Event(seq, unstamp(at), by, act, unpacked(seq, data), typed_by, read, timed)
    except (ValueError, TypeError):
        raise StoreDamagedError(UNREADABLE, seq=seq) from None


def unpacked(seq: int, data: str | None) -> dict[str, Any]:
    """Return what entry ``seq`` of a case holds; nothing if it was erased.

    Raises:
        StoreDamagedError: it is no JSON object.
    """
    try:
        found = decode(data) if data else {}
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
