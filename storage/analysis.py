"""Counts of a span for the analysis: groups of cases, ways of solving, clocks by group."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from operator import add
from typing import Any, NamedTuple

from storage.analyses import pieces
from storage.engine import Db, Row
from storage.entries import MERGED
from storage.figures import Span, given
from storage.filters import Reach, in_reach
from storage.held import HELD_BY
from storage.part import WHOLE, Part

GROUPS = ("site", "channel", "kind", "category", "severity", "handler")
# read once: by two facts, and by the cause, which few cases have
MAIN = """
    SELECT category, {by}, cause, count(*), count(*) FILTER (WHERE status IN ('open', 'waiting')),
           sum(repeat), count(*) FILTER (WHERE hot = 1),
           count(*) FILTER (WHERE closed_at IS NOT NULL AND (resolution = 'none' OR accepted = 'no'))
      FROM cases WHERE site_id = :site_id AND received_at >= :since AND received_at < :until{part}
     GROUP BY category, {by}, cause
"""
BEFORE = """
    SELECT category, count(*) FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until{part}
     GROUP BY category
"""
WAYS = f"""
    SELECT resolution, accepted, {MERGED} AS merged, count(*), sum(repeat) FROM cases
     WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until{{part}}
     GROUP BY 1, 2, 3 ORDER BY count(*) DESC, resolution NULLS LAST, accepted NULLS LAST, merged
"""  # noqa: S608 (our own words)
OUTCOMES = """
    SELECT outcome, count(*) FROM cases
     WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until AND outcome IS NOT NULL{part}
     GROUP BY outcome ORDER BY count(*) DESC, outcome LIMIT :most
"""
PREVENTIONS = """
    SELECT c.case_id, c.number, c.category, c.cause, d.text, d.owner, d.due_at, d.state, d.answer
      FROM cases c JOIN duty d ON d.site_id = c.site_id AND d.case_id = c.case_id AND d.kind = 'prevention'
     WHERE c.site_id = :site_id AND c.received_at >= :since AND c.received_at < :until{part}
     ORDER BY d.due_at, c.case_id LIMIT :most
"""
PASSED_ON = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until AND passes IS NOT NULL{part}
     ORDER BY received_at, case_id
"""
# those of a case together, so that each case is looked up once
CLOCKS = """
    SELECT {groups}, k.told
      FROM (SELECT case_id, holder, group_concat(clock || ' ' || state, ';') AS told
              FROM clock INDEXED BY clock_stopped
             WHERE site_id = :site_id AND stopped_at >= :since AND stopped_at < :until
             GROUP BY case_id, holder) k
      JOIN cases c ON c.case_id = k.case_id{part}
"""
PAGE = 1_000


class Received(NamedTuple):
    """The cases received in a span, each list the largest first.

    ``main`` (by category) and ``groups`` have rows of (group, received, unsolved now, repeats, hot, not
    accepted); not accepted: closed without a solution for the customer (``domain.outcomes``). ``causes`` has
    those whose cause is named.
    """

    main: list[Row]
    groups: list[Row]
    causes: list[Row]


def received(db: Db, site_id: int, span: Span, by: str, part: Part = WHOLE) -> Received:
    """Return the counts of the cases received in ``span``, its groups by ``by`` (one of ``GROUPS``)."""
    assert by in GROUPS, by
    rows = db.all(MAIN.format(by=by, part=part.on_cases()), given(site_id, span, part))
    causes = [row[:2] for row in _summed(rows, 2) if row[0] is not None]
    return Received(_summed(rows, 0), _summed(rows, 1), causes)


def _summed(rows: list[Row], place: int) -> list[Row]:
    """Return the sums of the counts in ``rows`` by what stands at ``place``, the largest first."""
    found: dict[Any, list[int]] = {}
    for row in rows:
        sums = found.setdefault(row[place], [0] * 5)
        sums[:] = map(add, sums, row[3:])
    listed = sorted(found.items(), key=lambda each: (-each[1][0], each[0] is None, each[0]))
    return [(group, *sums) for group, sums in listed]


def by_category(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> list[Row]:
    """Return (category, cases received)."""
    return db.all(BEFORE.format(part=part.on_cases()), given(site_id, span, part))


def ways(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> list[Row]:
    """Return (resolution, accepted, merged, cases, repeats) of the cases closed in the span.

    ``merged`` are those that were closed with the case that they went into.
    """
    return db.all(WAYS.format(part=part.on_cases()), given(site_id, span, part))


def outcomes(
    db: Db, site_id: int, span: Span, most: int, part: Part = WHOLE, reach: Reach | None = None
) -> list[Row]:
    """Return (what customers were told, cases) for the commonest outcomes, of what ``reach`` holds."""
    within, more = in_reach(reach) if reach else ("", {})
    sql = OUTCOMES.format(part=part.on_cases() + within)
    return db.all(sql, given(site_id, span, part) | {"most": most} | more)


def preventions(db: Db, site_id: int, span: Span, most: int, part: Part = WHOLE) -> list[Row]:
    """Return (case, number, category, cause, text, owner, due, state, answer) of each prevention."""
    return db.all(PREVENTIONS.format(part=part.on_cases("c")), given(site_id, span, part) | {"most": most})


def passed_on(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> list[int]:
    """Return the keys of the cases received in the span whose customer was passed on."""
    return [row[0] for row in db.all(PASSED_ON.format(part=part.on_cases()), given(site_id, span, part))]


def clocks(
    db: Db, site_id: int, span: Span, names: Sequence[str], part: Part = WHOLE
) -> dict[str, list[Row]]:
    """Return (group, clock, state, number) of the clocks that stopped in the span, by each of ``names``.

    These are of ``GROUPS``. Among handlers a clock is booked on whoever held the case when it fell due, or
    was met; where nobody did, on the place.
    """
    assert set(names) <= set(GROUPS), names
    groups = ", ".join(HELD_BY if name == "handler" else f"c.{name}" for name in names)
    told: list[Counter[Row]] = [Counter() for _ in names]
    sql = CLOCKS.format(groups=groups, part=part.on_cases("c"))
    # a piece after another: what the library sorts of a whole year is too much to hold
    rows = chain.from_iterable(db.stream(sql, given(site_id, piece, part)) for piece in pieces.of(span))
    while page := list(islice(rows, PAGE)):
        *columns, clocks = zip(*page, strict=True)
        for counts, column in zip(told, columns, strict=True):
            counts.update(zip(column, clocks, strict=True))
    return {name: _each_clock(counts) for name, counts in zip(names, told, strict=True)}


def _each_clock(told: Mapping[Row, int]) -> list[Row]:
    """Return the counts of single clocks, of those of the clocks of a case together."""
    found: Counter[Row] = Counter()
    for (group, clocks), count in told.items():
        for each in clocks.split(";"):
            found[group, *each.split(" ")] += count
    return [
        (*row, count)
        for row, count in sorted(found.items(), key=lambda each: (str(each[0][0] or ""), each[0][1:]))
    ]
