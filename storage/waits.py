"""Entries by which cases began to wait and went on, of the cases whose wait may have ended in a span."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from storage.durations import Told
from storage.engine import Db, Row
from storage.figures import Span, pages
from storage.part import Part
from storage.rare import THESE, Rare
from workbench.domain.times import stamp

# what ends a wait: ``end_pause`` in workbench.domain.effects; what an approval grants takes effect by it
ENDING = "('resume', 'close', 'merge', 'approve')"
GRANTED = f"""
    SELECT e.case_id FROM {THESE}
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until AND e.act = 'approve'
       AND e.data ->> 'act' = 'pause'{{part}}
"""  # noqa: S608 (our own words)
# most cases were never paused
PAUSED = """
    SELECT DISTINCT p.case_id FROM event p INDEXED BY event_of_case
     WHERE p.site_id = :site_id AND p.case_id IN (SELECT value FROM json_each(:keys))
       AND (p.act = 'pause' OR (p.act = 'approve' AND p.data ->> 'act' = 'pause'))
"""
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


def ended(db: Db, site_id: int, span: Span, part: Part, told: Told, rare: Rare, now: datetime) -> list[int]:
    """Return the keys of the cases of which a wait may have ended in the span, by ``now`` (UTC)."""
    given = {"site_id": site_id, "since": span.since, "until": span.until, "now": stamp(now)} | part.given
    given |= rare.given("approve")
    found = db.all(GRANTED.format(part=part.on_keys("e.case_id")), given)
    found += db.all(PLANNED.format(part=part.on_cases("c")), given)
    found += db.all(PAUSED, {"site_id": site_id, "keys": json.dumps(told.older)})
    return sorted({*told.waited, *(key for (key,) in found)})


def turns(db: Db, site_id: int, keys: Iterable[int]) -> Iterator[Row]:
    """Yield (category, site, handler, case, seq, at, by, act, data) of what may begin or end a wait."""
    for page in pages(sorted(keys)):
        yield from db.all(TURNS.format(marks=", ".join("?" * len(page))), (site_id, *page))
