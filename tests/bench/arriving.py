"""What arrives by itself, first and again, into an empty store: files of several rows a case, and mail."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from random import Random

from tests.bench import stories
from tests.bench.commands import Command, Run, run, workbench
from tests.bench.places import Places
from tests.bench.table import Figure, at_least, at_most

ROWS_A_CASE = 5  # as an event log of a help desk has them
FEWEST, FEWEST_MESSAGES = 5_000, 200  # rows, messages a second
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
    """Measure an import of a log and of a mailbox, and the same once more; and of one large message."""
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
        yield from _mail(places, folder)


def _rates(name: str, runs: list[Run], rows: int) -> Iterator[Figure]:
    yield at_least(name, [rows * 1000 / each.ms for each in runs], "rows/s", FEWEST, row="history")
    yield at_least(f"{name}, CPU", [rows * 1000 / each.cpu for each in runs], "rows/s", FEWEST, row="history")
    yield at_most(f"{name}: resident", [each.memory for each in runs], "MB", 120, row="memory")


def _mail(places: Places, folder: Path) -> Iterator[Figure]:
    box, large, many = folder / "in.mbox", folder / "large.eml", places.few(5_000, 1_000, 50)
    write_mailbox(box, many, places.now())
    write_large(large, places.few(50, 50, 5))
    first, again, alone = [], [], []
    for _ in range(places.few(3, 2)):
        prepared(folder, places)
        command = workbench(folder / "s.db", "--now", places.now().isoformat(), "import")
        first.append(run([*command, box]))
        again.append(run([*command, box]))
        alone.append(run([*command, large]))
    for name, runs in (("mail", first), ("mail, again", again)):
        rates = [many * 1000 / each.ms for each in runs]
        yield at_least(f"{many:,} messages of {name}", rates, "messages/s", FEWEST_MESSAGES, row="mail")
    yield at_most("a message of 50 MB: resident", [each.memory for each in alone], "MB", 120, row="memory")


def write_mailbox(file: Path, many: int, now: datetime) -> None:
    """Write ``many`` messages of customers: every fourth is an answer in the thread of one before."""
    dice = Random(16)
    with file.open("wb") as out:
        for index in range(many):
            who, at = stories.person(dice), now - timedelta(minutes=many - index)
            message = EmailMessage()
            message["From"] = f"{who['customer']} <c{index}@example.com>"
            message["Subject"] = stories.text(dice, stories.BRIEF)[:40]
            message["Date"] = format_datetime(at)
            message["Message-ID"] = f"<{index}@example.com>"
            if index % 4 == 3:
                message["In-Reply-To"] = f"<{index - 1}@example.com>"
            message.set_content(stories.text(dice), cte="base64")
            out.write(b"From c@example.com Mon Nov  2 09:10:00 2026\n" + message.as_bytes() + b"\n")


def write_large(file: Path, megabytes: int) -> None:
    """Write a message with one attachment."""
    head = b'From: c@example.com\nContent-Type: multipart/mixed; boundary="q"\n\n--q\n\nwords\n--q\n'
    with file.open("wb") as out:
        out.write(head + b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n")
        for _ in range(megabytes << 14):
            out.write(b"QUJD" * 15 + b"QUI\n")
        out.write(b"--q--\n")


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
