"""What each person holds now, what was closed of theirs, and the clocks that stopped while they held it."""

from collections import Counter
from typing import Any

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


def by_person(db: Db, site_id: int, span: Span, part: Part) -> dict[str, Counter[str]]:
    """Return by person ``held`` now, ``closed``, and ``met`` and ``missed`` clocks of the span."""
    given: dict[str, Any] = {"site_id": site_id, "since": span.since, "until": span.until} | part.given
    found: dict[str, Counter[str]] = {}
    for name, sql in (("held", HELD), ("closed", CLOSED)):
        for person, count in db.all(sql.format(part=part.on_cases()), given):
            found.setdefault(person, Counter())[name] = count
    for person, state, count in db.all(CLOCKS.format(part=part.on_keys("clock.case_id")), given):
        found.setdefault(person, Counter())[state] = count
    return found
