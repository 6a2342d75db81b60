"""What the commits since the last look have changed in a queue and in the counts of all queues.

The entries that came name the cases. What each of them was is folded from its entries before; what it is
stands in the store. Nothing else is read, however many cases there are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from storage import changed_by_time, queue_change, queues
from storage.engine import Db
from storage.house import HOUSE
from storage.orders import Place
from storage.queue_change import COUNTED, NOWHERE, Moment, Stands
from storage.queues import QueueRow, View
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.reports import desk as decisions
from workbench.reports import inbox, urgent
from workbench.reports.pasts import Past, by_case, past
from workbench.reports.urgent import NO_NEWS, News
from workbench.rules import in_sight

MOST = 300  # cases; where more have changed, everything is read anew


@dataclass(frozen=True)
class Known:
    """What a look at the queues found, and when.

    Attributes:
        seen: The number of the newest entry of the store at that moment.
        view: The view that was looked at, with what the person reads, at its time.
        counts: How many cases each queue holds.
        waiting: How many things wait for the person to decide.
    """

    seen: int
    view: View
    counts: Mapping[str, int]
    waiting: int


@dataclass(frozen=True)
class Change:
    """What has to be done to what was known.

    Attributes:
        known: What is known now.
        rows: The changed cases as they stand, those that are in no queue included.
        left: The cases to take out of the view, with the places in which they stood.
        came: The cases to put into it.
        near: The places of the cases among which one comes.
        news: What came that cannot wait.
    """

    known: Known
    rows: Sequence[QueueRow] = ()
    left: Sequence[tuple[Place, int]] = ()
    came: Sequence[tuple[Place, int]] = ()
    near: Mapping[int, Place] = field(default_factory=dict)
    news: News = NO_NEWS


def fresh(desk: Desk, db: Db, view: View) -> Known:
    """Read everything but the order of the view."""
    seen_by = replace(view, reach=in_sight.reach(desk, db))
    counts = queues.counts(db, desk.store.site_id, seen_by)
    return Known(queue_change.newest_entry(db), seen_by, counts, decisions.waiting_in(desk, db))


def since(
    desk: Desk, db: Db, known: Known, view: View, among: Callable[[Place], Sequence[int]]
) -> Change | None:
    """Return what has changed since ``known``; None where all has to be read anew.

    Args:
        desk: Whose queues they are.
        db: Reads one moment.
        known: What was found before.
        view: The view as it is now: that of ``known``, or another whose order nobody has read yet.
        among: Gives the keys of the order that was read among which a case at a place would stand.
    """
    if view.now < known.view.now or unswept(desk, db, view.now):
        return None
    entries = queue_change.since(db, desk.store.site_id, known.seen, MOST + 1)
    told = by_case(entries)
    if len(told) > MOST or HOUSE in told:
        return None
    pasts = {key: past(desk, key, rows, known.seen) for key, rows in told.items()}
    reach = in_sight.again(desk, db, known.view.reach, [past.after for past in pasts.values()])
    if not in_sight.comparable(known.view.reach, reach):
        return None
    then = Moment(desk.store.site_id, replace(view, now=known.view.now, reach=known.view.reach))
    now = Moment(desk.store.site_id, replace(view, reach=reach))
    keys = {*told, *in_sight.named_by_one(known.view.reach, reach)}
    found = queue_change.standing(db, then, now, keys, MOST)
    if len(found) - len(keys) >= MOST:
        return None
    stood = queue_change.stood(then, [past.row for past in pasts.values() if past.row])
    moves = [
        Move(key, stood.get(key, NOWHERE) if key in told else was, now_is)
        for key, (_, was, now_is) in found.items()
    ]
    left = [(move.was.place, move.key) for move in moves if move.was.fits and move.moved]
    came = [(move.now.place, move.key) for move in moves if move.now.fits and move.moved]
    concerned = not told or _minute(known.view) != _minute(view) or _concerns(desk, view.now, pasts.values())
    new = Known(
        max((row[0] for row in entries), default=known.seen),
        now.view,
        _counted(known.counts, moves),
        decisions.waiting_in(desk, db) if concerned else known.waiting,
    )
    near = _near(db, view, came, among)
    news = urgent.news(desk, [past[:2] for past in pasts.values()])
    return Change(new, [row for row, _, _ in found.values()], left, came, near, news)


class Move(NamedTuple):
    """Where one case stood and stands."""

    key: int
    was: Stands
    now: Stands

    @property
    def moved(self) -> bool:
        """Whether it is somewhere else in the view, or in it no longer, or only now."""
        return (self.was.fits, self.was.place) != (self.now.fits, self.now.place)


def unswept(desk: Desk, db: Db, now: datetime) -> bool:
    """Say whether time has brought what is reckoned with at every look: where nobody may sweep."""
    return desk.read_only and changed_by_time.some(db, desk.store.site_id, now)


def _concerns(desk: Desk, now: datetime, pasts: Iterable[Past]) -> bool:
    """Say whether what waits for the person to decide may have changed with one of these cases."""
    names = inbox.owners(desk.rules(), desk.person, now)
    return any(_waits(case, desk.person, names) for past in pasts for case in past[:2] if case)


def _waits(case: Case, person: str, names: tuple[str, ...]) -> bool:
    told = any(notice.person == person and notice.seen_at is None for notice in case.notices)
    return told or any(duty.kind in decisions.DECIDED or duty.owner in names for duty in case.owed())


def _minute(view: View) -> datetime:
    return view.now.replace(second=0, microsecond=0)


def _counted(before: Mapping[str, int], moves: list[Move]) -> dict[str, int]:
    counts = dict(before)
    for move in moves:
        for queue, was, is_now in zip(COUNTED, move.was.counted, move.now.counted, strict=True):
            counts[queue] += is_now - was
    return counts


def _near(
    db: Db, view: View, came: list[tuple[Place, int]], among: Callable[[Place], Sequence[int]]
) -> dict[int, Place]:
    """Return the places of the keys among which cases come; their own go before those of the store."""
    own = {key: place for place, key in came}
    asked = {key for place, _ in came for key in among(place)} - own.keys()
    return (queue_change.places(db, view.queue, list(asked), view.order) if asked else {}) | own
