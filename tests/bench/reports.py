"""Figures of a day, a month and a year, beside SQL written by hand for the same counts; the sweep. In CPU time."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from time import thread_time
from typing import Any

from storage.store import Store
from tests.bench import by_hand, stories
from tests.bench.commands import run, workbench
from tests.bench.places import Places, short, stands_at
from tests.bench.table import Figure, at_most, beside, plain
from workbench import clock
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.times import day_bounds, unstamp
from workbench.reports.analysis import analyze
from workbench.reports.evening import beside as beside_the_page
from workbench.reports.evening import contents
from workbench.reports.evening.html import html
from workbench.reports.scope import Scope, one_day
from workbench.reports.summary import summary
from workbench.watch.surges import look
from workbench.watch.sweep import sweep

LARGE, LEAST = 1_000_000, 30_000  # below the least, what does not grow with the store hides what does
DUE, NEW = 1_000, 100
PART = 4  # a quarter of what is due, in how much of the time: at most twice that part
AT = "SELECT watch_at FROM cases WHERE watch_at > '' ORDER BY watch_at LIMIT 1 OFFSET ?"
WATCHED = "SELECT count(*) FROM cases WHERE watch_at > ''"


def figures(places: Places) -> Iterator[Figure]:
    """Measure on the large store; the sweep on a copy."""
    path = places.store()
    desk = Desk(Store(path, read_only=True), "h01", clock.frozen(stands_at(path)))
    yield from _day(places, desk)
    yield from _spans(places, desk)
    desk.store.close()
    with places.copy(path) as copy:
        yield from _sweep(places, copy)


def _day(places: Places, desk: Desk) -> Iterator[Figure]:
    zone, size = desk.rules().zone, short(places.size)
    day = (desk.now() - timedelta(days=1)).astimezone(zone).date()
    since, until = day_bounds(day, zone)
    ours, theirs = [], []
    for _ in range(places.few(5, 5)):
        took, found = _ms(lambda: summary(desk, one_day(day)))
        ours.append(took)
        with desk.store.reading() as db:
            args = (db, desk.store.site_id, since, until, desk.now())
            took, hand = _ms(lambda args=args: by_hand.summary(*args))  # type: ignore[misc]
            theirs.append(took)
    if different := [name for name, figure in hand.items() if found[name] != figure]:
        print(f"  (NOT the same by hand: {[(n, found[n], hand[n]) for n in different]})", flush=True)
    row, size_of = "summary-hand", places.size
    yield beside(
        f"summary of a day, {size}",
        ours,
        "ms",
        theirs,
        "SQL by hand",
        1.5,
        row=row,
        least=LEAST,
        size=size_of,
    )
    yield at_most(
        f"summary of a day, {size}", ours, "ms", 1000, row="summary summary-hand", needs=LARGE, size=size_of
    )
    paged = [_ms(lambda: _page(desk, found, one_day(day)))[0] for _ in range(places.few(5, 5))]
    yield at_most(f"the evening page beyond its figures, {size}", paged, "ms", 300, needs=LARGE, size=size_of)
    ask = ["--read-only", "--now", desk.now().isoformat(), "summary", "--date", day.isoformat(), "--json"]
    runs = [run(workbench(desk.store.path, *ask)) for _ in range(places.few(3, 2))]
    yield at_most(f"summary as a verb, {size}: resident", [each.memory for each in runs], "MB", 120, row="memory",
                  needs=LARGE, size=size_of)  # fmt: skip


def _page(desk: Desk, found: dict[str, Any], scope: Scope) -> str:
    """Make the page of figures that are there: what it shows besides, its words, and the file."""
    return html(contents.paper(found | beside_the_page.figures_of(desk, scope), desk.rules()), "en")


def _spans(places: Places, desk: Desk) -> Iterator[Figure]:
    last = desk.now().astimezone(desk.rules().zone).date()
    month = Scope(last - timedelta(days=30), last - timedelta(days=1))
    took = [_ms(lambda: summary(desk, month))[0] for _ in range(places.few(3, 2))]
    what = f"summary of a month, {short(places.size)}"
    yield at_most(what, took, "ms", 3_000, row="summary-hand", needs=LARGE, size=places.size)
    for name, days, most, row in (("a month", 30, 3_000, "summary-hand"), ("a year", 365, 10_000, "summary")):
        took = [_ms(lambda days=days: analyze(desk, Scope(last - timedelta(days=days), last)))[0]  # type: ignore[misc]
                for _ in range(places.few(3, 2))]  # fmt: skip
        what = f"{name} of analyze, {short(places.size)}"
        yield at_most(what, took, "ms", most, row=row, needs=LARGE, size=places.size)


def _sweep(places: Places, path: Path) -> Iterator[Figure]:
    """Move the clock on to where so many cases are due, record some, and sweep; then again with nothing due."""
    store, size = Store(path), places.size
    first, _ = _ms(lambda: look(Desk(store, "h01", clock.frozen(stands_at(path)))))
    yield plain(f"first look for surges, {short(size)}", [first], "ms")
    with store.reading() as db:
        due = min(DUE, db.value(WATCHED) // 8)
    took: dict[int, list[float]] = {due // PART: [], due: []}
    idle = []
    for _ in range(places.few(3, 2)):
        for many in took:
            desk = _moved_on(store, many)
            took[many].append(_ms(lambda desk=desk: sweep(desk))[0])  # type: ignore[misc]
            idle.append(_ms(lambda desk=desk: sweep(desk))[0])  # type: ignore[misc]
    store.close()
    yield at_most(f"sweep with {due:,} due of {short(size)}, {NEW} new", took[due], "ms", 2000, row="sweep sweep-due",
                  needs=LARGE, size=size)  # fmt: skip
    what = f"sweep with {due // PART:,} due beside {due:,}"
    yield beside(
        what,
        took[due // PART],
        "ms",
        took[due],
        f"{due:,} due",
        2 / PART,
        row="sweep-due",
        least=LEAST,
        size=size,
    )
    yield at_most(
        f"sweep with nothing due, {short(size)}", idle, "ms", 100, row="sweep-due", needs=LARGE, size=size
    )


def _moved_on(store: Store, due: int) -> Desk:
    """Return a desk at the time at which ``due`` cases are; some were recorded there."""
    with store.reading() as db:
        at = db.value(AT, (due - 1,))
    desk, dice = Desk(store, "h01", clock.frozen(unstamp(at))), Random(9)
    for _ in range(NEW):
        given = {"text": "x", "site": dice.choice(stories.SITES), "category": dice.choice(stories.CATEGORIES)}
        doing.record(desk, given)
    return desk


def _ms(work: Callable[[], Any]) -> tuple[float, Any]:
    began = thread_time()
    found = work()
    return (thread_time() - began) * 1000, found
