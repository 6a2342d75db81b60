"""Verdicts that took the place of another one."""

from storage import figures
from storage.engine import Db, Row
from storage.figures import Span
from storage.part import Part
from storage.rare import THESE, Rare
from storage.taken_back import STANDS, Gone

# the one before it, of those that were never taken back: one's own undo is within a day of it
OVERTURNED = f"""
    SELECT c.number, e.case_id, e.seq, e.at, e.actor, e.data ->> 'verdict',
           (SELECT max(p.seq) FROM event p INDEXED BY event_of_case
             WHERE p.site_id = e.site_id AND p.case_id = e.case_id AND p.seq < e.seq AND p.act = 'verify'
               AND NOT EXISTS (SELECT 1 FROM event u INDEXED BY event_of_case
                                WHERE u.site_id = p.site_id AND u.case_id = p.case_id AND u.seq > p.seq
                                  AND ((u.act = 'undo' AND u.data ->> 'seq' = p.seq)
                                    OR (u.act = 'judge' AND EXISTS (
                                        SELECT 1 FROM json_each(u.data, '$.undone') WHERE value = p.seq)))))
      FROM {THESE} CROSS JOIN cases c ON c.case_id = e.case_id
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until AND e.act = 'verify'{STANDS}{{part}}
     ORDER BY e.at, e.case_id, e.seq
"""  # noqa: S608 (our own words)
EARLIER = "SELECT actor, data ->> 'verdict' FROM event WHERE site_id = ? AND case_id = ? AND seq = ?"


def verdicts(db: Db, site_id: int, span: Span, part: Part, gone: Gone, rare: Rare) -> list[Row]:
    """Return (number, when, by, verdict, by before, verdict before) of the verdicts of the span, in order.

    The last two are None where there was no verdict before.
    """
    given = figures.given(site_id, span, part) | gone.given
    given |= rare.given("verify")
    found = []
    for number, key, _seq, at, by, verdict, last in db.all(OVERTURNED.format(part=part.on_cases("c")), given):
        before = db.one(EARLIER, (site_id, key, last)) if last else None
        found.append((number, at, by, verdict, *(before or (None, None))))
    return found
