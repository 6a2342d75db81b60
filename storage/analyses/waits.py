"""Where cases wait: the cases whose way is followed, what stands where now, how long duties took."""

from array import array
from collections.abc import Iterator

from storage import figures
from storage.engine import Db, Row
from storage.figures import Span
from storage.part import Part

CLOSED = """
    SELECT c.case_id FROM cases c
     WHERE c.site_id = :site_id AND c.closed_at >= :since AND c.closed_at < :until{part}
     ORDER BY c.closed_at, c.case_id
"""
STANDING = """
    SELECT c.stage, count(*) FROM cases c
     WHERE c.site_id = :site_id AND c.status <> 'done'{part} GROUP BY c.stage
"""
DUTIES = """
    SELECT max(0, unixepoch(d.ended_at) - unixepoch(d.started_at)), d.kind FROM duty d
     WHERE d.site_id = :site_id AND d.ended_at >= :since AND d.ended_at < :until
       AND d.state <> 'withdrawn'{part}
"""


def closed(db: Db, site_id: int, span: Span, part: Part) -> "array[int]":
    """Return the keys of the cases closed in ``span``, in the order of their closing."""
    given = figures.given(site_id, span, part)
    return db.keys(CLOSED.format(part=part.on_cases("c")), given)


def standing(db: Db, site_id: int, part: Part) -> dict[str, int]:
    """Return how many cases that are not done stand at each stage, as stored."""
    return dict(db.all(STANDING.format(part=part.on_cases("c")), {"site_id": site_id} | part.given))


def duties(db: Db, site_id: int, span: Span, part: Part) -> Iterator[Row]:
    """Yield (seconds, kind) of the duties that ended in ``span``, not those withdrawn."""
    given = figures.given(site_id, span, part)
    return db.stream(DUTIES.format(part=part.on_keys("d.case_id")), given)
