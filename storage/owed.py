"""What is owed and late, what falls due in a span, and sums that nobody has paid."""

import json
from collections.abc import Iterable

from storage import figures
from storage.engine import Db, Row
from storage.figures import Span
from storage.part import Part
from storage.rare import THESE, Rare

LATE = """
    SELECT kind, count(*) FROM duty
     WHERE site_id = :site_id AND state = 'open' AND kind IN (SELECT value FROM json_each(:kinds))
       AND due_at < :now{part}
     GROUP BY kind
"""
LATE_LINES = """
    SELECT d.kind, c.number, d.owner, d.due_at FROM duty d JOIN cases c ON c.case_id = d.case_id
     WHERE d.site_id = :site_id AND d.state = 'open' AND d.kind IN (SELECT value FROM json_each(:kinds))
       AND d.due_at < :now{part}
     ORDER BY d.due_at, d.case_id, d.kind, d.duty LIMIT :most
"""
# each case by what falls due next on it; what is owed after a case is done it says itself
DUE = """
    SELECT case_id, number, next_clock, due_key, handler FROM cases
     WHERE site_id = :site_id AND due_key >= :since AND due_key < :until AND status <> 'done'{part}
     ORDER BY due_key, case_id LIMIT :most
"""
DUE_AFTER = """
    SELECT d.case_id, c.number, d.kind, d.due_at, d.owner FROM duty d JOIN cases c ON c.case_id = d.case_id
     WHERE d.site_id = :site_id AND d.state = 'open' AND d.kind IN (SELECT value FROM json_each(:kinds))
       AND d.due_at >= :since AND d.due_at < :until AND c.status = 'done'{part}
     ORDER BY d.due_at, d.case_id LIMIT :most
"""
OWNERS = """
    SELECT case_id, kind, due_at, owner FROM duty
     WHERE site_id = :site_id AND state = 'open' AND case_id IN (SELECT value FROM json_each(:keys))
"""
PROMISED = """
    SELECT e.case_id, e.seq, e.act, e.data FROM event e
     WHERE e.site_id = :site_id AND e.act IN ('compensate', 'approve', 'pay', 'undo', 'judge')
       AND e.case_id IN (SELECT case_id FROM duty
                          WHERE site_id = :site_id AND kind = 'payment' AND state = 'open'){part}
     ORDER BY e.case_id, e.seq
"""
CLAIMED = """
    SELECT case_id, claim FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until AND claim IS NOT NULL{part}
"""
PAID = f"""
    SELECT e.case_id, e.data ->> 'amount' FROM {THESE}
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until AND e.act = 'pay'{{part}}
"""  # noqa: S608 (our own words)


def late(db: Db, site_id: int, kinds: Iterable[str], now: str, part: Part) -> dict[str, int]:
    """Return by kind how many open duties are past their due at ``now`` (UTC text)."""
    given = {"site_id": site_id, "kinds": json.dumps(list(kinds)), "now": now} | part.given
    return dict(db.all(LATE.format(part=part.on_keys("duty.case_id")), given))


def late_lines(db: Db, site_id: int, kinds: Iterable[str], now: str, part: Part, most: int) -> list[Row]:
    """Return (kind, number, owner, due) of the first due of them."""
    given = {"site_id": site_id, "kinds": json.dumps(list(kinds)), "now": now, "most": most} | part.given
    return db.all(LATE_LINES.format(part=part.on_cases("c")), given)


def due(db: Db, site_id: int, span: Span, outliving: Iterable[str], part: Part, most: int) -> list[Row]:
    """Return (case, number, what, due, handler or owner) of what falls due in the span, the first first."""
    given = {"site_id": site_id, "since": span.since, "until": span.until, "most": most} | part.given
    rows = db.all(DUE.format(part=part.on_cases()), given)
    given["kinds"] = json.dumps(list(outliving))
    rows += db.all(DUE_AFTER.format(part=part.on_cases("c")), given)
    return sorted(rows, key=lambda row: (row[3], row[0]))[:most]


def owners(db: Db, site_id: int, keys: Iterable[int]) -> dict[tuple[int, str, str], str]:
    """Return who owes the open duties of the cases, by case, kind and due (UTC text)."""
    rows = db.all(OWNERS, {"site_id": site_id, "keys": json.dumps(list(keys))})
    return {(key, kind, due_at): owner for key, kind, due_at, owner in rows}


def promised(db: Db, site_id: int, part: Part) -> list[Row]:
    """Return (case, seq, act, data) of what promised and paid sums, of the cases on which one is not paid."""
    return db.all(PROMISED.format(part=part.on_keys("e.case_id")), {"site_id": site_id} | part.given)


def claimed(db: Db, site_id: int, span: Span, part: Part) -> list[tuple[int, str]]:
    """Return case and what its customer claims of the cases received in the span, in yuan."""
    given = figures.given(site_id, span, part)
    return [(key, claim) for key, claim in db.all(CLAIMED.format(part=part.on_cases()), given)]


def paid(db: Db, site_id: int, span: Span, part: Part, rare: Rare) -> list[tuple[int, str]]:
    """Return case and sum of what was paid in the span, in yuan; a payment is never taken back."""
    given = figures.given(site_id, span, part) | rare.given("pay")
    rows = db.all(PAID.format(part=part.on_keys("e.case_id")), given)
    return [(key, amount) for key, amount in rows if amount]
