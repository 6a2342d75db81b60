"""Missed clocks by whoever held the case when they fell due; what nobody held is booked on the place."""

from storage.engine import Db, Row
from storage.figures import Span, given
from storage.part import WHOLE, Part

HELD_BY = "coalesce(k.holder, nullif(c.site, ''), '')"
MISSED = f"""
    SELECT {HELD_BY}, k.clock, k.holder IS NOT NULL, count(*)
      FROM clock k JOIN cases c ON c.case_id = k.case_id
     WHERE k.site_id = :site_id AND k.stopped_at >= :since AND k.stopped_at < :until
       AND k.state = 'missed'{{part}}
     GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 1, 2
"""  # noqa: S608 (our column names)


def missed(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> list[Row]:
    """Return (who or where, clock, whether it is a person, how many) of those that stopped in the span."""
    return db.all(MISSED.format(part=part.on_cases("c")), given(site_id, span, part))
