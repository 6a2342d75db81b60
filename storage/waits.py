"""Entries by which cases began to wait and went on, of the cases whose wait may have ended in a span."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from storage.engine import Db, Row
from storage.figures import WRITTEN_LATE, Span, pages
from storage.part import Part
from workbench.domain.times import stamp, unstamp

# what ends a wait: ``end_pause`` in workbench.domain.effects; what an approval grants takes effect by it
ENDING = "('resume', 'close', 'merge', 'approve')"
PAUSED = "(p.act = 'pause' OR (p.act = 'approve' AND p.data ->> 'act' = 'pause'))"
LONG = timedelta(days=30)
# most waits are shorter than ``LONG``: their beginnings are few in the index, closings are many
ENDED = f"""
    SELECT DISTINCT p.case_id FROM event p
     WHERE p.site_id = :site_id AND p.at >= :before AND p.at < :late AND {PAUSED}{{part}}
       AND EXISTS (SELECT 1 FROM event e INDEXED BY event_of_case
                    WHERE e.site_id = p.site_id AND e.case_id = p.case_id
                      AND e.seq > p.seq AND e.at >= :since AND e.at < :late AND e.act IN {ENDING})
"""  # noqa: S608 (our own words)
ENDED_LONG = f"""
    SELECT DISTINCT e.case_id FROM event e JOIN cases c ON c.case_id = e.case_id AND c.received_at < :before
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :late AND e.act IN {ENDING}{{part}}
       AND EXISTS (SELECT 1 FROM event p INDEXED BY event_of_case
                    WHERE p.site_id = e.site_id AND p.case_id = e.case_id
                      AND p.seq < e.seq AND p.at < :before AND {PAUSED})
"""  # noqa: S608 (our own words)
# a planned end that has come and that nobody has written down yet
PLANNED = """
    SELECT c.case_id FROM cases c
     WHERE c.site_id = :site_id AND c.watch_at IS NOT NULL AND c.watch_at <= :now
       AND c.pause_until >= :since AND c.pause_until < :until AND c.pause_until <= :now{part}
"""
TURNS = f"""
    SELECT c.category, c.site, c.handler, e.case_id, e.seq, e.at, e.actor, e.act, e.data
      FROM event e JOIN cases c ON c.case_id = e.case_id
     WHERE e.site_id = ? AND e.case_id IN ({{marks}})
       AND e.act IN ('pause', 'undo', 'judge', {ENDING[1:]}
     ORDER BY e.case_id, e.seq
"""  # noqa: S608 (our own words)


def ended(db: Db, site_id: int, span: Span, part: Part, now: datetime) -> list[int]:
    """Return the keys of the cases of which a wait may have ended in the span, by ``now`` (UTC)."""
    late = stamp(unstamp(span.until) + WRITTEN_LATE)
    given = {"site_id": site_id, "since": span.since, "until": span.until, "late": late, "now": stamp(now)}
    given |= part.given
    given |= {"before": stamp(unstamp(span.since) - LONG)}
    found = db.all(ENDED.format(part=part.on_keys("p.case_id")), given)
    found += db.all(ENDED_LONG.format(part=part.on_cases("c")), given)
    found += db.all(PLANNED.format(part=part.on_cases("c")), given)
    return sorted({key for (key,) in found})


def turns(db: Db, site_id: int, keys: Iterable[int]) -> Iterator[Row]:
    """Yield (category, site, handler, case, seq, at, by, act, data) of what may begin or end a wait."""
    for page in pages(sorted(keys)):
        yield from db.all(TURNS.format(marks=", ".join("?" * len(page))), (site_id, *page))
