"""How long cases took to their first answer, their proposal and their closing, for those of a span."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from storage.engine import Db, Row
from storage.events import unpacked
from storage.figures import WRITTEN_LATE, Span, pages
from storage.part import Part
from storage.taken_back import EFFECT, STANDS, Gone, numbers
from workbench.domain.times import stamp, unstamp

NEITHER = (False, False)
# what the customer hears of us by: as ``told`` in workbench.domain.effects, where the act took effect; an
# entry is packed without blanks, and in a text of somebody's its quotation marks would be escaped
ANSWER = """(e.act IN ('acknowledge', 'reply', 'propose', 'promise', 'close', 'compensate')
             OR (e.act = 'callback' AND instr(e.data, '"reached":true'))
             OR (e.act = 'approve' AND e.data ->> 'act' IN ('close', 'compensate')))"""
CLOSINGS = """
    SELECT category, site, handler, received_at, closed_at FROM cases
     WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until{part}
"""
# the numbers of entries rise within a case, and are the addresses of the rows
FIRSTS = f"""
    SELECT c.category, c.site, c.handler, c.received_at, c.external_id IS NOT NULL,
           (SELECT {EFFECT} FROM event e WHERE e.event_no = t.answer),
           (SELECT {EFFECT} FROM event e WHERE e.event_no = t.proposal),
           t.case_id
      FROM (SELECT e.case_id, min(e.event_no) AS answer,
                   min(e.event_no) FILTER (WHERE e.act = 'propose') AS proposal
              FROM event e
             WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :late AND {ANSWER}{{stands}}
             GROUP BY e.case_id) t
      JOIN cases c ON c.case_id = t.case_id{{part}}
"""  # noqa: S608 (our own words)
EARLIER = f"""
    SELECT e.case_id, e.seq, e.act = 'propose', CASE WHEN e.act IN ('undo', 'judge') THEN e.data END
      FROM event e
     WHERE e.site_id = ? AND e.case_id IN ({{marks}})
       AND (e.act IN ('undo', 'judge') OR (e.at < ? AND {ANSWER}))
"""  # noqa: S608 (our own words)


class First(NamedTuple):
    """A case whose first entry of a kind stands in the span; both times are UTC texts, None for no such."""

    category: str
    site: str
    handler: str | None
    received_at: str
    answered_at: str | None
    proposed_at: str | None


def closings(db: Db, site_id: int, span: Span, part: Part) -> Iterator[Row]:
    """Yield (category, site, handler, received, closed) of the cases closed last in the span."""
    return db.stream(CLOSINGS.format(part=part.on_cases()), _given(site_id, span, part))


def firsts(db: Db, site_id: int, span: Span, part: Part, gone: Gone) -> Iterator[First]:
    """Yield the cases that were first answered, or had their first proposal, in the span.

    The first is that of the timeline's order, without what was taken back (``gone``: since the span began).
    """
    sql = FIRSTS.format(part=part.on_cases("c"), stands=STANDS if gone else "")
    rows = db.all(sql, _given(site_id, span, part) | gone.given)
    # a source may say later that a case was received later
    older = [row[-1] for row in rows if row[3] < span.since or row[4]]
    before = _before(db, site_id, older, span.since)
    for *group, _imported, answered_at, proposed_at, key in rows:
        answered, proposed = before.get(key, NEITHER)
        yield First(
            group[0], group[1], group[2], group[3],
            None if answered else answered_at, None if proposed else proposed_at,
        )  # fmt: skip


def _before(db: Db, site_id: int, keys: Iterable[int], since: str) -> dict[int, tuple[bool, bool]]:
    """Return of the cases ``keys`` whether they were answered, and had a proposal, before ``since``."""
    told: dict[tuple[int, int], bool] = {}
    gone: set[tuple[int, int]] = set()
    for page in pages(sorted(keys)):
        rows = db.all(EARLIER.format(marks=", ".join("?" * len(page))), (site_id, *page, since))
        for key, seq, proposes, taking_back in rows:
            if taking_back:
                gone.update((key, each) for each in numbers(unpacked(seq, taking_back)))
            else:
                told[key, seq] = bool(proposes)
    found: dict[int, tuple[bool, bool]] = {}
    for (key, seq), proposes in told.items():
        if (key, seq) not in gone:
            found[key] = (True, proposes or found.get(key, NEITHER)[1])
    return found


def _given(site_id: int, span: Span, part: Part) -> dict[str, Any]:
    late = stamp(unstamp(span.until) + WRITTEN_LATE)
    return {"site_id": site_id, "since": span.since, "until": span.until, "late": late} | part.given
