"""Entries whose time may be wrong, those that a wrong clock brought, and what was settled of them."""

import json
from collections import defaultdict
from datetime import datetime

from storage import setting
from storage.engine import Db
from workbench.domain.times import stamp, unstamp
from workbench.domain.upcoming import EVERYTHING, SYSTEM

SETTLED = "clock_settled"  # up to which entry the clock was accepted, and which spans were rejected
IN_DOUBT = """
    SELECT case_id, at, read_at FROM event
     WHERE site_id = ? AND event_no > ? AND (timed = 'doubt' OR read_at IS NOT NULL) ORDER BY event_no
"""
READ_IN = """
    SELECT case_id, seq, actor, act FROM event
     WHERE site_id = :site_id AND case_id <> 0 AND at BETWEEN :first AND :last
     UNION
    SELECT case_id, seq, actor, act FROM event
     WHERE site_id = :site_id AND case_id <> 0 AND read_at IS NOT NULL AND read_at BETWEEN :first AND :last
     ORDER BY case_id, seq
"""
TRUSTED = """
    SELECT coalesce(read_at, at) FROM event
     WHERE +site_id = :site_id AND (timed IS NULL OR timed = 'given')
       AND event_no < (SELECT event_no FROM event
                        WHERE site_id = :site_id AND case_id = :case_id AND seq = :seq)
       AND NOT coalesce(read_at, at) BETWEEN :first AND :last
     ORDER BY event_no DESC LIMIT 1
"""
NEWEST = "SELECT max(event_no) FROM event"

Span = tuple[datetime, datetime]


def cases(db: Db, site_id: int) -> dict[int, int]:
    """Return how many entries of each case are in doubt that nobody has settled; 0 is the house."""
    until, spans = _settled(db, site_id)
    found: defaultdict[int, int] = defaultdict(int)
    for case_id, at, read_at in db.all(IN_DOUBT, (site_id, until)):
        read = read_at or at
        if not any(first <= read <= last or first <= at <= last for first, last in spans):
            found[case_id] += 1
    return dict(found)


def accepted(db: Db, site_id: int) -> None:
    """Keep that everything up to the newest entry was accepted; runs inside a write transaction."""
    setting.put(db, site_id, SETTLED, json.dumps({"until": db.value(NEWEST), "spans": []}))


def rejected(db: Db, site_id: int, span: Span) -> None:
    """Keep that what the clock said in ``span`` was rejected; runs inside a write transaction."""
    until, spans = _settled(db, site_id)
    spans.append((stamp(span[0]), stamp(span[1])))
    setting.put(db, site_id, SETTLED, json.dumps({"until": until, "spans": spans}))


def _settled(db: Db, site_id: int) -> tuple[int, list[tuple[str, str]]]:
    found = json.loads(setting.get(db, site_id, SETTLED) or "{}")
    return found.get("until") or 0, [(first, last) for first, last in found.get("spans", ())]


def brought(db: Db, site_id: int, span: Span) -> dict[int, tuple[list[int], list[int]]]:
    """Return, by case, the entries that time brought in ``span``, and those of others that touch it."""
    found: dict[int, tuple[list[int], list[int]]] = {}
    given = {"site_id": site_id, "first": stamp(span[0]), "last": stamp(span[1])}
    for case_id, seq, actor, act in db.all(READ_IN, given):
        by_time, others = found.setdefault(case_id, ([], []))
        (by_time if actor == SYSTEM and act in EVERYTHING else others).append(seq)
    return found


def trusted_before(db: Db, site_id: int, case_id: int, seq: int, span: Span) -> datetime | None:
    """Return the time of the newest entry before this one that nobody doubts (UTC); None without any."""
    given = {"site_id": site_id, "first": stamp(span[0]), "last": stamp(span[1])}
    at = db.value(TRUSTED, given | {"case_id": case_id, "seq": seq})
    return unstamp(at) if at else None
