"""Counts for the summary: what happened in a span, and how things stand.

Spans are half open, in UTC; what a figure means is written in docs/figures.md.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from storage.engine import Db, Row
from storage.events import unpacked
from workbench.domain.times import stamp, unstamp

PAGE = 500
WRITTEN_LATE = timedelta(hours=36)  # a nightly sweep that was left out once still counts for the right day

RECEIVED = """
    SELECT kind, severity, category, site, channel, handler, count(*) FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until
     GROUP BY kind, severity, category, site, channel, handler
"""
RECEIVED_COUNT = """
    SELECT count(*) FROM cases WHERE site_id = :site_id AND received_at >= :since AND received_at < :until
"""
SECOND = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until AND repeat_of IS NOT NULL
"""
CLOSED = """
    SELECT case_id, resolution, accepted FROM cases
     WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until
"""
DONE = """
    SELECT count(*) FROM cases
     WHERE site_id = :site_id AND status = 'done' AND done_at >= :since AND done_at < :until
"""
VERIFIED = """
    SELECT policy, verdict, standard, count(*) FROM cases
     WHERE site_id = :site_id AND verified_at >= :since AND verified_at < :until
     GROUP BY policy, verdict, standard
"""
ON_TIME = """
    SELECT clock, state, count(*) FROM clock
     WHERE site_id = :site_id AND stopped_at >= :since AND stopped_at < :until GROUP BY clock, state
"""
SETTLED = """
    SELECT state, count(*) FROM duty
     WHERE site_id = :site_id AND kind = 'promise' AND ended_at >= :since AND ended_at < :until GROUP BY state
"""
DUTIES_ENDED = """
    SELECT kind, state, count(*),
           count(*) FILTER (WHERE ended_at <= due_at AND state NOT IN ('returned', 'missed', 'withdrawn'))
      FROM duty
     WHERE site_id = :site_id AND ended_at >= :since AND ended_at < :until AND kind <> 'promise'
     GROUP BY kind, state
"""
DUTIES_OPEN = """
    SELECT kind, count(*), count(*) FILTER (WHERE due_at < :now) FROM duty
     WHERE site_id = :site_id AND state = 'open' AND kind <> 'promise' GROUP BY kind
"""
PROMISED = """
    SELECT count(*), count(*) FILTER (WHERE due_at < :now) FROM duty
     WHERE site_id = :site_id AND kind = 'promise' AND due_at >= '' AND state = 'open'
"""
HOT = """
    SELECT (SELECT count(*) FROM cases
             WHERE site_id = :site_id AND due_key >= '' AND status <> 'done' AND hot = 1)
         + (SELECT count(*) FROM cases WHERE site_id = :site_id AND hot_at IS NOT NULL AND hot_at <= :now
               AND hot = 0 AND status <> 'done')
"""
STANDING = """
    SELECT handler,
           count(*) FILTER (WHERE status = 'open'), count(*) FILTER (WHERE status = 'waiting'),
           count(*) FILTER (WHERE status = 'closed'),
           count(*) FILTER (WHERE due_key < :now),
           count(*) FILTER (WHERE due_key >= :now AND due_key <= :soon)
      FROM cases WHERE site_id = :site_id AND status <> 'done' GROUP BY handler
"""
# closed cases that are late by a clock; another duty that is late makes no opinion late; the + keeps SQLite
# from looking through all late clocks for those of each case
CALLBACKS_OVERDUE = """
    SELECT count(*) FROM cases
     WHERE site_id = :site_id AND status = 'closed' AND due_key < :now AND EXISTS (
           SELECT 1 FROM clock WHERE clock.site_id = :site_id AND clock.case_id = cases.case_id
              AND clock.stopped_at IS NULL AND +clock.due_at < :now)
"""
ACTS = """
    SELECT case_id, seq, at, actor, act, data FROM event
     WHERE site_id = :site_id AND at >= :since AND at < :late AND act IN ({acts}){only}
     ORDER BY at, case_id, seq
"""
REOPENING = " AND (act = 'reopen' OR coalesce(data ->> 'reopened', 0) <> 0)"
STEPS = """
    SELECT data ->> 'clock', data ->> 'step', data ->> 'percent', count(*) FROM event
     WHERE site_id = :site_id AND at >= :since AND at < :until AND act = 'escalate'
       AND data ->> 'clock' IS NOT NULL
     GROUP BY data ->> 'clock', data ->> 'step', data ->> 'percent'
"""
UNDONE = "SELECT case_id, data FROM event WHERE site_id = ? AND case_id IN ({marks}) AND act = 'undo'"
LATE = 1_000_000  # behind every per cent
URGENT = """
    SELECT case_id FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until
       AND status IN ('open', 'waiting') AND (severity = 1 OR hot = 1 OR hot_at <= :now)
"""


class Span(NamedTuple):
    """From ``since`` up to, but not at, ``until``; both as the tables keep times."""

    since: str
    until: str

    @classmethod
    def of(cls, since: datetime, until: datetime) -> "Span":
        """Return the span between two instants."""
        return cls(stamp(since), stamp(until))


class Act(NamedTuple):
    """One entry of a timeline; ``effect_at`` is when it took effect (UTC text)."""

    case_id: int
    seq: int
    effect_at: str
    act: str
    data: dict[str, Any]


class Standing(NamedTuple):
    """What one handler holds; ``soon`` is due within the time asked for."""

    handler: str
    open: int
    waiting: int
    closed: int
    overdue: int
    soon: int


def _given(site_id: int, span: Span) -> dict[str, Any]:
    return {"site_id": site_id, "since": span.since, "until": span.until}


def received_by(db: Db, site_id: int, span: Span) -> list[Row]:
    """Return (kind, severity, category, site, channel, handler, number of cases) of those received."""
    return db.all(RECEIVED, _given(site_id, span))


def received_count(db: Db, site_id: int, span: Span) -> int:
    """Return how many cases were received."""
    return int(db.value(RECEIVED_COUNT, _given(site_id, span)))


def second(db: Db, site_id: int, span: Span) -> set[int]:
    """Return the keys of the second complaints that were received."""
    return {row[0] for row in db.all(SECOND, _given(site_id, span))}


def resolutions(db: Db, site_id: int, span: Span) -> dict[int, tuple[str | None, str | None]]:
    """Return by key (resolution, accepted) of every case whose newest closing lies in the span."""
    return {row[0]: (row[1], row[2]) for row in db.all(CLOSED, _given(site_id, span))}


def count_done(db: Db, site_id: int, span: Span) -> int:
    """Return how many cases came to their end in the span, and are still there."""
    return int(db.value(DONE, _given(site_id, span)))


def verdicts(db: Db, site_id: int, span: Span) -> list[Row]:
    """Return (policy version, verdict, standard, cases) of those whose newest verdict lies in the span."""
    return db.all(VERIFIED, _given(site_id, span))


def on_time(db: Db, site_id: int, span: Span) -> dict[str, dict[str, int]]:
    """Return how many clocks that stopped in the span were met and missed, by clock."""
    found: dict[str, dict[str, int]] = {}
    for clock, state, count in db.all(ON_TIME, _given(site_id, span)):
        found.setdefault(clock, {"met": 0, "missed": 0})[state] = count
    return found


def duties(db: Db, site_id: int, span: Span, now: datetime) -> dict[str, Counter[str]]:
    """Return by kind of duty how each ended in the span, how many in time, and how many are open or late now.

    Promises are left out: ``settled`` and ``promised`` count them.
    """
    found: dict[str, Counter[str]] = {}
    for kind, state, count, in_time in db.all(DUTIES_ENDED, _given(site_id, span)):
        found.setdefault(kind, Counter()).update({state: count, "ended": count, "in_time": in_time})
    for kind, count, late in db.all(DUTIES_OPEN, {"site_id": site_id, "now": stamp(now)}):
        found.setdefault(kind, Counter()).update({"open": count, "overdue": late})
    return found


def promises_ended(db: Db, site_id: int, span: Span) -> dict[str, int]:
    """Return how many promises were kept and broken in the span."""
    return {row[0]: row[1] for row in db.all(SETTLED, _given(site_id, span))}


def promises_open(db: Db, site_id: int, now: datetime) -> tuple[int, int]:
    """Return how many promises are open, and how many of these are past their time."""
    total, late = db.all(PROMISED, {"site_id": site_id, "now": stamp(now)})[0]
    return total, late


def hot(db: Db, site_id: int, now: datetime) -> int:
    """Return how many live cases are hot, those that age has made so included."""
    return int(db.value(HOT, {"site_id": site_id, "now": stamp(now)}))


def standing(db: Db, site_id: int, now: datetime, soon: datetime) -> list[Standing]:
    """Return what every handler holds at ``now``; the handler is empty for cases that nobody holds."""
    rows = db.all(STANDING, {"site_id": site_id, "now": stamp(now), "soon": stamp(soon)})
    return [Standing(row[0] or "", *row[1:]) for row in rows]


def callbacks_overdue(db: Db, site_id: int, now: datetime) -> int:
    """Return how many closed cases owe an opinion whose clock is past its time at ``now``."""
    return int(db.value(CALLBACKS_OVERDUE, {"site_id": site_id, "now": stamp(now)}))


def urgent(db: Db, site_id: int, span: Span, now: datetime) -> set[int]:
    """Return the keys of unsolved cases received in the span that stand at level 1 or are hot."""
    return {row[0] for row in db.all(URGENT, _given(site_id, span) | {"now": stamp(now)})}


def acts(db: Db, site_id: int, span: Span, names: Iterable[str], system: str, only: str = "") -> list[Act]:
    """Return the acts among ``names`` that took effect in the span and were not undone.

    What time brought (by ``system``) counts when it happened, or when it was written if that was much
    later; what an import brought counts when it happened. ``only`` narrows them further: ``REOPENING``, of
    which there are few among many calls.
    """
    wanted = ", ".join(f"'{name}'" for name in names)
    late = stamp(unstamp(span.until) + WRITTEN_LATE)
    rows = db.all(ACTS.format(acts=wanted, only=only), _given(site_id, span) | {"late": late})
    found = []
    for case_id, seq, at, by, act, data in rows:
        given = unpacked(seq, data)
        effect_at = str(given.get("happened_at") or at)
        if by == system and unstamp(at) - unstamp(effect_at) > WRITTEN_LATE:
            effect_at = at
        if span.since <= effect_at < span.until:
            found.append(Act(case_id, seq, effect_at, act, given))
    gone = _undone(db, site_id, {each.case_id for each in found})
    return [each for each in found if (each.case_id, each.seq) not in gone]


def steps(db: Db, site_id: int, span: Span) -> dict[str, dict[str, int]]:
    """Return how many took each step of their ladder in the span, by clock or kind of duty.

    A step is its per cent of the time (``75``), or how long after the due (``+2h``). Where one step tells
    several it counts once. What was passed up by hand is no step.
    """
    found: dict[str, dict[str, int]] = {}
    for clock, step, percent, count in db.all(STEPS, _given(site_id, span)):
        late = str(step or "").startswith("+")
        name = str(step).split()[0] if late else str(percent)
        told = found.setdefault(clock, {})
        told[name] = max(count, told.get(name, 0))
    return {clock: dict(sorted(told.items(), key=_as_taken)) for clock, told in sorted(found.items())}


def _as_taken(step: tuple[str, int]) -> tuple[int, str]:
    name = step[0]
    return (LATE, name) if name.startswith("+") else (int(name), "")


def _undone(db: Db, site_id: int, keys: Iterable[int]) -> set[tuple[int, int]]:
    """Return (case, seq) of every entry of the cases that was undone."""
    found = set()
    for page in pages(sorted(keys)):
        marks = ", ".join("?" * len(page))
        rows = db.all(UNDONE.format(marks=marks), (site_id, *page))
        found |= {(case_id, json.loads(data)["seq"]) for case_id, data in rows if data}
    return found


def columns(db: Db, keys: Iterable[int], *names: str) -> dict[int, Row]:
    """Return columns of cases by key; ``names`` are our own, never a user's."""
    found: dict[int, Row] = {}
    for page in pages(sorted(keys)):
        marks = ", ".join("?" * len(page))
        sql = f"SELECT case_id, {', '.join(names)} FROM cases WHERE case_id IN ({marks})"  # noqa: S608
        found |= {row[0]: row[1:] for row in db.all(sql, page)}
    return found


def pages(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    """Yield ``keys`` in pieces that a statement can take."""
    return (keys[start : start + PAGE] for start in range(0, len(keys), PAGE))
