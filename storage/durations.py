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
WAITING = "('pause', 'resume', 'merge')"  # and what else begins or ends a wait is an answer, or an approval
CLOSINGS = """
    SELECT category, site, handler, received_at, closed_at, case_id FROM cases
     WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until{part}
"""
# all entries of the span once; their numbers rise within a case, and are the addresses of the rows; only what
# a source tells has another time than that at which it stands
TOLD = f"""
    SELECT c.category, c.site, c.handler, c.received_at, c.source <> '',
           CASE WHEN c.source = '' THEN t.answered_at ELSE
               (SELECT {EFFECT} FROM event e WHERE e.event_no = t.answer) END,
           CASE WHEN c.source = '' THEN t.proposed_at ELSE
               (SELECT {EFFECT} FROM event e WHERE e.event_no = t.proposal) END,
           t.begins, t.ends, t.case_id
      FROM (SELECT e.case_id,
                   min(e.event_no) FILTER (WHERE e.act NOT IN {WAITING}) AS answer,
                   min(e.at) FILTER (WHERE e.act NOT IN {WAITING}) AS answered_at,
                   min(e.event_no) FILTER (WHERE e.act = 'propose') AS proposal,
                   min(e.at) FILTER (WHERE e.act = 'propose') AS proposed_at,
                   max(e.act = 'pause') AS begins,
                   max(e.act IN ('resume', 'close', 'merge', 'approve')) AS ends
              FROM event e
             WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :late
               AND (e.act IN {WAITING} OR {ANSWER}){{stands}}
             GROUP BY e.case_id) t
      JOIN cases c ON c.case_id = t.case_id{{part}}
"""  # noqa: S608 (our own words)
EARLIER = f"""
    SELECT e.case_id, e.seq, e.act = 'propose', CASE WHEN e.act IN ('undo', 'judge') THEN e.data END
      FROM event e
     WHERE e.site_id = ? AND e.case_id IN ({{marks}})
       AND (e.act IN ('undo', 'judge') OR (e.at < ? AND {ANSWER}))
"""  # noqa: S608 (our own words)


class Told(NamedTuple):
    """What the entries of a span tell.

    Attributes:
        firsts: (category, site, handler, received, answered, proposed, case) of each case first answered
            in it, or had its first proposal; UTC texts, None for no such; the key of the case.
        waited: The keys of the cases that may have ended a wait that began in the span.
        older: Of those that may have ended one that began before.
    """

    firsts: list[Row]
    waited: list[int]
    older: list[int]


def closings(db: Db, site_id: int, span: Span, part: Part) -> Iterator[Row]:
    """Yield (category, site, handler, received, closed, case) of the cases closed last in the span."""
    return db.stream(CLOSINGS.format(part=part.on_cases()), _given(site_id, span, part))


def told(db: Db, site_id: int, span: Span, part: Part, gone: Gone) -> Told:
    """Return what the entries of the span tell, without what was taken back (``gone``: since it began).

    The first is that of the timeline's order.
    """
    sql = TOLD.format(part=part.on_cases("c"), stands=STANDS if gone else "")
    rows = db.all(sql, _given(site_id, span, part) | gone.given)
    since = span.since
    # a source may say later that a case was received later
    older = [row for row in rows if row[3] < since or row[4]]
    before = _before(db, site_id, [row[9] for row in older if row[5]], since)
    firsts: list[Row] = []
    for category, site, handler, received_at, _imported, answered_at, proposed_at, _, _, key in rows:
        if answered_at:
            answered, proposed = before.get(key, NEITHER)
            times = (None if answered else answered_at, None if proposed else proposed_at)
            firsts.append((category, site, handler, received_at, *times, key))
    return Told(firsts, [row[9] for row in rows if row[7] and row[8]], [row[9] for row in older if row[8]])


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
