"""Import and export of CSV, beside sqlite-utils and the sqlite3 shell on the same rows."""

import csv
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

from tests.bench.commands import Command, run, tool, workbench
from tests.bench.places import Places, newest_receipt, short
from tests.bench.stores import CATEGORIES, GIVEN, SITES, SURNAMES, WORDS
from tests.bench.table import Figure, at_least, at_most, beside

TIMES = 3
IMPORTED = 100_000
START = datetime(2025, 1, 1)
HEADERS = ("编号", "受理时间", "内容", "客户", "电话", "项目", "房号", "类别", "期限", "办结时间", "结果")
MAPPING = """
source = "bench"
[times]
formats = "%Y-%m-%d %H:%M:%S"
zone = "Asia/Shanghai"
[fields]
external_id = "编号"
received_at = "受理时间"
text = "内容"
customer = "客户"
phone = "电话"
site = "项目"
unit = "房号"
category = "类别"
[target]
column = "期限"
clock = "target"
[closing]
at = "办结时间"
outcome = "结果"
"""


def figures(places: Places) -> Iterator[Figure]:
    """Measure import into an empty store and export of the large one with history."""
    with places.scratch() as folder:
        yield from _import(places, folder)
    with places.scratch() as folder:
        yield from _export(places, places.mixed_store(), folder)


def _import(places: Places, folder: Path) -> Iterator[Figure]:
    file, mapping, store, theirs = (folder / name for name in ("in.csv", "map.toml", "s.db", "t.db"))
    imported = places.few(IMPORTED, 200)
    _write_rows(file, imported)
    mapping.write_text(MAPPING, encoding="utf-8")
    ours_rate, their_rate, memory = [], [], []
    for _ in range(places.few(TIMES)):
        for old in folder.glob("[st].db*"):
            old.unlink()
        run(workbench(store, "init"))
        done = run(workbench(store, "import", file, "--mapping", mapping))
        ours_rate.append(imported / done.ms * 1000)
        memory.append(done.memory)
        other = run([tool("sqlite-utils"), "insert", str(theirs), "cases", str(file), "--csv"])
        their_rate.append(imported / other.ms * 1000)
    name = f"import of {imported:,} cases"
    yield beside(name, ours_rate, "cases/s", their_rate, "sqlite-utils", 0.5, rate=True)
    yield at_least(name, ours_rate, "cases/s", 5_000)
    yield at_most(f"{name}: memory at its highest", memory, "MB", 120)


def _write_rows(file: Path, count: int) -> None:
    dice = Random(11)
    pick = dice.choice
    with open(file, "w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADERS)
        for index in range(count):
            received = START + timedelta(seconds=dice.randrange(500 * 86_400))
            closed = (
                received + timedelta(seconds=dice.randrange(1, 9 * 86_400)) if dice.random() < 0.8 else None
            )
            writer.writerow((
                f"B{index:08d}", received, "，".join(pick(WORDS) + pick(WORDS) for _ in range(dice.randrange(3, 12))),
                pick(SURNAMES) + pick(GIVEN), f"13{dice.randrange(10**9):09d}", pick(SITES),
                f"{dice.randrange(1, 40)}-{dice.randrange(101, 3204)}", pick(CATEGORIES),
                received + timedelta(days=3), closed or "", "已处理" if closed else "",
            ))  # fmt: skip


def _export(places: Places, store: Path, folder: Path) -> Iterator[Figure]:
    ours, theirs = folder / "ours.csv", folder / "theirs.csv"
    export = workbench(store, "--read-only", "--now", newest_receipt(store), "export", ours)
    memory = [run(export).memory]
    columns = stored_columns(store, ours)
    query = f"SELECT {', '.join(columns)} FROM cases"
    sides: dict[str, Command] = {
        "sqlite-utils": [
            tool("sqlite-utils"),
            "rows",
            store,
            "cases",
            "--csv",
            *(w for c in columns for w in ("-c", c)),
        ],
    }
    if shell := shutil.which("sqlite3"):
        sides["sqlite3 shell"] = [shell, "-readonly", "-csv", "-header", str(store), query]
    took: list[float] = []
    others: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(places.few(TIMES)):
        done = run(export)
        took.append(done.ms / 1000)
        memory.append(done.memory)
        for name, command in sides.items():
            others[name].append(run(command, theirs).ms / 1000)
    cases = _count(ours)
    name = f"export of {short(cases)} cases, masked and guarded"
    yield at_least(name, [cases / seconds for seconds in took], "cases/s", 50_000)
    for other, limit in (("sqlite-utils", 1.0), ("sqlite3 shell", 3.0)):
        if other in others:
            yield beside(name, took, "s", others[other], other, limit)
    yield at_most(f"{name}: memory at its highest", [median(memory)], "MB", 120)
    print(f"  ({len(columns)} columns; ours {os.path.getsize(ours) / 1e6:.0f} MB)", flush=True)


def stored_columns(store: Path, exported: Path) -> list[str]:
    """Return the columns of the export that are columns of the table too."""
    from storage.engine import connect

    with open(exported, encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    db = connect(store, read_only=True)
    try:
        known = {row[1] for row in db.all("PRAGMA table_info(cases)")}
    finally:
        db.connection.close()
    return [name for name in header if name in known]


def _count(exported: Path) -> int:
    with open(exported, encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1
