"""What came and went, as the evening page draws it: day by day, over a long span month by month."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from storage import backlog, figures
from storage.engine import Db, Row
from storage.events import unpacked
from storage.figures import Span
from storage.taken_back import numbers
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.acts import APPROVE, CALLBACK, CLOSE, HEARD, JUDGE, REOPEN, UNDO
from workbench.domain.times import day_bounds, stamp
from workbench.reports.scope import Scope, days_of

AT_LEAST = 14  # days
MOST = 62  # days that are shown one by one
COMEBACKS = (REOPEN.id, CALLBACK.id, HEARD.id)  # that can open a closed case again
Days = tuple[date, date]  # the first and the last


def by_day(desk: Desk, db: Db, scope: Scope, now: datetime) -> list[dict[str, Any]]:
    """Return received and closed of the days up to the scope's last, or today, each as its summary has it.

    A span of more than ``MOST`` days is told by month: ``date`` is then the first day, ``last`` the last.
    """
    zone, site_id = desk.rules_in(db).zone, desk.store.site_id
    today = now.astimezone(zone).date()
    days = list(_days(scope.first, min(scope.last, today)))
    spans = [
        Span(stamp(day_bounds(first, zone)[0]), stamp(day_bounds(last, zone)[1])) for first, last in days
    ]
    received = backlog.received(db, site_id, spans, scope.part)
    closed = backlog.closed(db, site_id, spans, scope.part)
    again = _closed_and_opened_again(db, site_id, spans, scope, now)
    return [
        {"date": first.isoformat()} | ({} if first == last else {"last": last.isoformat()})
        | {"received": received[at], "closed": closed[at] + again[at]}
        for at, (first, last) in enumerate(days)
    ]  # fmt: skip


def _days(first: date, last: date) -> Iterator[Days]:
    first = min(first, last - timedelta(days=AT_LEAST - 1))
    if (last - first).days < MOST:
        yield from ((day, day) for day in days_of(first, last))
        return
    for _month, days in groupby(days_of(first, last), key=lambda day: (day.year, day.month)):
        of_month = list(days)
        yield of_month[0], of_month[-1]


def _closed_and_opened_again(
    db: Db, site_id: int, spans: Sequence[Span], scope: Scope, now: datetime
) -> list[int]:
    """Return for each span how many cases were closed in it whose newest closing is another, or undone."""
    whole = Span(spans[0].since, max(spans[-1].until, stamp(now)))
    acts = figures.acts(db, site_id, whole, COMEBACKS, upcoming.SYSTEM, figures.REOPENING)
    keys = {act.case_id for act in acts}
    rows = backlog.turns(db, site_id, keys, scope.part)
    newest = figures.columns(db, keys, "closed_at")
    found = [0] * len(spans)
    for key, turns in groupby(rows, key=lambda row: row[0]):
        closings = list(_closings(list(turns)))
        (closed_at,) = newest[key]
        for at, span in enumerate(spans):
            known = closed_at is not None and span.since <= closed_at < span.until
            found[at] += not known and any(span.since <= each < span.until for each in closings)
    return found


def _closings(turns: Iterable[Row]) -> Iterator[str]:
    """Yield when a case was closed, of what was not taken back."""
    acts = [(seq, at, act, unpacked(seq, data)) for _key, _received, seq, at, act, data in turns]
    gone = {number for *_, act, data in acts if act in (UNDO.id, JUDGE.id) for number in numbers(data)}
    for seq, at, act, data in acts:
        if seq not in gone and (act == CLOSE.id or (act == APPROVE.id and data["act"] == CLOSE.id)):
            yield str(data.get("happened_at") or at)
