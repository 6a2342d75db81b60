"""How many cases were open on an evening: those open now, with what came and went since taken back."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from storage.engine import Db, Row
from storage.part import Part

# that index has all that is asked here of the whole house
UNSOLVED = """
    SELECT {ages} FROM cases INDEXED BY queue_handler
     WHERE site_id = :site_id AND status IN ('open', 'waiting') AND status <> 'done'{part}
"""
RECEIVED = """
    SELECT d.key, (SELECT count(*) FROM cases
                    WHERE site_id = :site_id
                      AND received_at >= d.value ->> 0 AND received_at < d.value ->> 1{part})
      FROM json_each(:days) d ORDER BY d.key
"""
CLOSED = """
    SELECT d.key, (SELECT count(*) FROM cases
                    WHERE site_id = :site_id
                      AND closed_at >= d.value ->> 0 AND closed_at < d.value ->> 1{part})
      FROM json_each(:days) d ORDER BY d.key
"""
# a source may say that it closed what came later
CLOSED_BEFORE = """
    SELECT closed_at, received_at FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND closed_at < received_at{part}
"""
IMPORTED = "SELECT 1 FROM cases WHERE site_id = ? AND external_id IS NOT NULL LIMIT 1"
# of cases that came back: what closed them, what opened them again, and what was taken back
TURNS = """
    SELECT c.case_id, c.received_at, e.seq, e.at, e.act, e.data
      FROM cases c JOIN event e ON e.site_id = c.site_id AND e.case_id = c.case_id
     WHERE c.site_id = :site_id AND c.case_id IN (SELECT value FROM json_each(:keys)){part}
       AND e.act IN ('close', 'approve', 'reopen', 'callback', 'heard', 'undo', 'judge')
     ORDER BY c.case_id, e.seq
"""


def by_age(db: Db, site_id: int, since: Sequence[str], part: Part) -> list[int]:
    """Return how many unsolved cases were received at or after each of ``since`` (UTC text, newest first)."""
    ages = ", ".join(f"count(*) FILTER (WHERE received_at >= :age{n})" for n in range(len(since)))
    given: dict[str, Any] = {"site_id": site_id} | {f"age{n}": at for n, at in enumerate(since)} | part.given
    return list(db.all(UNSOLVED.format(ages=ages, part=part.on_cases()), given)[0])


def received(db: Db, site_id: int, days: Iterable[tuple[str, str]], part: Part) -> list[int]:
    """Return how many cases were received in each of ``days`` (half open, UTC texts)."""
    return _counts(db, RECEIVED, site_id, days, part)


def closed(db: Db, site_id: int, days: Iterable[tuple[str, str]], part: Part) -> list[int]:
    """Return how many of the cases that are closed now were closed in each of ``days``."""
    return _counts(db, CLOSED, site_id, days, part)


def closed_before(db: Db, site_id: int, since: str, part: Part) -> list[Row]:
    """Return (closed, received) of the cases received since then that were closed before that.

    Only a source tells that, so that a store without any has none.
    """
    if db.value(IMPORTED, (site_id,)) is None:
        return []
    given = {"site_id": site_id, "since": since} | part.given
    return db.all(CLOSED_BEFORE.format(part=part.on_cases()), given)


def _counts(db: Db, sql: str, site_id: int, days: Iterable[tuple[str, str]], part: Part) -> list[int]:
    given = {"site_id": site_id, "days": json.dumps(list(days))} | part.given
    return [count for _day, count in db.all(sql.format(part=part.on_cases()), given)]


def turns(db: Db, site_id: int, keys: Iterable[int], part: Part) -> list[Row]:
    """Return (case, received, seq, at, act, data) of what may have closed the cases, or opened them again."""
    given = {"site_id": site_id, "keys": json.dumps(list(keys))} | part.given
    return db.all(TURNS.format(part=part.on_cases("c")), given)
