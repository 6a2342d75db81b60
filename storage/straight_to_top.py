"""Cases that go straight to the top: which may be meant, and what a line about each of them says."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from storage import figures
from storage.engine import Db, Row
from storage.events import unpacked
from storage.figures import Span
from storage.part import Part
from storage.taken_back import STANDS, Gone

# what a ladder told is signed by the system
BY_HAND = f"""
    SELECT e.case_id, e.seq, e.data FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until AND e.act = 'escalate'
       AND e.actor <> 'system' AND e.data ->> 'clock' IS NULL{STANDS}{{part}}
     ORDER BY e.at, e.case_id, e.seq
"""  # noqa: S608 (our own words)
UNSOLVED = """
    SELECT severity, received_at, number, case_id, hot = 1 OR coalesce(hot_at <= :now, 0) FROM cases
     WHERE case_id IN (SELECT value FROM json_each(:keys)) AND status IN ('open', 'waiting'){part}
"""
LINES = """
    SELECT case_id, site, CASE WHEN restricted_at IS NULL THEN substr(text, 1, 200) ELSE '' END, handler,
           next_clock, next_due_at
      FROM cases WHERE case_id IN (SELECT value FROM json_each(:keys))
"""


class Unsolved(NamedTuple):
    """An unsolved case as it is stored, in the order of how grave it is."""

    level: int
    received_at: str
    number: str
    key: int
    hot: int


class Line(NamedTuple):
    """What else a line says of a case; ``text`` is how the words begin, none of a person restricted.

    ``due_at`` (UTC text) is of ``owes``, a clock or a kind of duty.
    """

    site: str
    text: str
    handler: str | None
    owes: str
    due_at: str | None


def passed_up(db: Db, site_id: int, span: Span, part: Part, gone: Gone) -> dict[int, dict[str, Any]]:
    """Return by case what its newest passing up by hand in the span says (``to``, ``reason``)."""
    given = figures.given(site_id, span, part) | gone.given
    rows = db.all(BY_HAND.format(part=part.on_keys("e.case_id")), given)
    return {key: unpacked(seq, data) for key, seq, data in rows}


def unsolved(db: Db, keys: Iterable[int], part: Part, now: str) -> list[Row]:
    """Return the columns of ``Unsolved`` of those of the cases ``keys`` that are not solved."""
    given = {"keys": json.dumps(list(keys)), "now": now} | part.given
    return db.all(UNSOLVED.format(part=part.on_cases()), given)


def lines(db: Db, keys: Iterable[int]) -> dict[int, Line]:
    """Return by case what else a line says of it."""
    rows = db.all(LINES, {"keys": json.dumps(list(keys))})
    return {key: Line(*more) for key, *more in rows}
