"""Import of CSV whose rows bring six entries each, beside sqlite-utils on the same rows; in CPU time."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from tests.bench import stories
from tests.bench.commands import Command, run, tool, workbench
from tests.bench.counting import size_on_disk
from tests.bench.places import Places
from tests.bench.stores import OPEN_SHARE
from tests.bench.table import Figure, at_most, beside, plain

MAPPED, WITH_CLOCKS = "mapped", "with clocks of the policy"
LIMITS = {MAPPED: 2, WITH_CLOCKS: 3.5}  # x sqlite-utils, in CPU
ENTRIES = ("acknowledge", "reply", "note", "reply")  # between the receipt and the closing
HEADERS = ("编号", "受理时间", "内容", "客户", "电话", "项目", "房号", "类别", "期限", "办结时间", "结果",
           *(f"{what}{place}" for place in range(len(ENTRIES)) for what in ("时间", "内容")))  # fmt: skip
MAPPING = """
source = "bench"
clocks = "{clocks}"
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
[closing]
at = "办结时间"
outcome = "结果"
"""
TARGET = """[target]
column = "期限"
clock = "target"
"""
ENTRY = """[[entries]]
act = "{act}"
at = "时间{place}"
text = "内容{place}"
"""


def figures(places: Places) -> Iterator[Figure]:
    """Measure both kinds of import into an empty store, each beside the other side."""
    with places.scratch() as folder:
        file, count = folder / "in.csv", places.few(100_000, 5_000, 200)
        write_rows(file, count, places.now())
        for kind, most in LIMITS.items():
            yield from _import(places, folder, file, kind, count, most)
    if places.size > places.small:  # what an empty store takes is no case's
        large, small = (size_on_disk(places.store(size)) for size in (places.size, places.small))
        each = (large - small) / (places.size - places.small)
        yield at_most("on disk, a case, swept", [each], "B", 5_000, row="disk")


def _import(places: Places, folder: Path, file: Path, kind: str, count: int, most: float) -> Iterator[Figure]:
    ours, theirs, disk = [], [], []
    store, other = folder / "s.db", folder / "t.db"
    for _ in range(places.few(3, 2)):
        for old in folder.glob("[st].db*"):
            old.unlink()
        mapped = prepared(store, kind, places)
        empty = size_on_disk(store)
        ours.append(run([*mapped, file]))
        disk.append((size_on_disk(store) - empty) / count)
        theirs.append(run([tool("sqlite-utils"), "insert", str(other), "cases", str(file), "--csv"]))
    name = f"import of {count:,}, {kind}"
    sides = [[each.cpu / 1000 for each in side] for side in (ours, theirs)]
    yield beside(f"{name}, CPU", sides[0], "s", sides[1], "sqlite-utils", most, row="import-ratio")
    rates = [[count * 1000 / each.ms for each in side] for side in (ours, theirs)]
    yield beside(name, rates[0], "cases/s", rates[1], "sqlite-utils", 0.5, row="import", rate=True)
    yield at_most(f"{name}: resident", [each.memory for each in ours], "MB", 120, row="memory")
    yield at_most(f"{name}: on disk, a case", disk, "B", 5_000, row="disk")
    yield plain(f"{name}: in the CSV, a case", [file.stat().st_size / count], "B")


def prepared(store: Path, kind: str, places: Places) -> Command:
    """Make a store; return the command that imports into it, but for the name of the file."""
    mapping = store.with_name("map.toml")
    entries = "".join(ENTRY.format(act=act, place=place) for place, act in enumerate(ENTRIES))
    clocks = "mapped" if kind == MAPPED else "policy"
    mapping.write_text(
        MAPPING.format(clocks=clocks) + (TARGET if kind == MAPPED else "") + entries, encoding="utf-8"
    )
    now = ["--now", places.now().isoformat()]
    run(workbench(store, *now, "init"))
    return workbench(store, *now, "import", "--mapping", mapping)


def write_rows(file: Path, count: int, now: datetime) -> None:
    """Write a table of ``count`` cases, received before ``now`` as those of the stores are."""
    dice = Random(11)
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADERS)
        for index in range(count):
            writer.writerow(_row(index, dice, now))


def _row(index: int, dice: Random, now: datetime) -> list[str]:
    is_open = dice.random() < OPEN_SHARE
    ago = stories.received_ago(dice, is_open)
    # times are of the zone +08:00, and lie in the past
    received = (now + timedelta(hours=8)).replace(tzinfo=None, microsecond=0) - timedelta(seconds=ago)
    step = timedelta(seconds=int(min(ago, dice.random() ** 4 * 9 * stories.DAY) / (len(ENTRIES) + 2)))
    told = []
    for place in range(1, len(ENTRIES) + 1):
        told += [str(received + place * step), stories.text(dice, stories.BRIEF)]
    who = stories.person(dice)
    closed = "" if is_open else str(received + (len(ENTRIES) + 1) * step)
    return [
        f"B{index:08d}", str(received), stories.text(dice), who["customer"], who["phone"], who["site"], who["unit"],
        dice.choice(stories.CATEGORIES), str(received + timedelta(days=3)), closed,
        stories.text(dice, stories.BRIEF) if closed else "", *told,
    ]  # fmt: skip
