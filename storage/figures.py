"""Counts of what happened in a span, from the tables; what entries alone tell is in ``entries``.

Spans are half open, in UTC; a part of the house narrows every count. See docs/figures.md.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from storage import taken_back
from storage.engine import Db, Row
from storage.events import unpacked
from storage.part import WHOLE, Part
from workbench.domain.times import stamp, unstamp

PAGE = 500
WRITTEN_LATE = timedelta(hours=36)  # a nightly sweep that was left out once still counts for the right day

RECEIVED = """
    SELECT kind, severity, category, site, channel, handler, count(*), count(repeat_of) FROM cases
     WHERE site_id = :site_id AND received_at >= :since AND received_at < :until{part}
     GROUP BY kind, severity, category, site, channel, handler
"""
DONE = """
    SELECT count(*) FROM cases
     WHERE site_id = :site_id AND status = 'done' AND done_at >= :since AND done_at < :until{part}
"""
VERIFIED = """
    SELECT policy, verdict, standard, count(*) FROM cases
     WHERE site_id = :site_id AND verified_at >= :since AND verified_at < :until{part}
     GROUP BY policy, verdict, standard
"""
ON_TIME = """
    SELECT clock, state, count(*) FROM clock
     WHERE site_id = :site_id AND stopped_at >= :since AND stopped_at < :until{part} GROUP BY clock, state
"""
SETTLED = """
    SELECT state, count(*), count(*) FILTER (WHERE ended_at <= due_at) FROM duty
     WHERE site_id = :site_id AND kind = 'promise' AND ended_at >= :since AND ended_at < :until{part}
     GROUP BY state
"""
DUTIES_ENDED = """
    SELECT kind, state, count(*), count(*) FILTER (WHERE ended_at <= due_at) FROM duty
     WHERE site_id = :site_id AND ended_at >= :since AND ended_at < :until AND kind <> 'promise'{part}
     GROUP BY kind, state
"""
UNKEPT = ("returned", "missed", "withdrawn")  # ends of a duty that are in time for nobody
ACTS = """
    SELECT case_id, seq, at, actor, act, data FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :late AND e.act IN ({acts}){only}{part}
     ORDER BY e.at, e.case_id, e.seq
"""
REOPENING = """ AND (e.act = 'reopen'
                     OR instr(e.data, '"reopened"') AND coalesce(e.data ->> 'reopened', 0) <> 0)"""
FIRST = "SELECT received_at FROM cases WHERE site_id = ? ORDER BY received_at LIMIT 1"


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


def given(site_id: int, span: Span, part: Part = WHOLE) -> dict[str, Any]:
    """Return the parameters of a statement about ``span`` and ``part``."""
    return {"site_id": site_id, "since": span.since, "until": span.until} | part.given


def received_by(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> list[Row]:
    """Return (kind, severity, category, site, channel, handler, cases, second complaints)."""
    return db.all(RECEIVED.format(part=part.on_cases()), given(site_id, span, part))


def first_receipt(db: Db, site_id: int) -> str | None:
    """Return when the first case of all was received (UTC text), or None."""
    found = db.value(FIRST, (site_id,))
    return None if found is None else str(found)


def count_done(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> int:
    """Return how many cases came to their end in the span, and are still there."""
    return int(db.value(DONE.format(part=part.on_cases()), given(site_id, span, part)))


def verdicts(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> list[Row]:
    """Return (policy version, verdict, standard, cases) of those whose newest verdict lies in the span."""
    return db.all(VERIFIED.format(part=part.on_cases()), given(site_id, span, part))


def on_time(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> dict[str, dict[str, int]]:
    """Return how many clocks that stopped in the span were met and missed, by clock."""
    found: dict[str, dict[str, int]] = {}
    rows = db.all(ON_TIME.format(part=part.on_keys("clock.case_id")), given(site_id, span, part))
    for clock, state, count in rows:
        found.setdefault(clock, {"met": 0, "missed": 0})[state] = count
    return found


def duties_ended(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> dict[str, Counter[str]]:
    """Return by kind of duty how each ended in the span, and how many of these in time; promises left out."""
    found: dict[str, Counter[str]] = {}
    rows = db.all(DUTIES_ENDED.format(part=part.on_keys("duty.case_id")), given(site_id, span, part))
    for kind, state, count, in_time in rows:
        counts = {state: count, "ended": count, "in_time": 0 if state in UNKEPT else in_time}
        if state == "kept":
            counts["kept_in_time"] = in_time
        found.setdefault(kind, Counter()).update(counts)
    return found


def promises_ended(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> dict[str, tuple[int, int]]:
    """Return how many promises were kept and broken in the span, and how many of each by their due time."""
    rows = db.all(SETTLED.format(part=part.on_keys("duty.case_id")), given(site_id, span, part))
    return {state: (count, in_time) for state, count, in_time in rows}


def acts(
    db: Db, site_id: int, span: Span, names: Iterable[str], system: str, only: str = "", part: Part = WHOLE
) -> list[Act]:
    """Return the acts among ``names`` that took effect in the span and were not taken back.

    What time brought (by ``system``) counts when it happened, or when it was written if that was much
    later; what an import brought counts when it happened. ``only`` narrows them further: ``REOPENING``, of
    which there are few among many calls. Where only numbers are wanted, ``entries`` counts in the store.
    """
    wanted = ", ".join(f"'{name}'" for name in names)
    late = stamp(unstamp(span.until) + WRITTEN_LATE)
    sql = ACTS.format(acts=wanted, only=only, part=part.on_keys("e.case_id"))
    gone = taken_back.since(db, site_id, span.since, part)
    found = []
    for case_id, seq, at, by, act, data in db.all(sql, given(site_id, span, part) | {"late": late}):
        said = unpacked(seq, data)
        effect_at = str(said.get("happened_at") or at)
        if by == system and unstamp(at) - unstamp(effect_at) > WRITTEN_LATE:
            effect_at = at
        if span.since <= effect_at < span.until and (case_id, seq) not in gone:
            found.append(Act(case_id, seq, effect_at, act, said))
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
