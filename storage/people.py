"""What each person holds now, what was closed of theirs, and the clocks that stopped while they held it."""

from collections import Counter

from storage import figures
from storage.engine import Db
from storage.figures import Span
from storage.part import Part

HELD = """
    SELECT handler, count(*) FROM cases INDEXED BY queue_handler
     WHERE site_id = :site_id AND handler > '' AND status IN ('open', 'waiting') AND status <> 'done'{part}
     GROUP BY handler
"""
CLOSED = """
    SELECT handler, count(*) FROM cases
     WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until AND handler > ''{part}
     GROUP BY handler
"""
CLOCKS = """
    SELECT holder, state, count(*) FROM clock INDEXED BY clock_stopped
     WHERE site_id = :site_id AND stopped_at >= :since AND stopped_at < :until AND holder IS NOT NULL{part}
     GROUP BY holder, state
"""

HELD_BY = """
    SELECT case_id FROM cases INDEXED BY queue_handler
     WHERE site_id = :site_id AND handler = :person AND status IN ('open', 'waiting') AND status <> 'done'
"""
CLOSED_OF = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until AND handler = :person
"""
CLOCKS_OF = """
    SELECT state, case_id FROM clock INDEXED BY clock_stopped
     WHERE site_id = :site_id AND stopped_at >= :since AND stopped_at < :until AND holder = :person
"""


def cases_of(db: Db, site_id: int, span: Span, person: str) -> list[tuple[str, int]]:
    """Return the case of each thing that ``by_person`` counts for ``person``, and as what it counts there."""
    given = {"site_id": site_id, "since": span.since, "until": span.until, "person": person}
    found = [("held", key) for (key,) in db.all(HELD_BY, given)]
    found += [("closed", key) for (key,) in db.all(CLOSED_OF, given)]
    return found + [(state, key) for state, key in db.all(CLOCKS_OF, given)]


def by_person(db: Db, site_id: int, span: Span, part: Part) -> dict[str, Counter[str]]:
    """Return by person ``held`` now, ``closed``, and ``met`` and ``missed`` clocks of the span."""
    given = figures.given(site_id, span, part)
    found: dict[str, Counter[str]] = {}
    for name, sql in (("held", HELD), ("closed", CLOSED)):
        for person, count in db.all(sql.format(part=part.on_cases()), given):
            found.setdefault(person, Counter())[name] = count
    for person, state, count in db.all(CLOCKS.format(part=part.on_keys("clock.case_id")), given):
        found.setdefault(person, Counter())[state] = count
    return found
