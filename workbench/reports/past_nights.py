"""Past nights stand: what their page said, what came after it, and what was corrected since.

The page of a day that is over stands as it was kept. What was entered behind it and before midnight is
``after the page``; whatever changes the day later is a correction, told with its cause and its cases.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from storage import nights
from storage.engine import Db
from storage.nights import Night
from workbench.desk import Desk
from workbench.reports import night_figures
from workbench.reports.past_changes import Change, changes
from workbench.reports.scope import Scope
from workbench.watch.nights import today

BACK = timedelta(days=31)  # as far back a page tells of corrections


def past(desk: Desk, scope: Scope) -> dict[str, Any]:
    """Return ``printed``, ``corrections`` and ``after_the_page`` for the page of ``scope``.

    Of a kept night that is over: what its page said, and everything that has changed since. Of any other
    page of one day: what has changed, since the page before it, in the nights that were kept.

    Raises:
        StoreError: the store cannot be read.
    """
    nothing: dict[str, Any] = {"printed": None, "corrections": [], "after_the_page": {}}
    if scope.first != scope.last or not scope.part.is_whole:
        return nothing
    day = scope.first.isoformat()
    with desk.store.reading() as db:
        own = nights.of_day(db, desk.store.site_id, day) if scope.first < today(desk) else None
        if own:
            found = changes(desk, db, [own], own.head)
            told = {"corrections": list(corrections(desk, db, own, found)), "printed": own.printed}
            return told | {"after_the_page": _after(own, found)}
        return nothing | _since_the_page_before(desk, db, scope.first)


def _since_the_page_before(desk: Desk, db: Db, day: date) -> dict[str, Any]:
    """Return what has changed in earlier nights since the newest of them was printed."""
    known = nights.between(db, desk.store.site_id, (day - BACK).isoformat(), day.isoformat())
    if not known:
        return {}
    last = known[-1]
    new = changes(desk, db, known, last.head)
    touched = {change.day for change in new}
    told: list[dict[str, Any]] = []
    for night in known:
        if night.day in touched:
            of_night = [change for change in new if change.day == night.day]
            if night.head < last.head:
                of_night = changes(desk, db, [night], night.head)
            told += corrections(desk, db, night, of_night, after=last.head)
    return {"corrections": told, "after_the_page": _after(last, new)}


def _after(night: Night, found: Iterable[Change]) -> dict[str, Any]:
    """Return by how much each figure rose between the page of a night and midnight."""
    total: Counter[str] = Counter()
    for change in found:
        if change.day == night.day and change.before_midnight:
            total[change.figure] += change.amount  # type: ignore[assignment]
    counts = {name: night_figures.plain(amount) for name, amount in sorted(total.items()) if amount}
    return {"date": night.day} | {name: n for name, n in counts.items() if not night_figures.is_part(name)}


def corrections(
    desk: Desk, db: Db, night: Night, found: Sequence[Change], after: int = 0
) -> Iterable[dict[str, Any]]:
    """Yield what was corrected in a kept night, a figure and a cause each, in the order of the entries.

    Args:
        desk: Reads the answers of that day, where a mean has changed.
        db: In a read transaction.
        night: The kept page.
        found: Every change to that night since it was kept.
        after: Only what entries after this one changed; earlier pages have told the rest.
    """
    stands = night_figures.Standing(desk, db, night, list(found))
    for change in found:
        if change.before_midnight:
            stands.rise(change)
    later = [change for change in found if not change.before_midnight]
    for change in later:
        if change.entry <= after:
            stands.rise(change)
    new = [change for change in later if change.entry > after]
    for why, of_cause in _by_cause(new):
        was = stands.shown()
        for change in of_cause:
            stands.rise(change)
        told = sorted(night_figures.differences(was, stands.shown()), key=_is_broken_down)
        for figure, (before, now) in told:
            numbers = {c.number for c in of_cause if night_figures.belongs(c.figure, figure)}
            yield {
                "date": night.day, "figure": figure, "from": before, "to": now, "why": why,
                "numbers": sorted(numbers),
            }  # fmt: skip


def _is_broken_down(told: tuple[str, Any]) -> bool:
    """Say whether a figure is one of many by place, kind or clock: the whole comes first."""
    return "." in told[0]


def _by_cause(found: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Return the changes by what was done, in the order in which each was done first."""
    order: dict[str, int] = {}
    for change in found:
        order.setdefault(str(change.why), len(order))
    sorted_ = sorted(found, key=lambda change: (order[str(change.why)], change.entry))
    return [(why, list(group)) for why, group in groupby(sorted_, key=lambda change: str(change.why))]
