"""Cases that go straight to the top: which may be meant, and what a line about each of them says."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from storage.engine import Db
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
    SELECT case_id, severity, hot = 1 OR coalesce(hot_at <= :now, 0), received_at, number, handler,
           next_clock, next_due_at
      FROM cases
     WHERE case_id IN (SELECT value FROM json_each(:keys)) AND status IN ('open', 'waiting'){part}
"""
WORDS = """
    SELECT case_id, site, CASE WHEN restricted_at IS NULL THEN substr(text, 1, 200) ELSE '' END FROM cases
     WHERE case_id IN (SELECT value FROM json_each(:keys))
"""


class Unsolved(NamedTuple):
    """A case as it is stored; ``due_at`` (UTC text) is of ``owes``, a clock or a kind of duty."""

    key: int
    level: int
    hot: bool
    received_at: str
    number: str
    handler: str | None
    owes: str
    due_at: str | None


def passed_up(db: Db, site_id: int, span: Span, part: Part, gone: Gone) -> dict[int, dict[str, Any]]:
    """Return by case what its newest passing up by hand in the span says (``to``, ``reason``)."""
    given = _given(site_id, span, part) | gone.given
    rows = db.all(BY_HAND.format(part=part.on_keys("e.case_id")), given)
    return {key: unpacked(seq, data) for key, seq, data in rows}


def unsolved(db: Db, keys: Iterable[int], part: Part, now: str) -> list[Unsolved]:
    """Return those of the cases ``keys`` that are not solved."""
    given = {"keys": json.dumps(list(keys)), "now": now} | part.given
    return [Unsolved(*row) for row in db.all(UNSOLVED.format(part=part.on_cases()), given)]


def words(db: Db, keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return by case its place and how the customer's words begin; none of a person who is restricted."""
    rows = db.all(WORDS, {"keys": json.dumps(list(keys))})
    return {key: (site, text) for key, site, text in rows}


def _given(site_id: int, span: Span, part: Part) -> dict[str, Any]:
    return {"site_id": site_id, "since": span.since, "until": span.until} | part.given
