"""Entries of a span that say that nobody impartial was left to make them."""

from storage.engine import Db
from storage.figures import Span

MARKED = """
    SELECT count(*) FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until
       AND e.data LIKE '%"not_impartial"%' AND e.data ->> '$.not_impartial'
       AND NOT EXISTS (SELECT 1 FROM event u WHERE u.site_id = e.site_id AND u.case_id = e.case_id
                          AND u.act = 'undo' AND u.data ->> 'seq' = e.seq)
"""


def marked(db: Db, site_id: int, span: Span) -> int:
    """Return how many acts of the span were done by somebody of whom nobody says that they stand apart."""
    return int(db.value(MARKED, {"site_id": site_id, "since": span.since, "until": span.until}))
