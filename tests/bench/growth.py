"""The same work on stores from a thousand cases up: a table by size, and what has to be flat."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import fmean, median
from time import thread_time

from screens.queue.looking import Wish, look
from screens.queue.order import Order
from storage import search
from storage.queues import View
from storage.store import Store
from tests.bench import stories
from tests.bench.acts import Reading, measured
from tests.bench.commands import run, workbench
from tests.bench.counting import CountedDb, Tally, pages, size_on_disk, without_disk
from tests.bench.places import Places, short, stands_at
from tests.bench.table import COUNTED, Figure, beside
from tests.bench.table import short as digits
from workbench import clock
from workbench.actions import doing
from workbench.desk import Desk
from workbench.reports.scope import one_day
from workbench.reports.summary import summary

LARGE = 1_000_000
FLAT, FLAT_COUNT = 1.5, 1.25  # x from the smallest store to the largest
ACTS = ("record", "note", "close")
FLAT_ROWS = {"CPU of an act": "act", "pages of an act": "act", "CPU of a look": "commit"}
WIDTHS = (44, 10)
DUE_FIRST = "SELECT case_id FROM cases WHERE site_id = ? AND status = 'open' ORDER BY due_key LIMIT 20"
Row = tuple[str, str]  # work and unit
Samples = dict[Row, list[float]]


def figures(places: Places) -> Iterator[Figure]:
    """Measure each size; print the table; what has to be flat is judged from the smallest to the largest."""
    found = {size: _at(places, size) for size in places.sizes}
    for line in _table(found):
        print(line, flush=True)
    small, large = found[places.sizes[0]], found[places.sizes[-1]]
    if places.size == places.small:
        return
    for (work, unit), ours in large.items():
        row = next((row for begin, row in FLAT_ROWS.items() if work.startswith(begin)), "")
        limit = (FLAT_COUNT if unit in COUNTED else FLAT) if row else None
        other, name = small[work, unit], short(places.small)
        yield beside(f"{work}, {short(places.size)} beside {name}", ours, unit, other, name, limit, row=row, needs=LARGE,
                     size=places.size)  # fmt: skip


def _at(places: Places, size: int) -> Samples:
    swept, unswept = places.store(size), places.store(size, swept=False)
    found: Samples = {("on disk, a case", "B"): [size_on_disk(swept) / size]}
    with places.copy(swept) as copy:
        found |= _acts(places, copy)
    with places.copy(swept) as copy:
        found["CPU of a look after a commit", "ms"] = _looks(places, copy)
    for name, store in (("swept", swept), ("unswept", unswept)):
        command = workbench(
            store, "--read-only", "--now", stands_at(store).isoformat(), "list", "--limit", "20"
        )
        runs = [run(command) for _ in range(places.few(5, 3))]
        found[f"list --limit 20, {name}, CPU", "ms"] = [each.cpu for each in runs]
        found[f"list --limit 20, {name}, resident", "MB"] = [each.memory for each in runs]
    return found | _reading(places, swept)


def _acts(places: Places, path: Path) -> Samples:
    tally, logs, rounds = Tally(), (path, path.with_name("bare.db")), places.few(150, 40, 2)

    def meters() -> Reading:
        return tally.statements, sum(map(pages, logs))

    counts = measured(path, places, meters, lambda db: CountedDb(db, tally), rounds)
    spent = measured(path, places, lambda: (thread_time(),), without_disk, rounds)
    found: Samples = {}
    for act in ACTS:
        found[f"statements of an act: {act}", "statements"] = [median(counts.of(act, 0, times=1)[0])]
        found[f"pages of an act: {act}", "pages"] = [fmean(counts.of(act, 1, times=1)[0])]
        found[f"CPU of an act: {act}", "ms"] = spent.of(act)[0]
    return found


def _looks(places: Places, path: Path) -> list[float]:
    """Return the ms of CPU in which a queue learns of a commit of somebody else."""
    now = clock.frozen(stands_at(path))
    ours, theirs = Desk(Store(path), "h01", now), Desk(Store(path), "h02", now)
    with ours.store.reading() as db:
        cases = [row[0] for row in db.all(DUE_FIRST, (ours.store.site_id,))]
    view = View("all", ours.person, now())
    known, order, shown, took = None, Order(), None, []
    for turn in range(places.few(40, 20, 2)):
        doing.do(theirs, "note", cases[turn % len(cases)], {"text": "已联系工程部。"})
        began = thread_time()
        seen = look(ours, view, known, shown, order, Wish())
        took.append((thread_time() - began) * 1000)
        known, shown, order = seen.known, view, seen.order or order
    ours.store.close()
    theirs.store.close()
    return took[1:]  # the first reads everything


def _reading(places: Places, path: Path) -> Samples:
    desk = Desk(Store(path, read_only=True), "h01", clock.frozen(stands_at(path)))
    took, day = [], desk.now().date()
    with desk.store.reading() as db:
        for word in [word for word in stories.WORDS if len(word) == 2][: places.few(40, 20, 2)]:
            began = thread_time()
            list(islice(search.case_ids(db, desk.store.site_id, word), 50))
            took.append((thread_time() - began) * 1000)
    began = thread_time()
    summary(desk, one_day(day))
    day_ms = [(thread_time() - began) * 1000]
    desk.store.close()
    return {("CPU of a search for two characters", "ms"): took, ("CPU of the summary of a day", "ms"): day_ms}


def _table(found: dict[int, Samples]) -> Iterator[str]:
    yield _cells(["growth", "", *map(short, found), "x"])
    for work, unit in next(iter(found.values())):
        middles = [median(each[work, unit]) for each in found.values()]
        yield _cells([work, unit, *map(digits, middles), digits(middles[-1] / middles[0])])
    yield ""


def _cells(cells: list[str]) -> str:
    widths = (*WIDTHS, *[10] * (len(cells) - len(WIDTHS)))
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
