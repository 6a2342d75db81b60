"""What the charts and lists of the evening page need beside the figures."""

from typing import NamedTuple

from storage import figures
from storage.engine import Db
from storage.figures import Span
from storage.part import Part

CAUSES = """
    SELECT cause, count(*) FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until AND cause IS NOT NULL{part}
     GROUP BY cause
"""
# the bounds on due_key make the index of live cases the best one, statistics or not
OVERDUE = """
    SELECT case_id, number, next_clock, due_key, handler FROM cases
     WHERE site_id = :site_id AND due_key >= '' AND due_key < :now AND status <> 'done'{part}
     ORDER BY due_key, severity, received_at LIMIT :most
"""
OVERDUE_BY_HANDLER = """
    SELECT coalesce(handler, ''), count(*) FROM cases
     WHERE site_id = :site_id AND due_key >= '' AND due_key < :now AND status <> 'done'{part} GROUP BY handler
"""


class Late(NamedTuple):
    """A case that is late: by which clock or kind of duty, since when (UTC text), who holds it."""

    key: int
    number: str
    owes: str
    due_at: str
    handler: str | None


def causes(db: Db, site_id: int, span: Span, part: Part) -> dict[str, int]:
    """Return the cases received in the span whose root cause is named, by that cause."""
    given = figures.given(site_id, span, part)
    return dict(db.all(CAUSES.format(part=part.on_cases()), given))


def overdue(db: Db, site_id: int, now: str, part: Part, most: int) -> list[Late]:
    """Return the cases that are late at ``now`` (UTC text), the first due first, as written down."""
    given = {"site_id": site_id, "now": now, "most": most} | part.given
    return [Late(*row) for row in db.all(OVERDUE.format(part=part.on_cases()), given)]


def overdue_by_handler(db: Db, site_id: int, now: str, part: Part) -> dict[str, int]:
    """Return how many cases are late at ``now`` (UTC text) by who holds them; "" for nobody."""
    return dict(
        db.all(OVERDUE_BY_HANDLER.format(part=part.on_cases()), {"site_id": site_id, "now": now} | part.given)
    )
