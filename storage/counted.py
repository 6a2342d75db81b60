"""The cases behind each figure of a span: a key for each thing that is counted, as often as it is.

Spans are half open, in UTC. An entry that was taken back counts for nothing, and an approval as what it
grants. See docs/figures.md.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from storage.engine import Db, Row
from storage.events import unpacked
from storage.figures import WRITTEN_LATE, Span
from storage.held import HELD_BY
from storage.part import Part
from workbench.domain.acts import APPROVE, CALLBACK, CLOSE, COMPENSATE, HEARD, REOPEN, VERIFY
from workbench.domain.times import stamp, unstamp

STANDS = """ AND NOT EXISTS (
    SELECT 1 FROM event u WHERE u.site_id = e.site_id AND u.case_id = e.case_id AND u.seq > e.seq
       AND u.act IN ('undo', 'judge')
       AND (u.data ->> 'seq' = e.seq OR e.seq IN (SELECT value FROM json_each(u.data, '$.undone'))))"""
ENTRIES = f"""
    SELECT e.case_id, e.act, e.at, e.data FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :late
       AND e.act IN (SELECT value FROM json_each(:acts)){STANDS}
     ORDER BY e.at, e.case_id, e.seq
"""  # noqa: S608 (our own words)
OF_CASES = """
    SELECT case_id, {columns} FROM cases
     WHERE site_id = :site_id AND {at} >= :since AND {at} < :until
"""
MOODS = "SELECT case_id, mood FROM cases WHERE case_id IN (SELECT value FROM json_each(?))"
CLOCKS = """
    SELECT case_id, state FROM clock
     WHERE site_id = :site_id AND stopped_at >= :since AND stopped_at < :until AND clock = :name
"""
MISSED_BY = f"""
    SELECT k.case_id FROM clock k JOIN cases c ON c.case_id = k.case_id
     WHERE k.site_id = :site_id AND k.stopped_at >= :since AND k.stopped_at < :until AND k.state = 'missed'
       AND {HELD_BY} = :name
"""  # noqa: S608 (our column names)
MARKED = f"""
    SELECT e.case_id FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until
       AND e.data LIKE '%"not_impartial"%' AND e.data ->> '$.not_impartial'{STANDS}
"""  # noqa: S608
ENDED = """
    SELECT case_id, state, ended_at <= due_at FROM duty
     WHERE site_id = :site_id AND ended_at >= :since AND ended_at < :until AND kind = :name
"""
OWED = """
    SELECT case_id, due_at < :now FROM duty
     WHERE site_id = :site_id AND state = 'open' AND kind = :name
"""
WARNED = """
    SELECT case_id FROM warning
     WHERE site_id = :site_id AND kind = :name AND state = 'open' AND over = 0 AND case_id IS NOT NULL
"""
STEPS = """
    SELECT case_id, data ->> 'step' FROM event
     WHERE site_id = :site_id AND at >= :since AND at < :until AND act = 'escalate'
       AND data ->> 'clock' = :name AND CASE WHEN substr(coalesce(data ->> 'step', ''), 1, 1) = '+'
             THEN substr(data ->> 'step', 1, instr(data ->> 'step' || ' ', ' ') - 1)
             ELSE CAST(data ->> 'percent' AS TEXT) END = :step
"""
UNSOLVED = """
    SELECT case_id, received_at FROM cases
     WHERE site_id = :site_id AND status IN ('open', 'waiting') AND status <> 'done'
"""
OPINIONS_OVERDUE = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND status = 'closed' AND due_key < :now AND EXISTS (
           SELECT 1 FROM clock WHERE clock.site_id = :site_id AND clock.case_id = cases.case_id
              AND clock.stopped_at IS NULL AND +clock.due_at < :now)
"""
IN_PART = "SELECT case_id FROM cases WHERE case_id IN (SELECT value FROM json_each(:keys)){part}"


class Closing(NamedTuple):
    """How a case was closed in a span; ``inside`` another one into which it went."""

    resolution: str | None
    accepted: str | None
    inside: bool


class Asked(NamedTuple):
    """What is asked: a store, a span, and the moment of asking (UTC text)."""

    db: Db
    site_id: int
    span: Span
    now: str

    def rows(self, sql: str, **more: Any) -> list[Row]:
        """Return what a statement finds; it may name ``site_id``, ``since``, ``until``, ``now``."""
        given = {"site_id": self.site_id, "since": self.span.since, "until": self.span.until, "now": self.now}
        return self.db.all(sql, given | more)

    def of_cases(self, at: str, *columns: str) -> list[Row]:
        """Return the key and ``columns`` of the cases whose time ``at`` (a column) lies in the span."""
        return self.rows(OF_CASES.format(at=at, columns=", ".join(columns or ("1",))))

    def entries(self, *acts: str) -> list[tuple[int, dict[str, Any]]]:
        """Return key and data of what was done in the span and stands, in order; what was granted, too."""
        late = stamp(unstamp(self.span.until) + WRITTEN_LATE)
        found = []
        for key, act, at, data in self.rows(ENTRIES, late=late, acts=json.dumps([*acts, APPROVE.id])):
            told = unpacked(0, data)
            if act == APPROVE.id:
                if told["act"] not in acts:
                    continue
                told = told["asked"]
            if self.span.since <= str(told.get("happened_at") or at) < self.span.until:
                found.append((key, told))
        return found

    def closings(self) -> dict[int, Closing]:
        """Return by key how the cases closed in the span were closed, by the newest closing in it."""
        found = {
            key: Closing(data.get("resolution"), data.get("accepted"), "with" in data)
            for key, data in self.entries(CLOSE.id)
        }
        for key, resolution, accepted in self.of_cases("closed_at", "resolution", "accepted"):
            found[key] = Closing(resolution, accepted, key in found and found[key].inside)
        return found

    def reopened(self) -> set[int]:
        """Return the cases that were opened again in the span."""
        told = self.entries(REOPEN.id)
        again = [each for each in self.entries(CALLBACK.id, HEARD.id) if each[1].get("reopened")]
        return {key for key, _ in (*told, *again)}

    def compensated(self) -> list[int]:
        """Return a key for each sum that was promised or granted."""
        return [key for key, _ in self.entries(COMPENSATE.id)]

    def verdicts(self) -> list[tuple[int, dict[str, Any]]]:
        """Return key and data of each verdict."""
        return self.entries(VERIFY.id)

    def calls(self) -> list[tuple[int, dict[str, Any]]]:
        """Return key and data of each call."""
        return self.entries(CALLBACK.id)

    def moods(self, keys: Iterable[int]) -> dict[int, int | None]:
        """Return the mood at intake by key."""
        return dict(self.db.all(MOODS, (json.dumps(sorted(set(keys))),)))

    def within(self, keys: Iterable[int], part: Part) -> set[int]:
        """Return those of ``keys`` that belong to a part of the house."""
        given = {"keys": json.dumps(sorted(set(keys)))} | part.given
        return {row[0] for row in self.db.all(IN_PART.format(part=part.on_cases()), given)}
