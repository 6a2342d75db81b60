"""Audits as they stand on the timelines, with what became of what they found; closed cases to draw from."""

from array import array
from typing import Any, NamedTuple

from storage import figures
from storage.engine import Db
from storage.events import unpacked
from storage.figures import Span
from storage.part import Part
from storage.taken_back import Gone, since

CLOSED = """
    SELECT c.case_id FROM cases c
     WHERE c.site_id = :site_id AND c.closed_at >= :since AND c.closed_at < :until{part} ORDER BY c.case_id
"""
AUDITS = """
    SELECT e.case_id, c.number, c.site, c.category, e.at, e.actor, e.seq, e.data, d.owner, d.due_at, d.state
      FROM event e JOIN cases c ON c.case_id = e.case_id
      LEFT JOIN duty d ON d.site_id = e.site_id AND d.case_id = e.case_id AND d.kind = 'finding'
                      AND d.duty = e.data ->> 'duty'
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until AND e.act = 'audit'{part}
     ORDER BY e.at, e.case_id, e.seq
"""


class Audit(NamedTuple):
    """One audit; ``owner``, ``due_at`` and ``state`` are of what it found, None where that was nothing."""

    case_id: int
    number: str
    site: str
    category: str
    at: str
    by: str
    data: dict[str, Any]
    owner: str | None
    due_at: str | None
    state: str | None


def closed(db: Db, site_id: int, span: Span, part: Part) -> "array[int]":
    """Return the keys of the cases that were closed in ``span``."""
    given = figures.given(site_id, span, part)
    return db.keys(CLOSED.format(part=part.on_cases("c")), given)


def audits(db: Db, site_id: int, span: Span, part: Part) -> list[Audit]:
    """Return the audits of ``span`` that nobody has taken back, the oldest first."""
    given = figures.given(site_id, span, part)
    rows = db.all(AUDITS.format(part=part.on_cases("c")), given)
    gone = since(db, site_id, rows[0][4], part) if rows else Gone()
    return [
        Audit(key, number, site, category, at, by, unpacked(seq, data), *finding)
        for key, number, site, category, at, by, seq, data, *finding in rows
        if (key, seq) not in gone
    ]
