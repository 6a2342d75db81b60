"""Work on all cases at once: backup, check, another policy, and what leaves as a table; in CPU time."""

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter

from storage.backup import backup
from storage.check import Helpers, check
from storage.engine import connect, uri
from storage.spread import cores
from storage.store import Store
from tests.bench.commands import Command, run, tool, workbench
from tests.bench.places import Places, short, stands_at
from tests.bench.table import Figure, at_most, beside
from workbench import clock
from workbench.desk import Desk, rules_of
from workbench.exchange.export import Wish, export
from workbench.reports.case_json import as_json
from workbench.reports.simulate import simulate

OTHER = "vanke"
LARGE, LEAST = 1_000_000, 10_000  # cases: below, processes take longer to begin than to work
SHELL, ROWS = "sqlite3 shell", "sqlite-utils rows"


def figures(places: Places) -> Iterator[Figure]:
    """Measure on the store with history; both sides in turn."""
    path = places.store()
    desk = Desk(Store(path, read_only=True), "h01", clock.frozen(stands_at(path)))
    with places.scratch() as folder:
        yield from _backup(places, desk, folder)
        yield from _export(places, desk, folder)
    yield from _all_cases(places, desk)
    desk.store.close()


def cpu(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that ``work`` took, here and in processes that it began."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    both = (getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def _backup(places: Places, desk: Desk, folder: Path) -> Iterator[Figure]:
    target, path = folder / "b.db", desk.store.path

    def by_sqlite() -> None:
        db = connect(path, read_only=True)
        db.run("PRAGMA query_only = OFF")
        db.run("VACUUM INTO ?", (uri(target),))
        db.connection.close()

    ours, theirs = [], []
    for _ in range(places.few(3, 2)):
        ours.append(cpu(lambda: backup(desk.store, target)))
        target.unlink()
        theirs.append(cpu(by_sqlite))
        target.unlink()
    yield beside(
        f"backup of {short(places.size)} cases, verified",
        ours,
        "s CPU",
        theirs,
        "VACUUM INTO",
        3,
        row="bulk",
        least=LEAST,
        size=places.size,
    )


def _export(places: Places, desk: Desk, folder: Path) -> Iterator[Figure]:
    with desk.store.reading() as db:
        keys = db.keys("SELECT case_id FROM cases ORDER BY case_id")
    now = desk.now()

    def shape(db, case):  # type: ignore[no-untyped-def]
        return as_json(case, None, now, desk.rules_in(db, case.policy), unmask=False)

    ours: dict[str, Callable[[], object]] = {
        "for people": lambda: export(desk, folder / "o.csv", Wish(keys)),
        "--raw": lambda: export(desk, folder / "o.csv", Wish(keys, raw=True)),
        "JSON lines": lambda: export(desk, folder / "o.jsonl", Wish(keys)),
        "JSON lines, all there is": lambda: export(
            desk, folder / "o.jsonl", Wish(keys, ("all",), shape=shape)
        ),
        "workbook": lambda: export(desk, folder / "o.xlsx", Wish(keys)),
    }
    export(desk, folder / "o.csv", Wish(keys[:1]))  # the policy is read once
    export(desk, folder / "o.csv", Wish(keys[:1], raw=True))  # whose headings are those of the columns
    columns = _stored_columns(desk, folder / "o.csv")
    tools = _tools(desk, columns)
    ask = ["--read-only", "--now", now.isoformat(), "export", folder / "v.csv"]
    memory = run(workbench(desk.store.path, *ask)).memory
    yield at_most(
        "export as a verb: resident", [memory], "MB", 120, row="memory", needs=LARGE, size=places.size
    )
    took: dict[str, list[float]] = {name: [] for name in (*ours, *tools)}
    for _ in range(places.few(3, 2)):
        for name, work in ours.items():
            took[name].append(cpu(work))
        for name, command in tools.items():
            took[name].append(run(command, folder / "t.csv").cpu / 1000)
    for name, other, most in (
        ("for people", SHELL, 5),
        ("--raw", SHELL, 3),
        ("--raw", ROWS, 1),
        ("JSON lines", "for people", 2),
        ("JSON lines, all there is", "for people", None),
        ("workbook", "for people", None),
    ):
        if other in took:
            row = "export" if other == ROWS else "export-ratio export"
            what, size = f"export, {name}, {short(places.size)}", places.size
            yield beside(what, took[name], "s CPU", took[other], other, most, row=row, least=LEAST, size=size)


def _tools(desk: Desk, columns: list[str]) -> dict[str, Command]:
    """Return the commands of others that print the same columns, of those that are here."""
    path = str(desk.store.path)
    wanted = [word for name in columns for word in ("-c", name)]
    found: dict[str, Command] = {ROWS: [tool("sqlite-utils"), "rows", path, "cases", "--csv", *wanted]}
    if shell := shutil.which("sqlite3"):
        found[SHELL] = [
            shell,
            "-readonly",
            "-csv",
            "-header",
            path,
            f"SELECT {', '.join(columns)} FROM cases",
        ]
    return found


def _stored_columns(desk: Desk, exported: Path) -> list[str]:
    """Return the columns of the export that are columns of the table too."""
    with exported.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    with desk.store.reading() as db:
        known = {row[1] for row in db.all("PRAGMA table_info(cases)")}
    return [name for name in header if name in known]


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
        for _ in range(places.few(3, 2)):
            began = perf_counter()
            used.append(cpu(work) * 1000 / cases / cores())
            wall.append((perf_counter() - began) * 1000 / cases)
        what = f"{name}, CPU on each of {cores()} cores, a case"
        yield at_most(
            what, used, "ms", limit, row="bulk", other=wall, name="by the clock", least=LEAST, size=cases
        )
