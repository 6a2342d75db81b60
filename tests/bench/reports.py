"""Summary, search and sweep on large stores, beside SQL written by hand for the same answers."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter

from storage import search
from storage.engine import Db
from storage.store import Store
from tests.bench import by_hand
from tests.bench.commands import run, workbench
from tests.bench.places import Places, newest_receipt, short
from tests.bench.stores import CATEGORIES, SITES, WORDS
from tests.bench.table import Figure, at_most, beside
from workbench import clock
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.times import day_bounds, unstamp
from workbench.watch.surges import look
from workbench.watch.sweep import sweep

TIMES = 5
DUE = 1_000
NEW = 100
FIRST_PAGE = 50
COMPARED = 4_000  # documents in which the same words are looked for one by one
DOCS = """
    SELECT e.case_id, e.act, e.data FROM search_doc d JOIN event e ON e.event_no = d.doc_id
     WHERE d.doc_id > ?
"""


def figures(places: Places) -> Iterator[Figure]:
    """Measure the summary on a store with history, search and sweep on one of open cases."""
    yield from _summary(places, places.mixed_store(), short(places.size))
    large = places.open_store(places.size)
    yield from _search(places, large, short(places.size))
    with places.copy(large) as copy:
        yield from _sweep(places, copy)


def _desk(path: Path, *, read_only: bool) -> Desk:
    return Desk(Store(path, read_only=read_only), "h01", clock.frozen(unstamp(newest_receipt(path))))


def _summary(places: Places, path: Path, size: str) -> Iterator[Figure]:
    from workbench.reports.summary import summary

    desk = _desk(path, read_only=True)
    zone = desk.rules().zone
    day = (desk.now() - timedelta(days=1)).astimezone(zone).date()
    since, until = day_bounds(day, zone)
    ours, theirs = [], []
    for _ in range(places.few(TIMES)):
        began = perf_counter()
        found = summary(desk, day)
        ours.append((perf_counter() - began) * 1000)
        with desk.store.reading() as db:
            began = perf_counter()
            plain = by_hand.summary(db, desk.store.site_id, since, until, desk.now())
            theirs.append((perf_counter() - began) * 1000)
    desk.store.close()
    different = [name for name, figure in plain.items() if found[name] != figure]
    if different:
        print(f"  (not the same by hand: {[(n, found[n], plain[n]) for n in different]})", flush=True)
    yield beside(f"summary of a day, {size} cases", ours, "ms", theirs, "SQL by hand", 1.5)
    yield from _summary_verb(places, path, size, day, desk.now())


def _summary_verb(places: Places, path: Path, size: str, day: date, now: datetime) -> Iterator[Figure]:
    command = workbench(
        path, "--read-only", "--now", now.isoformat(), "summary", "--date", day.isoformat(), "--json"
    )
    runs = [run(command) for _ in range(places.few(TIMES))]
    yield at_most(f"summary of a day as a verb, {size} cases", [each.ms for each in runs], "ms", 1000)
    yield at_most("summary of a day: memory at its highest", [each.memory for each in runs], "MB", 120)


def _search(places: Places, path: Path, size: str) -> Iterator[Figure]:
    desk = _desk(path, read_only=True)
    site_id = desk.store.site_id
    with desk.store.reading() as db:
        words = _two_characters(db)
        first = [
            _ms(lambda word=word: list(islice(search.case_ids(db, site_id, word), FIRST_PAGE)))
            for word in words
        ]
        wrong = [word for word in words if not _as_like(db, site_id, word)]
    desk.store.close()
    yield at_most(
        f"first {FIRST_PAGE} cases with a word of two characters, {size}", first, "ms", 50, share=0.95
    )
    print(
        f"  ({len(words)} words; the same answers as LIKE: {'all' if not wrong else f'NOT for {wrong}'})",
        flush=True,
    )
    runs = [
        run(workbench(path, "--read-only", "search", word, "--limit", "20"))
        for word in words[: places.few(TIMES)]
    ]
    yield at_most(f"search as a verb, {size} cases", [each.ms for each in runs], "ms", 250)
    yield at_most("search: memory at its highest", [max(each.memory for each in runs)], "MB", 120)


def _two_characters(db: Db) -> list[str]:
    """Return words that are frequent, names that are less so, and pairs that a text happens to hold."""
    dice = Random(3)
    frequent = [word for word in WORDS if len(word) == 2][:20]
    names = [row[0][:2] for row in db.all("SELECT DISTINCT customer FROM cases LIMIT 20")]
    texts = [row[0] for row in db.all("SELECT text FROM cases ORDER BY case_id DESC LIMIT 20")]
    pairs = [text[at : at + 2] for text in texts if (at := dice.randrange(len(text) - 2)) >= 0]
    return [*frequent, *names, *(pair for pair in pairs if pair.isalpha())]


def _as_like(db: Db, site_id: int, word: str) -> bool:
    """Say whether search and LIKE agree about the newest documents."""
    newest = db.value("SELECT max(doc_id) FROM search_doc")
    docs = db.all(DOCS, (newest - COMPARED,))
    liked = {case_id for case_id, *held in docs if word in search.words_of(*held)}
    found = set(islice(search.case_ids(db, site_id, word), len(liked)))
    return liked == found


def _sweep(places: Places, path: Path) -> Iterator[Figure]:
    """Move the clock on to where exactly so many cases are due, record some, and sweep; then again."""
    store, size, due = Store(path), places.size, places.few(DUE, 10)
    dice = Random(9)
    took, idle = [], []
    first = [_ms(lambda: look(Desk(store, "h01", clock.frozen(unstamp(newest_receipt(path))))))]
    for _ in range(places.few(TIMES)):
        with store.reading() as db:
            at = db.value(
                "SELECT watch_at FROM cases WHERE watch_at > '' ORDER BY watch_at LIMIT 1 OFFSET ?",
                (due - 1,),
            )
        desk = Desk(store, "h01", clock.frozen(unstamp(at)))
        for _ in range(NEW):
            doing.record(desk, {"text": "x", "site": dice.choice(SITES), "category": dice.choice(CATEGORIES)})
        took.append(_ms(lambda desk=desk: sweep(desk)))
        idle.append(_ms(lambda desk=desk: sweep(desk)))
    store.close()
    yield at_most(f"first look for surges in {size:,}", first, "ms", 2000)
    yield at_most(f"sweep with {due:,} due of {size:,} and {NEW} new", took, "ms", 2000)
    yield at_most(f"sweep with nothing due of {size:,}", idle, "ms", 100)


def _ms(work) -> float:  # type: ignore[no-untyped-def]
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000
