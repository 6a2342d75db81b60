"""What cases cost the customers, as they say, and what was given: sums in fen, so that they stay exact."""

from typing import NamedTuple

from storage import figures
from storage.engine import Db
from storage.figures import Span
from storage.part import Part

# a claim of nothing is none
STATED = "CASE WHEN CAST(c.claim AS REAL) > 0 THEN CAST(round(c.claim * 100) AS INTEGER) END"
GIVEN = "coalesce(CAST(round(c.compensation * 100) AS INTEGER), 0)"
CLOSED = "c.site_id = :site_id AND c.closed_at >= :since AND c.closed_at < :until"
IN_SUM = f"""
    SELECT count(*), count(stated), coalesce(sum(stated), 0), coalesce(sum(given), 0),
           coalesce(sum(given) FILTER (WHERE stated IS NOT NULL), 0), count(*) FILTER (WHERE given >= stated),
           count(mood_change), coalesce(sum(mood_change), 0), count(csi), coalesce(sum(csi), 0)
      FROM (SELECT {STATED} AS stated, {GIVEN} AS given, c.mood_after - c.mood AS mood_change, c.csi AS csi
              FROM cases c WHERE {CLOSED}{{part}})
"""  # noqa: S608 (our own words)
EACH = f"""
    SELECT c.case_id, c.number, c.site, c.category, {STATED} AS stated, {GIVEN} AS given, c.mood,
           c.mood_after, c.csi, c.nps, c.resolution, c.accepted
      FROM cases c WHERE {CLOSED} AND (c.compensation IS NOT NULL OR {STATED} > 0){{part}}
     ORDER BY coalesce(stated, 0) - given DESC, c.case_id LIMIT :most
"""  # noqa: S608 (our own words)
COUNT = f"""
    SELECT count(*) FROM cases c
     WHERE {CLOSED} AND (c.compensation IS NOT NULL OR {STATED} > 0){{part}}
"""  # noqa: S608 (our own words)
OWED = f"""
    SELECT DISTINCT c.case_id FROM duty d JOIN cases c ON c.case_id = d.case_id
     WHERE d.site_id = :site_id AND d.state = 'open' AND d.kind = 'payment' AND {CLOSED}{{part}}
"""  # noqa: S608 (our own words)


class Worth(NamedTuple):
    """The cases closed in a span; money in fen.

    Attributes:
        stating: Of these, those whose customers say what it cost them, ``stated`` in all.
        given: Promised and paid, on all of them.
        given_to_stating: The part of it that went to those who say what it cost them.
        enough: Of those who do, those to whom as much was given, or more.
        moods: Of how many the mood is known before and after, and ``mood_change`` in sum; ``csis`` likewise.
    """

    closed: int
    stating: int
    stated: int
    given: int
    given_to_stating: int
    enough: int
    moods: int
    mood_change: int
    csis: int
    csi: int


class One(NamedTuple):
    """One case; money in fen, ``stated`` None where the customer names no sum."""

    case_id: int
    number: str
    site: str
    category: str
    stated: int | None
    given: int
    mood: int | None
    mood_after: int | None
    csi: int | None
    nps: int | None
    resolution: str | None
    accepted: str | None


def in_sum(db: Db, site_id: int, span: Span, part: Part) -> Worth:
    """Return the sums over the cases closed in ``span``."""
    return Worth(*db.all(IN_SUM.format(part=part.on_cases("c")), figures.given(site_id, span, part))[0])


def each(db: Db, site_id: int, span: Span, part: Part, most: int) -> list[One]:
    """Return up to ``most`` of them that are about money, those to whom most is missing first."""
    given = figures.given(site_id, span, part) | {"most": most}
    return [One(*row) for row in db.all(EACH.format(part=part.on_cases("c")), given)]


def count(db: Db, site_id: int, span: Span, part: Part) -> int:
    """Return how many of them are about money: a sum is named, or was given."""
    return int(db.value(COUNT.format(part=part.on_cases("c")), figures.given(site_id, span, part)))


def still_owed(db: Db, site_id: int, span: Span, part: Part) -> list[int]:
    """Return the keys of those on which somebody still owes a payment."""
    return list(db.keys(OWED.format(part=part.on_cases("c")), figures.given(site_id, span, part)))
