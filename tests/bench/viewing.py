"""Saved views opened as the terminal opens them, names found by their initials, filters counted."""

from collections.abc import Callable, Iterator
from itertools import islice
from time import thread_time

from msgspec.structs import replace

from screens.queue.looking import Wish, look
from screens.queue.order import Order
from storage import search
from storage.engine import Db
from storage.orders import ORDERS
from storage.queues import QUEUES, View
from storage.store import Store
from tests.bench.places import Places, short
from tests.bench.table import Figure, at_most, plain
from workbench.desk import Desk
from workbench.domain.initials import runs
from workbench.domain.times import unstamp
from workbench.reports import queue_now
from workbench.rules import in_sight
from workbench.views.view import SavedView, asked

LARGE = 1_000_000
OPEN_MS, FIND_MS, COUNT_MS = 100, 100, 150
FOUND = 1_000  # names that the line counts at most
WHO = "SELECT handler, site FROM cases WHERE handler IS NOT NULL AND site <> '' AND status <> 'done' LIMIT 1"


def figures(places: Places) -> Iterator[Figure]:
    """Measure on the large store, in CPU."""
    store, size = Store(places.store(), read_only=True), short(places.size)
    with store.reading() as db:
        (handler, site), now = db.all(WHO)[0], unstamp(db.value("SELECT max(at) FROM event"))
        names = [run for name in _names(db) for run in runs(name)[:1]]
    desk = Desk(store, handler, lambda: now).keeping_rules()
    times = places.few(10, 3)
    judged = {"row": "view", "needs": LARGE, "size": places.size}
    for what, views in _views(handler).items():
        yield at_most(
            f"{what}, {size}, CPU", _opened(desk, views, times), "ms", OPEN_MS, share=0.95, **judged
        )
    yield plain(
        f"all cases of a site, {size}, CPU", _opened(desk, [SavedView("", "all", f"site:{site}")], 3), "ms"
    )
    with store.reading() as db:
        took = [
            _ms(lambda name=name: list(islice(search.case_ids(db, store.site_id, name), FOUND)))
            for name in names
        ]
        counted = [
            _ms(lambda view=view: _count(desk, db, view))
            for view in _counted(handler, site)
            for _ in range(times)
        ]
    yield at_most(f"names by their initials, {size}, CPU", took, "ms", FIND_MS, share=0.95, **judged)
    yield at_most(f"count of a filter, {size}, CPU", counted, "ms", COUNT_MS, share=0.95, **judged)
    store.close()


def _names(db: Db) -> list[str]:
    return [
        row[0]
        for name in ("customer", "site")
        for row in db.all(f"SELECT DISTINCT {name} FROM cases LIMIT 20")
    ]


def _views(handler: str) -> dict[str, list[SavedView]]:
    ordered = [SavedView("", queue, order=order) for queue in ORDERS for order in ORDERS[queue]]
    return {
        "a view of each queue": [SavedView("", queue) for queue in QUEUES],
        "a view in each order": ordered,
        "a view of open cases, narrowed": [
            SavedView("", "next-due", "level<=2"),
            SavedView("", "next-due", "handler:none"),
            SavedView("", "overdue", f"handler:{handler}"),
            SavedView("", "unassigned", "site:一号"),
        ],
        "a view with words": [SavedView("", "all", "漏水"), SavedView("", "next-due", "电梯")],
    }


def _counted(handler: str, site: str) -> list[SavedView]:
    return [
        SavedView("", "next-due", f"handler:{handler}"),
        SavedView("", "next-due", f"site:{site}"),
        SavedView("", "next-due", "handler:none level<=2"),
    ]


def _opened(desk: Desk, views: list[SavedView], times: int) -> list[float]:
    """Open views after the first picture, when the counts of the queues are known."""
    first = View(QUEUES[0], desk.person, desk.now())
    known = look(desk, first, None, None, Order(), Wish()).known
    wanted = [_asked(desk, view) for view in views]
    return [
        _ms(lambda view=view: look(desk, view, known, None, Order(), Wish()))
        for _ in range(times)
        for view in wanted
    ]


def _asked(desk: Desk, view: SavedView) -> View:
    return asked(view, desk.rules().policy, desk.person, desk.now())


def _count(desk: Desk, db: Db, view: SavedView) -> int:
    wanted = replace(_asked(desk, view), reach=in_sight.reach(desk, db))
    return queue_now.top(desk, db, wanted, 1).total


def _ms(work: Callable[[], object]) -> float:
    began = thread_time()
    work()
    return (thread_time() - began) * 1000
