"""Clocks that stopped in a span, met and missed, by clock: from an index alone, unless it is of a part."""

from storage import figures
from storage.engine import Db
from storage.figures import Span
from storage.part import Part

BY_CLOCK = """
    SELECT clock, count(*) FILTER (WHERE state = 'met'), count(*) FROM clock INDEXED BY clock_stopped
     WHERE site_id = :site_id AND stopped_at >= :since AND stopped_at < :until{part} GROUP BY clock
"""


def by_clock(db: Db, site_id: int, span: Span, part: Part) -> dict[str, tuple[int, int]]:
    """Return by clock how many were met, and how many stopped."""
    given = figures.given(site_id, span, part)
    rows = db.all(BY_CLOCK.format(part=part.on_keys("clock.case_id")), given)
    return {clock: (met, n) for clock, met, n in rows}
