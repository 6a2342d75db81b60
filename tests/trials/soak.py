"""A long day: handlers at the pace of people, a sweep and a backup now and then; and what grows meanwhile.

Beside them the least that any program could do is timed: one row, on the disk, in a file of its own that nobody else
wants. Where that alone is slow, the machine is, and how long a write of the program takes says nothing.
"""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from processes import Child, apart

from storage.backup import backup
from storage.engine import connect
from storage.store import Store
from trials.frame import STILL, Counts, Listening, a_house, percentile, problems, stored_texts, warm
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import RefusedError
from workbench.watch.sweep import sweep

TITLE = "handlers at the pace of people, sweeps, backups (row 18)"
FULL, SMALL = 3600, 12  # seconds
PEOPLE, FEW = 50, 6
READS, WRITES = 2.0, 0.4  # a second and handler
WAL_MOST = 64 << 20
SLOWEST = 0.05  # seconds, p99 of a write
CROWDED = 0.01  # seconds, p99 of a bare transaction: the machine has other things to do
BARE = 1.0  # seconds between bare transactions, on average
GROWTH = 1.05
MANY = 6000  # cases, more than the library keeps pages of: what fills up to its bound is no growth
HOARD = b"x" * 200_000  # what a handler who forgets nothing keeps of each step
CRON = 20  # seconds between sweeps; a backup follows each
Say = Callable[[str], None]


def run(n: int, room: Path) -> Counts:
    """Work for ``n`` seconds."""
    counts = _day(n, room, PEOPLE if n > SMALL else FEW, idle=False)
    slow = float(str(counts.figures["write p99 ms"])) >= SLOWEST * 1000
    crowded = float(str(counts.figures["bare p99 ms"])) >= CROWDED * 1000
    if slow and crowded:
        counts.figures["writes"] = "not judged: a bare transaction is slow, too"
    counts.expect(n <= SMALL or not slow or crowded, "writes are slow")
    return counts


def controls(room: Path) -> dict[str, Counts]:
    """Leave a reader in the middle of a page for all the time: the log cannot be reset. Keep what was read."""
    return {
        "an open cursor": _day(SMALL // 2, room, FEW, idle=True),
        "nothing is let go": _day(SMALL, room, 1, idle=False, hoards=True),
    }


def _day(seconds: int, room: Path, people: int, *, idle: bool, hoards: bool = False) -> Counts:
    warm(room)
    path = room / f"{idle}.db"
    keys = apart(lambda: a_house(path, cases=MANY if seconds > SMALL else people * 2))
    counts, most = Counts(tries=seconds), WAL_MOST if not idle else 1 << 20
    children = [
        Child(lambda say, n=n: _work(path, f"h{n}", keys, seconds, say, slowly=not idle, hoards=hoards))
        for n in range(people)
    ]
    cron = Child(lambda say: _cron(path, room, seconds, say))
    floor = Listening([Child(lambda say: _bare(room / f"bare {idle}.db", seconds, say))])
    reader = Child(lambda _say: _idle(path, seconds)) if idle else None
    handlers = Listening(children)
    log_size = _largest(path.with_name(f"{path.name}-wal"), seconds)
    lines = [line.split() for line in handlers.lines()]
    grown = [float(line[1]) for line in lines if line[0] == "memory"]
    took = sorted(float(line[1]) for line in lines if line[0] == "took")
    told = {line[1] for line in lines if line[0] == "text"}
    counts.acks = len(told)
    cron_said = cron.end()
    if reader:
        reader.end()
    bare = sorted(map(float, floor.lines()))
    well = handlers.ended_well() and floor.ended_well() and cron.code == 0
    counts.expect(well, "a process ended badly")
    counts.expect(log_size <= most, f"the log of SQLite grew to {log_size >> 20} MB")
    judged = hoards or (seconds > SMALL and not idle)
    counts.expect(not judged or max(grown) < GROWTH, f"memory grew by {max(grown, default=0)}")
    wrong, there = apart(lambda: (problems(path), stored_texts(path)))
    for line in wrong:
        counts.fault(line)
    for text in told - there:
        counts.lose(text)
    counts.figures |= {
        "people": people, "sweeps and backups": len(cron_said), "log MB": round(log_size / (1 << 20), 1),
        "memory x": round(max(grown, default=0), 3), "write p50 ms": round(percentile(took, 0.5) * 1000, 1),
        "write p99 ms": round(percentile(took, 0.99) * 1000, 1), "bare p50 ms": round(percentile(bare, 0.5) * 1000, 1),
        "bare p99 ms": round(percentile(bare, 0.99) * 1000, 1),
    }  # fmt: skip
    return counts


def _work(
    path: Path, name: str, keys: list[int], seconds: float, say: Say, *, slowly: bool, hoards: bool
) -> None:
    kept: list[bytes] = []
    desk, chance, n = Desk(Store(path), name, STILL), Random(name), 0
    until, first, half = perf_counter() + seconds, 0, perf_counter() + seconds / 3
    own = list(keys)
    while perf_counter() < until:
        sleep(chance.expovariate((READS + WRITES) * (1 if slowly else 40)))
        if not first and perf_counter() > half:
            first = _memory()
        if hoards:
            kept.append(bytes(bytearray(HOARD)))
        if slowly and chance.random() < READS / (READS + WRITES):
            desk.case(chance.choice(own))
            continue
        n += 1
        began = perf_counter()
        if chance.random() < 0.2:
            own[chance.randrange(len(own))] = doing.record(desk, {"text": f"{name}.{n}"}).case_id
        else:
            try:
                act = chance.choice(("note", "heard", "reply"))
                doing.do(desk, act, chance.choice(own), {"text": f"{name}.{n}"})
            except RefusedError:
                continue
        say(f"took {perf_counter() - began}")
        say(f"text {name}.{n}")
    say(f"memory {_memory() / first if first else 1}")


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1])


def _cron(path: Path, room: Path, seconds: float, say: Say) -> None:
    until, n = perf_counter() + seconds, 0
    while perf_counter() < until:
        sleep(min(CRON, seconds / 4))
        n += 1
        store = Store(path)
        sweep(Desk(store, "cron", STILL))
        backup(store, room / f"backup {n}")
        store.close()
        (room / f"backup {n}").unlink()
        say(f"{n}")


def _bare(path: Path, seconds: float, say: Say) -> None:
    """Say how long a transaction of one row takes, as durable as those of the program."""
    db = connect(path, create=True)
    db.run("CREATE TABLE bare (n INTEGER PRIMARY KEY, text TEXT)")
    chance, until = Random("bare"), perf_counter() + seconds
    while perf_counter() < until:
        sleep(min(chance.expovariate(1 / BARE), seconds / 4))
        began = perf_counter()
        db.run("INSERT INTO bare (text) VALUES (?)", ("x" * 500,))
        say(f"{perf_counter() - began}")
    db.connection.close()


def _idle(path: Path, seconds: float) -> None:
    with Store(path).reading() as db:
        db.value("SELECT count(*) FROM event")  # a read transaction that stays open
        sleep(seconds)


def _largest(log: Path, seconds: float) -> int:
    until, most = perf_counter() + seconds, 0
    while perf_counter() < until:
        sleep(0.2)
        if log.exists():
            most = max(most, os.stat(log).st_size)
    return most
