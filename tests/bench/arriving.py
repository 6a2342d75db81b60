"""What arrives by itself: files that tell several rows of a case, first and again, into an empty store."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from tests.bench import stories
from tests.bench.commands import Command, Run, run, workbench
from tests.bench.places import Places
from tests.bench.table import Figure, at_least, at_most

ROWS_A_CASE = 5  # as an event log of a help desk has them
FEWEST = 5_000  # rows a second
STATES = ("受理", "派单", "处理中", "已回复", "已完结")
HEADERS = ("工单编号", "操作时间", "环节", "操作人", "备注", "业主姓名", "联系电话", "项目")
MAPPING = """
source = "log"
rows = "history"
[times]
formats = "iso"
zone = "Asia/Shanghai"
[fields]
customer = "业主姓名"
phone = "联系电话"
site = "项目"
[history]
id = "工单编号"
time = "操作时间"
state = "环节"
who = "操作人"
words = "备注"
closed = ["已完结"]
"""


def figures(places: Places) -> Iterator[Figure]:
    """Measure an import of a log, and the same log once more."""
    with places.scratch() as folder:
        file, rows = folder / "log.csv", places.few(100_000, 20_000, 500)
        write_log(file, rows, places.now())
        first, again = [], []
        for _ in range(places.few(3, 2)):
            command = prepared(folder, places)
            first.append(run([*command, file]))
            again.append(run([*command, file]))
        yield from _rates(f"history of {rows:,} rows", first, rows)
        yield from _rates(f"history of {rows:,} rows, again", again, rows)


def _rates(name: str, runs: list[Run], rows: int) -> Iterator[Figure]:
    yield at_least(name, [rows * 1000 / each.ms for each in runs], "rows/s", FEWEST, row="history")
    yield at_least(f"{name}, CPU", [rows * 1000 / each.cpu for each in runs], "rows/s", FEWEST, row="history")
    yield at_most(f"{name}: resident", [each.memory for each in runs], "MB", 120, row="memory")


def prepared(folder: Path, places: Places) -> Command:
    """Make an empty store; return the command that imports into it, but for the name of the file."""
    for old in folder.glob("s.db*"):
        old.unlink()
    mapping = folder / "log.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    now = ["--now", places.now().isoformat()]
    run(workbench(folder / "s.db", *now, "init"))
    return workbench(folder / "s.db", *now, "import", "--mapping", mapping)


def write_log(file: Path, rows: int, now: datetime) -> None:
    """Write a log of ``rows`` entries before ``now``, in the order of time: the cases lie among each other."""
    dice, found = Random(15), []
    for case in range(rows // ROWS_A_CASE):
        who = stories.person(dice)
        at = now.replace(tzinfo=None, microsecond=0) - timedelta(days=dice.randrange(40, 400))
        for state in STATES:
            at += timedelta(seconds=dice.randrange(60, 400_000))
            told = stories.text(dice, stories.BRIEF)
            row = (
                f"L{case:07d}",
                str(at),
                state,
                f"h{case % 40:02d}",
                told,
                who["customer"],
                who["phone"],
                who["site"],
            )
            found.append(row)
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([HEADERS, *sorted(found, key=lambda row: row[1])])
