"""What went wrong in a span, by person: for training."""

from collections import Counter

from storage import held
from storage.engine import Db, Row
from storage.figures import Span
from workbench.domain.cases import BETWEEN

SAID = """
    SELECT e.actor, p.value, count(*) FROM event e, json_each(e.data, '$.phrases') p
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until
       AND e.act IN ('acknowledge', 'reply', 'propose', 'promise', 'compensate', 'close', 'callback')
       AND e.data IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM event u WHERE u.site_id = e.site_id AND u.case_id = e.case_id
                          AND u.act = 'undo' AND u.data ->> 'seq' = e.seq)
     GROUP BY e.actor, p.value
"""
FOUNDED = """
    SELECT nullif(about, ''), coalesce(handler, first_asked), standard, count(*) FROM cases
     WHERE site_id = :site_id AND verified_at >= :since AND verified_at < :until
       AND verdict IN ('founded', 'partly')
     GROUP BY 1, 2, standard
"""
BROKEN = """
    SELECT owner, 'promise', count(*) FROM duty
     WHERE site_id = :site_id AND kind = 'promise' AND state = 'broken'
       AND ended_at >= :since AND ended_at < :until
     GROUP BY owner
"""


def _given(site_id: int, span: Span) -> dict[str, object]:
    return {"site_id": site_id, "since": span.since, "until": span.until}


def phrases_said(db: Db, site_id: int, span: Span) -> list[Row]:
    """Return (person, phrase, times) of what should not have been said to customers."""
    return db.all(SAID, _given(site_id, span))


def founded_against(db: Db, site_id: int, span: Span) -> list[Row]:
    """Return (person, standard or None, cases) of complaints that were founded, in whole or in part.

    The person is each one complained about, else the handler, else whoever was first asked.
    """
    found: Counter[tuple[str, str | None]] = Counter()
    for about, holder, standard, cases in db.all(FOUNDED, _given(site_id, span)):
        for person in about.split(BETWEEN) if about else (holder,):
            found[person, standard] += cases
    return [(*key, cases) for key, cases in found.items()]


def promises_broken(db: Db, site_id: int, span: Span) -> list[Row]:
    """Return (person, ``promise``, how many) of promises that were broken."""
    return db.all(BROKEN, _given(site_id, span))


def late(db: Db, site_id: int, span: Span) -> list[Row]:
    """Return (person, clock, how many) of clocks that were missed while the person held the case."""
    return [(who, clock, count) for who, clock, person, count in held.missed(db, site_id, span) if person]
