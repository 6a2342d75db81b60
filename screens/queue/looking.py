"""One look at the store for the queue: what has changed since the last one, or everything anew.

It runs in a thread and changes nothing: what it found is put into the table on the event loop.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from msgspec.structs import replace

from screens.queue.order import BETWEEN, Order, to_mark
from screens.queue.rows import rows_in
from storage import queue_change, queues
from storage.engine import Db
from storage.orders import Place
from storage.queues import QueueRow, View
from workbench.desk import Desk
from workbench.reports import queue_now, urgent
from workbench.reports.queue_change import Change, Known, fresh, since, unswept
from workbench.reports.urgent import NO_NEWS, News
from workbench.rules import in_sight

FIRST = 200  # cases in the first picture
TOP_ROWS = 80
SLICE = 4_000  # keys of a queue that is opened, and those read at a time after it
AT_ONCE = 128 * BETWEEN  # keys of one statement
MANY = 1 << 62


@dataclass(frozen=True)
class Wish:
    """What a look is for, beside what has changed.

    Attributes:
        counts: Whether the counts are wanted: not for the first picture.
        reach: A position to read as far as.
        go_to: A case to read as far as.
        holding: The case under the cursor, to read as far as where it has moved to.
        told: The cases of which the person has been told that they cannot wait.
        anew: Whether the order has to be read anew, whatever has changed.
    """

    counts: bool = True
    reach: int = 0
    go_to: int | None = None
    holding: int | None = None
    told: frozenset[int] = frozenset()
    anew: bool = False


@dataclass(frozen=True)
class More:
    """Keys to put behind those that an order has."""

    ids: "array[int]"
    marked: Mapping[int, Place]
    to_the_end: bool


@dataclass(frozen=True)
class Look:
    """What was found for ``view``.

    Attributes:
        known: What is known of all queues by now; None if that was not asked.
        change: What to change in the order that the table has.
        order: Another order in its place.
        more: What to read on with.
        rows: Rows as they stand, the changed ones or the first.
        opened: Whether it is another view than the table had.
        anew: Whether everything was read.
        news: What came that cannot wait, whichever view is looked at.
    """

    wish: Wish
    view: View
    known: Known | None = None
    change: Change | None = None
    order: Order | None = None
    more: More | None = None
    rows: Sequence[QueueRow] = ()
    opened: bool = False
    anew: bool = False
    news: News = NO_NEWS


def look(desk: Desk, view: View, known: Known | None, shown: View | None, order: Order, wish: Wish) -> Look:
    """Look at ``view``, of which the table has ``order`` if ``shown`` is the same view.

    Raises:
        UsageError: a condition that cannot be asked.
        StoreError: the store cannot be read.
    """
    same = shown is not None and _asks(shown) == _asks(view)
    with desk.store.reading() as db:
        if not wish.counts:
            return _first(desk, db, view, wish)
        among = _among(order if same else Order())
        # words are looked for anew each time: there are few answers, and an index has them
        change = since(desk, db, known, replace(view, text=""), among) if known and not wish.anew else None
        if change is None:
            return _anew(desk, db, view, order, same, wish, known)
        now = replace(change.known.view, text=view.text)
        if not same or view.text.strip():
            new = _order(desk, db, now, change.known.counts, len(order.ids) if same else 0)
            rows = [*change.rows, *rows_in(db, new.ids[:TOP_ROWS])]
            return Look(wish, view, change.known, order=new, rows=rows, opened=not same, news=change.news)
        more = _more(desk, db, now, order, change, wish)
        return Look(wish, view, change.known, change, more=more, rows=change.rows, news=change.news)


def _asks(view: View) -> tuple[object, ...]:
    return view.queue, view.order, view.where, view.text


def _among(order: Order) -> Callable[[Place], "array[int]"]:
    def among(place: Place) -> "array[int]":
        low, high = order.between(place)
        return order.ids[low:high] if order.reaches(place) else array("q")

    return among


def _first(desk: Desk, db: Db, view: View, wish: Wish) -> Look:
    """Read what the first picture shows."""
    ids = queues.ids(db, desk.store.site_id, replace(view, reach=in_sight.reach(desk, db)), FIRST)
    order = Order(len(ids))
    order.extend(ids, _marked(db, view, ids), to_the_end=len(ids) < FIRST)
    return Look(wish, view, order=order, rows=rows_in(db, ids[:TOP_ROWS]), opened=True)


def _anew(desk: Desk, db: Db, view: View, order: Order, same: bool, wish: Wish, before: Known | None) -> Look:
    known = fresh(desk, db, view)
    new = _order(desk, db, known.view, known.counts, len(order.ids) if same else 0)
    rows = rows_in(db, new.ids[:TOP_ROWS])
    news = urgent.among_many(desk, db, known.view, before.seen, wish.told) if before else NO_NEWS
    return Look(wish, view, known, order=new, rows=rows, opened=not same, anew=True, news=news)


def _order(desk: Desk, db: Db, view: View, counts: Mapping[str, int], least: int) -> Order:
    """Read the order of ``view``, as far as ``least`` keys where it can be read in slices."""
    if unswept(desk, db, view.now):
        ids = queue_now.ids(desk, db, view)
    elif queue_change.sliced(view):
        order = Order(counts[view.queue])
        more = _slice(desk, db, view, order, max(least, SLICE))
        order.extend(more.ids, more.marked, to_the_end=more.to_the_end)
        return order
    else:
        ids = queues.ids(db, desk.store.site_id, view)
    order = Order(len(ids))
    order.extend(ids, _marked(db, view, ids), to_the_end=True)
    return order


def _slice(desk: Desk, db: Db, view: View, order: Order, most: int) -> More:
    """Read ``most`` keys behind those of ``order``, some at a time: their marks are many times as large."""
    ids, marked, end = array("q"), dict[int, Place](), order.end
    with db.sparing() if most > AT_ONCE else nullcontext():
        while len(ids) < most:
            wanted = min(most - len(ids), AT_ONCE)
            found = queue_change.slice_after(db, desk.store.site_id, view, end, wanted)
            marked |= _marked(db, view, found)
            ids += found
            if len(found) < wanted:
                return More(ids, marked, to_the_end=True)
            end = marked[found[-1]]
    return More(ids, marked, to_the_end=False)


def _marked(db: Db, view: View, ids: "array[int]") -> Mapping[int, Place]:
    return queue_change.places(db, view.queue, to_mark(ids), view.order) if ids else {}


def _more(desk: Desk, db: Db, view: View, order: Order, change: Change, wish: Wish) -> More | None:
    """Read on as far as the position that is wished for, or as the case that has gone there."""
    if order.whole:
        return None
    followed = {wish.go_to, wish.holding}
    place = max((place for place, key in change.came if key in followed), default=None)
    if place is not None and not order.reaches(place):
        return _slice(desk, db, view, order, MANY)
    lacking = wish.reach + SLICE - len(order.ids) if wish.reach else 0
    return _slice(desk, db, view, order, max(lacking, SLICE)) if lacking > 0 else None
