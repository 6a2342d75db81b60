"""Backups while others write; each is restored, checked, and compared with what had been told before it began."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from desks import NOON
from processes import Child, apart

from storage.backup import Restorer, backup, restore
from storage.engine import Error
from storage.store import Store
from trials.frame import STILL, Counts, a_house, percentile, problems, stored_texts, warm
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import WorkbenchError

TITLE = "backups under load, each restored and checked (row 13)"
FULL, SMALL = 1000, 8
A_STORE = 10  # backups, then another store is begun: what is checked does not grow for ever
WRITERS = 2
PAUSE = 0.05  # seconds between acts of a writer, on average

WHO = Restorer("mei", "mei", "b")
Way = Callable[[Path, Path], None]


def _by_backup(path: Path, target: Path) -> None:
    store = Store(path)
    try:
        backup(store, target)
    finally:
        store.close()


def _by_copy(path: Path, target: Path) -> None:
    shutil.copyfile(path, target)


def run(n: int, room: Path, way: Way = _by_backup) -> Counts:
    """Back up ``n`` times."""
    warm(room)
    total, took = Counts(), []
    while total.tries < n:
        path = room / f"{total.tries}.db"
        apart(lambda path=path: a_house(path, cases=5))
        writers = [
            Child(lambda say, n=n, path=path: _write(path, path.with_suffix(".told"), f"w{n}"))
            for n in range(WRITERS)
        ]
        left = min(A_STORE, n - total.tries)
        found, spans = apart(lambda path=path, left=left: _some(path, left, way))
        for writer in writers:
            writer.kill()
            writer.end()
        for name in ("tries", "acks", "lost", "wrong"):
            setattr(total, name, getattr(total, name) + getattr(found, name))
        total.told += found.told
        took += spans
    took.sort()
    total.figures |= {
        f"backup p{part * 100:.0f} ms": round(percentile(took, part) * 1000) for part in (0.5, 0.99)
    }
    return total


def _write(path: Path, told: Path, name: str) -> None:
    desk, chance, key = Desk(Store(path), name, STILL), Random(name), 0
    log = os.open(told, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    for n in range(1_000_000):
        text = f"{name} {n}"
        if n % 6 == 0:
            key = doing.record(desk, {"text": text}).case_id
        else:
            doing.do(desk, chance.choice(("note", "heard", "reply")), key, {"text": text})
        os.write(log, f"{text}\n".encode())
        sleep(chance.random() * 2 * PAUSE)


def _some(path: Path, n: int, way: Way) -> tuple[Counts, list[float]]:
    counts, took = Counts(), []
    log = path.with_suffix(".told")
    for at in range(n):
        before = set(log.read_text().splitlines()) if log.exists() else set()
        target, again = path.with_suffix(f".{at}.bak"), path.with_suffix(f".{at}.again")
        began = perf_counter()
        try:
            way(path, target)
            took.append(perf_counter() - began)
            restore(target, again, NOON, WHO)
            found, texts = problems(again), stored_texts(again)
        except (WorkbenchError, Error) as why:
            found, texts = [str(why)], before
        counts.tries += 1
        counts.acks += len(before)
        counts.expect(not found, found[:1])
        if before - texts:
            counts.lose(f"{len(before - texts)} acts are not in the backup")
        for left in (*path.parent.glob(f"*.{at}.bak*"), *path.parent.glob(f"*.{at}.again*")):
            left.unlink()
        sleep(0.02)
    return counts, took


def controls(room: Path) -> dict[str, Counts]:
    """Copy the file, as a script would."""
    return {"the file is copied": run(SMALL, room, _by_copy)}
