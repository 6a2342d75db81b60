"""The disk refuses at the k-th write, sync or truncation, once or from then on; and a disk that is really full."""

import shutil
from pathlib import Path
from random import Random

from processes import apart
from processes import run as ended

from storage.store import Store
from trials import disk
from trials.disk import Op, watched
from trials.frame import STILL, Counts, a_house, problems, stored_texts, warm
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import StoreError, StoreFullError

TITLE = "the k-th write of the disk fails, or the disk is full (row 4)"
FULL, SMALL = 1000, 60
ACTS = 6
FIRST_WRITES = 500  # k is one of them
WRITES_A_SYNC = 12
KINDS = (disk.IOERR_WRITE, disk.IOERR_FSYNC, disk.IOERR_TRUNCATE, disk.FULL)
OF_KIND = {disk.IOERR_FSYNC: ("sync",), disk.IOERR_TRUNCATE: ("truncate", "write")}
SMALLEST_MB, LARGEST_MB = 1, 8


class Refusing:
    """Counts what is done to the disk, and refuses the k-th of its kind; ``for_ever``: and all after it."""

    def __init__(self, k: int, code: int, *, for_ever: bool) -> None:
        self.left, self.code, self.for_ever = k, code, for_ever
        self.refused = 0
        self.healed = False

    def __call__(self, op: Op) -> int:
        if self.healed or op.kind not in OF_KIND.get(self.code, ("write", "truncate")):
            return disk.OK
        self.left -= 1
        if self.left > 0 or (self.left < 0 and not self.for_ever):
            return disk.OK
        self.refused += 1
        return self.code


def run(n: int, room: Path) -> Counts:
    """Fail ``n`` times, and fill one small disk of each size besides."""
    warm(room)
    counts: Counts = apart(lambda: _many(n, room))
    for megabytes in range(SMALLEST_MB, LARGEST_MB + 1 if n > SMALL else SMALLEST_MB + 1):
        _really_full(counts, megabytes, room)
    return counts


def controls(room: Path) -> dict[str, Counts]:
    """Let a handler be told that it was written whatever the disk said."""
    warm(room)
    return {"errors are swallowed": apart(lambda: _many(SMALL, room, swallow=True))}


def _many(n: int, room: Path, *, swallow: bool = False) -> Counts:
    counts, chance = Counts(), Random(4)
    made = room / "made.db"
    keys = a_house(made, cases=2)
    reached = 0
    for at in range(n):
        path = room / "s.db"
        shutil.copyfile(made, path)
        code = KINDS[(at + at // FIRST_WRITES) % len(KINDS)]  # each k with another kind the next time
        k = at % FIRST_WRITES + 1 if n > SMALL else at + 1
        k = k // WRITES_A_SYNC + 1 if code == disk.IOERR_FSYNC else k
        refusing = Refusing(k, code, for_ever=chance.random() < 0.5)
        _one(counts, path, keys, refusing, chance, swallow=swallow)
        reached += bool(refusing.refused)
        for left in room.glob("s.db*"):
            left.unlink()
    counts.figures["refusals reached"] = reached
    return counts


def _one(
    counts: Counts, path: Path, keys: list[int], refusing: Refusing, chance: Random, *, swallow: bool
) -> None:
    counts.tries += 1
    told, keys = [], list(keys)
    with watched(refusing):
        store = _opened(path, refusing)
        desk = Desk(store, "mei", STILL)
        for n in range(10_000):
            if refusing.refused and n >= ACTS:
                break
            if n > FIRST_WRITES:
                break
            text = f"text {n}"
            try:
                if n % 5 == 4:
                    keys.append(doing.record(desk, {"text": text}).case_id)
                    told.append(text)
                    continue
                doing.do(desk, chance.choice(("note", "heard", "reply")), keys[-1], {"text": text})
                told.append(text)
            except StoreError as why:
                _said(counts, why, refusing)
                if swallow:
                    told.append(text)
        refusing.healed = True
        doing.do(desk, "note", keys[0], {"text": "goes on"})
        store.close()
    told.append("goes on")
    counts.acks += len(told)
    for what in problems(path):
        counts.fault(what)
    for text in set(told) - stored_texts(path):
        counts.lose(text)


def _opened(path: Path, refusing: Refusing) -> Store:
    try:
        return Store(path)
    except StoreError:
        refusing.healed = True
        return Store(path)


def _said(counts: Counts, why: StoreError, refusing: Refusing) -> None:
    if refusing.code == disk.FULL:
        counts.expect(isinstance(why, StoreFullError), f"a full disk is called {why!r}")
    counts.expect("disk" in str(why).lower(), f"no word of the disk: {why}")


# ---------------------------------------------------------------- a small file system


def _really_full(counts: Counts, megabytes: int, room: Path) -> None:
    small = room / "small"
    small.mkdir(exist_ok=True)
    if ended(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", small]).returncode:
        counts.figures["tmpfs"] = "not to be mounted here"
        return
    try:
        one: Counts = apart(lambda: _until_full(small, megabytes))
    finally:
        ended(["umount", small], check=True)
    counts.tries += 1
    counts.acks += one.acks
    counts.lost += one.lost
    counts.wrong += one.wrong
    counts.told += one.told
    counts.figures["small disks"] = megabytes - SMALLEST_MB + 1


def _until_full(small: Path, megabytes: int) -> Counts:
    counts, told = Counts(), []
    ballast = small / "ballast"
    keys = a_house(small / "s.db", cases=1)
    ballast.write_bytes(bytes(100_000 * megabytes))
    store = Store(small / "s.db")
    desk = Desk(store, "mei", STILL)
    text = "x" * (1000 * megabytes)
    try:
        for n in range(1_000_000):
            case = doing.record(desk, {"text": f"text {n} {text}"})
            told.append(f"text {n} {text}")
            counts.expect(case.case_id, "no case")
    except StoreFullError as why:
        counts.expect("disk" in str(why).lower(), why)
    counts.expect(desk.case(keys[0]).number, "cannot be read while the disk is full")
    ballast.unlink()
    doing.do(desk, "note", keys[0], {"text": "goes on"})
    store.close()
    counts.acks = len(told) + 1
    for what in problems(small / "s.db"):
        counts.fault(what)
    for line in {*told, "goes on"} - stored_texts(small / "s.db"):
        counts.lose(line[:20])
    return counts
