"""Entries that do not count: undone by who made them, or taken back with a clock that was wrong."""

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any

from storage.engine import Db
from storage.events import unpacked
from storage.part import WHOLE, Part
from workbench.domain.acts import JUDGE, UNDO

TAKING_BACK = f"""
    SELECT case_id, seq, data, at FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.act IN ('{UNDO.id}', '{JUDGE.id}'){{part}}
"""  # noqa: S608 (our own ids)
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

    Within one moment of the store they are read once, if whoever asks for the longest time asks first.
    """
    asked = (Gone, site_id, part, db.connection.total_changes)
    known: _Known | None = db.known.get(asked)
    if known is None or at < known.since:
        given = {"site_id": site_id, "since": at} | part.given
        rows = db.all(TAKING_BACK.format(part=part.on_keys("e.case_id")), given)
        gone = [(when, (key, one)) for key, seq, data, when in rows for one in numbers(unpacked(seq, data))]
        known = _Known(at, gone)
        if db.in_unit:
            db.known[asked] = known
    return known.gone(at)


class _Known:
    """What was taken back ``since`` some time, each with when that was."""

    def __init__(self, since: str, found: list[tuple[str, tuple[int, int]]]) -> None:
        self.since, self._found = since, found
        self._gone: dict[str, Gone] = {}

    def gone(self, since: str) -> Gone:
        if since not in self._gone:
            self._gone[since] = Gone(one for when, one in self._found if when >= since)
        return self._gone[since]


def numbers(data: dict[str, Any]) -> Collection[int]:
    """Return which entries of its case an undo, or a judgement on a clock, takes back."""
    return [data["seq"]] if "seq" in data else data.get("undone", ())
