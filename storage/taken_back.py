"""Entries that do not count: undone by who made them, or taken back with a clock that was wrong."""

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any

from storage.engine import Db
from storage.events import unpacked
from storage.part import WHOLE, Part
from workbench.domain.acts import JUDGE, UNDO
from workbench.domain.house import CLOCK_REJECT
from workbench.domain.times import stamp, unstamp
from workbench.domain.undone import TIME_TO_THINK

TAKING_BACK = f"""
    SELECT case_id, seq, data FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.act IN ('{UNDO.id}', '{JUDGE.id}'){{part}}
"""  # noqa: S608 (our own ids)
# an undo follows within ``TIME_TO_THINK``; a clock may be judged at any time, but hardly ever is
UNDONE = f"""
    SELECT case_id, seq, data FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at <= :until AND e.act = '{UNDO.id}'{{part}}
"""  # noqa: S608 (our own ids)
JUDGED = "SELECT EXISTS (SELECT 1 FROM event WHERE site_id = ? AND case_id = 0 AND act = ?)"
# of a statement that reads entries as ``e``; an act and what took it back are of one case
STANDS = " AND (e.case_id, e.seq) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(:gone))"
# when an entry took effect: at its source, or by time alone before anybody swept
EFFECT = (
    """CASE WHEN instr(e.data, '"happened_at"') THEN coalesce(e.data ->> 'happened_at', e.at) ELSE e.at END"""
)


class Gone(frozenset[tuple[int, int]]):
    """(case, seq) of the entries that do not count."""

    @cached_property
    def given(self) -> dict[str, Any]:
        """The parameter of ``STANDS``."""
        return {"gone": json.dumps(sorted(self))}


def since(db: Db, site_id: int, at: str, part: Part = WHOLE) -> Gone:
    """Return which entries were taken back at or after ``at`` (UTC text): all of those made since then.

    Within one moment of the store they are read once.
    """
    asked = (Gone, site_id, at, part, db.connection.total_changes)
    if asked not in db.known:
        found = _read(db, TAKING_BACK, {"site_id": site_id, "since": at}, part)
        if not db.in_unit:
            return found
        db.known[asked] = found
    gone: Gone = db.known[asked]
    return gone


def between(db: Db, site_id: int, at: str, until: str, part: Part = WHOLE) -> Gone:
    """Return which of the entries made from ``at`` to ``until`` (UTC texts) were taken back.

    For a span long past this reads less than ``since``.
    """
    if db.value(JUDGED, (site_id, CLOCK_REJECT.id)):
        return since(db, site_id, at, part)
    last = stamp(unstamp(until) + TIME_TO_THINK)
    return _read(db, UNDONE, {"site_id": site_id, "since": at, "until": last}, part)


def _read(db: Db, sql: str, given: dict[str, Any], part: Part) -> Gone:
    rows = db.all(sql.format(part=part.on_keys("e.case_id")), given | part.given)
    return Gone((key, one) for key, seq, data in rows for one in numbers(unpacked(seq, data)))


def numbers(data: dict[str, Any]) -> Collection[int]:
    """Return which entries of its case an undo, or a judgement on a clock, takes back."""
    return [data["seq"]] if "seq" in data else data.get("undone", ())
