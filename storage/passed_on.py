"""Cases on which a customer may have been passed on in a span."""

from storage import figures
from storage.engine import Db
from storage.figures import Span
from storage.part import Part
from storage.rare import THESE, Rare

BRINGING = ("assign", "accept", "refuse", "return", "answer")
# ``passes`` is kept where that ever happened
MAY_BE = f"""
    SELECT DISTINCT e.case_id
      FROM {THESE} CROSS JOIN cases c ON c.case_id = e.case_id AND c.passes IS NOT NULL
     WHERE e.site_id = :site_id{{part}}
"""  # noqa: S608 (our own words)
# what nobody took up by its due, though no sweep has said so yet
UNSWEPT = """
    SELECT d.case_id FROM duty d JOIN cases c ON c.case_id = d.case_id
     WHERE d.site_id = :site_id AND d.state = 'open' AND d.kind IN ('dispatch', 'request')
       AND d.due_at >= :since AND d.due_at < :until{part}
"""


def may_be(db: Db, site_id: int, span: Span, part: Part, rare: Rare) -> list[int]:
    """Return the keys of the cases that may have been passed on in the span."""
    given = figures.given(site_id, span, part)
    given |= rare.given(*BRINGING)
    rows = [row for sql in (MAY_BE, UNSWEPT) for row in db.all(sql.format(part=part.on_cases("c")), given)]
    return sorted({key for (key,) in rows})
