"""Cases on which a customer may have been passed on in a span."""

from storage.engine import Db
from storage.figures import WRITTEN_LATE, Span
from storage.part import Part
from workbench.domain.times import stamp, unstamp

# ``passes`` is kept where that ever happened; these acts can bring it about
MAY_BE = """
    SELECT DISTINCT e.case_id
      FROM event e JOIN cases c ON c.case_id = e.case_id AND c.passes IS NOT NULL
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :late
       AND e.act IN ('assign', 'take', 'accept', 'refuse', 'return', 'answer'){part}
"""


def may_be(db: Db, site_id: int, span: Span, part: Part) -> list[int]:
    """Return the keys of the cases ever passed on, and to which such an act happened in the span."""
    late = stamp(unstamp(span.until) + WRITTEN_LATE)
    given = {"site_id": site_id, "since": span.since, "late": late} | part.given
    return [key for (key,) in db.all(MAY_BE.format(part=part.on_cases("c")), given)]
