"""Cases received in a span by category and root cause."""

from typing import Any, NamedTuple

from storage import figures
from storage.analyses.standing import FOUNDED, HOT, LEVEL, ON_CASE, RISEN
from storage.engine import Db
from storage.figures import Span
from storage.part import Part

BY_CAUSE = f"""
    WITH {RISEN}
    SELECT c.category, c.cause, count(*), sum(c.repeat), count(*) FILTER (WHERE {LEVEL} <= 2),
           count(*) FILTER (WHERE {HOT}), count(*) FILTER (WHERE {FOUNDED}), count(c.verdict)
      FROM cases c {ON_CASE}
     WHERE c.site_id = :site_id AND c.received_at >= :since AND c.received_at < :until{{part}}
     GROUP BY c.category, c.cause
"""  # noqa: S608 (our own words)


class Counted(NamedTuple):
    """Cases of one category and one cause (None: not named).

    ``grave`` stand at level 1 or 2; ``founded`` of ``verified`` have a verdict that says so.
    """

    category: str
    cause: str | None
    cases: int
    repeats: int
    grave: int
    hot: int
    founded: int
    verified: int


def by_cause(db: Db, site_id: int, span: Span, part: Part, standing: dict[str, Any]) -> list[Counted]:
    """Return the cases received in ``span``; ``standing`` as ``standing.given`` has it."""
    given = figures.given(site_id, span, part) | standing
    return [Counted(*row) for row in db.all(BY_CAUSE.format(part=part.on_cases("c")), given)]
