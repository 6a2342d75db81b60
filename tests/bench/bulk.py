"""Work on all cases at once: backup, check, another policy, and what leaves as a table; in CPU time."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from storage.backup import backup
from storage.check import Helpers, check
from storage.engine import connect, uri
from storage.spread import cores
from storage.store import Store
from tests.bench.commands import run
from tests.bench.files import stored_columns
from tests.bench.places import Places, newest_receipt, short
from tests.bench.table import Figure, at_most, beside
from workbench import clock
from workbench.desk import Desk, rules_of
from workbench.domain.times import unstamp
from workbench.exchange.columns import STORED
from workbench.exchange.export import Wish, export
from workbench.reports.case_json import as_json
from workbench.reports.simulate import simulate

TIMES = 3
OTHER = "vanke"


def figures(places: Places) -> Iterator[Figure]:
    """Measure on the store with history; both sides in turn."""
    path = places.mixed_store()
    desk = Desk(Store(path, read_only=True), "h01", clock.frozen(unstamp(newest_receipt(path))))
    with places.scratch() as folder:
        yield from _backup(places, desk, folder)
        yield from _export(places, desk, folder)
    yield from _all_cases(places, desk)
    desk.store.close()


def cpu(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that ``work`` took, here and in processes that it began."""
    before = os.times()
    work()
    return sum(os.times()[:4]) - sum(before[:4])


def _backup(places: Places, desk: Desk, folder: Path) -> Iterator[Figure]:
    target, path = folder / "b.db", desk.store.path

    def by_sqlite() -> None:
        db = connect(path, read_only=True)
        db.run("PRAGMA query_only = OFF")
        db.run("VACUUM INTO ?", (uri(target),))
        db.connection.close()

    ours, theirs = [], []
    for _ in range(places.few(TIMES)):
        ours.append(cpu(lambda: backup(desk.store, target)))
        target.unlink()
        theirs.append(cpu(by_sqlite))
        target.unlink()
    yield beside(f"backup of {short(places.size)} cases, verified", ours, "s CPU", theirs, "VACUUM INTO", 3)


def _export(places: Places, desk: Desk, folder: Path) -> Iterator[Figure]:
    with desk.store.reading() as db:
        keys = db.keys("SELECT case_id FROM cases ORDER BY case_id")
    now = desk.now()

    def written(name: str, wish: Wish) -> float:
        return cpu(lambda: export(desk, folder / name, wish))

    def shape(db, case):  # type: ignore[no-untyped-def]
        return as_json(case, None, now, desk.rules_in(db, case.policy), unmask=False)

    took: dict[str, list[float]] = {name: [] for name in ("people", "raw", "same", "lines", "shell")}
    shell = shutil.which("sqlite3")
    written("o.csv", Wish(keys[:1]))  # the policy is read once
    query = f"SELECT {', '.join(stored_columns(desk.store.path, folder / 'o.csv'))} FROM cases"
    for _ in range(places.few(TIMES)):
        took["people"].append(written("o.csv", Wish(keys)))
        took["raw"].append(written("o.csv", Wish(keys, raw=True)))
        took["same"].append(written("o.jsonl", Wish(keys, STORED)))
        took["lines"].append(written("o.jsonl", Wish(keys, shape=shape)))
        if shell:
            command = [shell, "-readonly", "-csv", "-header", desk.store.path, query]
            took["shell"].append(cpu(lambda command=command: run(command, folder / "t.csv")))  # type: ignore[misc]
    if shell:
        yield beside("export CSV for people", took["people"], "s CPU", took["shell"], "sqlite3 shell", 5)
        yield beside("export CSV --raw", took["raw"], "s CPU", took["shell"], "sqlite3 shell", 3)
    yield beside("export JSON lines, the same keys", took["same"], "s CPU", took["people"], "our CSV", 2)
    yield beside("export JSON lines, whole cases", took["lines"], "s CPU", took["people"], "our CSV", 2)


def _all_cases(places: Places, desk: Desk) -> Iterator[Figure]:
    with desk.store.reading() as db:
        cases = db.value("SELECT count(*) FROM cases")
    helpers = Helpers(cores(), rules_of)
    sides: dict[str, tuple[float, Callable[[], object]]] = {
        "check": (0.2, lambda: check(desk.store, desk.rules_in, None, helpers)),
        "policy simulate": (0.7, lambda: simulate(desk, OTHER, processes=cores())),
    }
    for name, (limit, work) in sides.items():
        wall, used = [], []
        for _ in range(places.few(TIMES)):
            began = perf_counter()
            used.append(cpu(work) * 1000 / cases)
            wall.append((perf_counter() - began) * 1000 / cases)
        yield at_most(
            f"{name}, {cores()} processes, a case", wall, "ms", limit, other=used, name="CPU of all"
        )
