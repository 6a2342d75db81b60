"""What lay unsolved: by age now, and on each past evening. See docs/figures.md.

An evening is the end of a day of the policy's zone; what is unsolved now is known, and what came in and was
closed since is taken back. Cases that came back since were closed in between.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import accumulate, groupby, pairwise
from typing import Any

from storage import backlog, figures
from storage.engine import Db, Row
from storage.events import unpacked
from storage.figures import Span
from storage.taken_back import numbers
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.acts import APPROVE, CALLBACK, CLOSE, HEARD, JUDGE, REOPEN, UNDO
from workbench.domain.times import A_MOMENT, day_bounds, stamp
from workbench.reports.scope import Scope, days_of

AGES = (1, 3, 7, 15, 30)  # days, at which a bucket ends
AT_LEAST = 14  # evenings, so that a single day shows whether it is better or worse
COMEBACKS = (REOPEN.id, CALLBACK.id, HEARD.id)  # that can open a closed case again


def figures_of(desk: Desk, db: Db, scope: Scope, now: datetime) -> dict[str, Any]:
    """Return ``open_by_age`` at ``now`` (UTC), and ``backlog`` of the evenings up to the scope's last."""
    counts = backlog.by_age(
        db, desk.store.site_id, [stamp(now - timedelta(days=days)) for days in (*AGES, 100_000)], scope.part
    )
    ages = dict(zip(buckets(), (counts[0], *(late - soon for soon, late in pairwise(counts))), strict=True))
    return {"open_by_age": ages, "backlog": _evenings(desk, db, scope, now, counts[-1])}


def buckets() -> list[str]:
    """Return the names of the ages, in days: ``0-1`` is below one day, ``30+`` thirty and more."""
    return [f"{since}-{until}" for since, until in pairwise((0, *AGES))] + [f"{AGES[-1]}+"]


def _evenings(desk: Desk, db: Db, scope: Scope, now: datetime, unsolved: int) -> list[dict[str, Any]]:
    zone, site_id = desk.rules_in(db).zone, desk.store.site_id
    last = min(scope.last, now.astimezone(zone).date())
    days = list(days_of(min(scope.first, last - timedelta(days=AT_LEAST - 1)), last))
    if not days:
        return []
    bounds = [Span.of(*day_bounds(day, zone)) for day in days]
    end = max(stamp(now + A_MOMENT), bounds[-1].until)
    spans = [*bounds, Span(bounds[-1].until, end)]  # and what has come since
    came = backlog.received(db, site_id, spans, scope.part)
    went = backlog.closed(db, site_id, spans, scope.part)
    # from the last evening back to the first
    moves = (gone - new for new, gone in zip(reversed(came[1:]), reversed(went[1:]), strict=True))
    lying = list(accumulate(moves, initial=unsolved))[:0:-1]
    again = _shut(db, site_id, Span(bounds[0].until, end), scope)
    early = [Span(*each) for each in backlog.closed_before(db, site_id, bounds[0].until, scope.part)]
    return [
        {
            "date": day.isoformat(),
            "open": count + _covers(early, span.until) - _covers(again, span.until),
            "received": new,
        }
        for day, span, count, new in zip(days, bounds, lying, came, strict=False)
    ]


def _covers(spans: Iterable[Span], at: str) -> int:
    return sum(span.since < at <= span.until for span in spans)


def _shut(db: Db, site_id: int, span: Span, scope: Scope) -> list[Span]:
    """Return from when to when the cases were closed that were opened again in ``span``."""
    acts = figures.acts(db, site_id, span, COMEBACKS, upcoming.SYSTEM, figures.REOPENING)
    rows = backlog.turns(db, site_id, {act.case_id for act in acts}, scope.part)
    return [each for _key, turns in groupby(rows, key=lambda row: row[0]) for each in _closed(list(turns))]


def _closed(turns: list[Row]) -> Iterable[Span]:
    """Yield the spans in which one case was closed, but for the one that lasts."""
    received_at = turns[0][1]
    acts = [(seq, at, act, unpacked(seq, data)) for _, _, seq, at, act, data in turns]
    gone = {number for *_, act, data in acts if act in (UNDO.id, JUDGE.id) for number in numbers(data)}
    since = None
    for seq, at, act, data in acts:
        if seq in gone:
            continue
        took_effect = str(data.get("happened_at") or at)
        if since and _opens(act, data):
            yield Span(since, took_effect)
            since = None
        elif act == CLOSE.id or (act == APPROVE.id and data["act"] == CLOSE.id):
            since = max(took_effect, received_at)  # a source may say that it closed what came later


def _opens(act: str, data: Mapping[str, Any]) -> bool:
    return act == REOPEN.id or bool(data.get("reopened"))
