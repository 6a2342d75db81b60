"""Counts of a span for the analysis: groups of cases, ways of solving, clocks by group."""

from storage.engine import Db, Row
from storage.figures import Span
from storage.held import HELD_BY

GROUPS = ("site", "channel", "kind", "category", "severity", "handler")
MAIN = """
    SELECT {by}, count(*), count(*) FILTER (WHERE status IN ('open', 'waiting')), sum(repeat),
           count(*) FILTER (WHERE hot = 1),
           count(*) FILTER (WHERE closed_at IS NOT NULL AND (resolution = 'none' OR accepted = 'no'))
      FROM cases WHERE site_id = :site_id AND received_at >= :since AND received_at < :until
     GROUP BY {by} ORDER BY count(*) DESC, {by} NULLS LAST
"""
WAYS = """
    SELECT resolution, accepted, count(*), sum(repeat) FROM cases
     WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until
     GROUP BY resolution, accepted ORDER BY count(*) DESC, resolution NULLS LAST, accepted NULLS LAST
"""
OUTCOMES = """
    SELECT outcome, count(*) FROM cases
     WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until AND outcome IS NOT NULL
     GROUP BY outcome ORDER BY count(*) DESC, outcome LIMIT :most
"""
CAUSES = """
    SELECT cause, count(*) FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until AND cause IS NOT NULL
     GROUP BY cause ORDER BY count(*) DESC, cause
"""
PREVENTIONS = """
    SELECT c.number, c.category, c.cause, d.text, d.owner, d.due_at, d.state, d.answer
      FROM cases c JOIN duty d ON d.site_id = c.site_id AND d.case_id = c.case_id AND d.kind = 'prevention'
     WHERE c.site_id = :site_id AND c.received_at >= :since AND c.received_at < :until
     ORDER BY d.due_at, c.case_id LIMIT :most
"""
PASSED_ON = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until AND passes IS NOT NULL
     ORDER BY received_at, case_id
"""
CLOCKS = """
    SELECT {by}, k.clock, k.state, count(*) FROM clock k JOIN cases c ON c.case_id = k.case_id
     WHERE k.site_id = :site_id AND k.stopped_at >= :since AND k.stopped_at < :until
     GROUP BY {by}, k.clock, k.state
"""


def _given(site_id: int, span: Span) -> dict[str, object]:
    return {"site_id": site_id, "since": span.since, "until": span.until}


def groups(db: Db, site_id: int, span: Span, by: str) -> list[Row]:
    """Return (group, received, unsolved now, repeats, hot, not accepted) of the cases received.

    The largest come first; not accepted: closed without a solution for the customer (``domain.outcomes``).

    ``by`` is one of ``GROUPS``.
    """
    assert by in GROUPS, by
    return db.all(MAIN.format(by=by), _given(site_id, span))


def ways(db: Db, site_id: int, span: Span) -> list[Row]:
    """Return (resolution, accepted, cases, repeats) of the cases closed in the span."""
    return db.all(WAYS, _given(site_id, span))


def outcomes(db: Db, site_id: int, span: Span, most: int) -> list[Row]:
    """Return (what customers were told, cases) for the commonest outcomes of the span."""
    return db.all(OUTCOMES, _given(site_id, span) | {"most": most})


def causes(db: Db, site_id: int, span: Span) -> list[Row]:
    """Return (cause, cases) of the cases received in the span whose cause is named, the most first."""
    return db.all(CAUSES, _given(site_id, span))


def preventions(db: Db, site_id: int, span: Span, most: int) -> list[Row]:
    """Return (number, category, cause, text, owner, due, state, answer) of what shall prevent the like."""
    return db.all(PREVENTIONS, _given(site_id, span) | {"most": most})


def passed_on(db: Db, site_id: int, span: Span) -> list[int]:
    """Return the keys of the cases received in the span whose customer was passed on."""
    return [row[0] for row in db.all(PASSED_ON, _given(site_id, span))]


def clocks(db: Db, site_id: int, span: Span, by: str) -> list[Row]:
    """Return (group, clock, state, number) of the clocks that stopped in the span.

    Among handlers a clock is booked on whoever held the case when it fell due, or was met; where nobody did,
    on the place.
    """
    assert by in GROUPS, by
    return db.all(CLOCKS.format(by=HELD_BY if by == "handler" else f"c.{by}"), _given(site_id, span))
