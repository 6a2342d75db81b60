"""Power cuts: what the program wrote and synced is logged, and the disk is rebuilt as it may look after a cut.

An image holds everything that was synced and a random, torn part of the rest. A file that was made or deleted
since the last sync of its folder may be there or not.

Each image is opened by the program, which recovers it, and compared with what had been told before its cut. Many images
recover to the same store, byte for byte; such a store is checked, with its replay, once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from unittest.mock import patch

from processes import apart

from storage import engine
from storage.engine import Db
from storage.store import Store
from trials.disk import Op, watched
from trials.frame import STILL, Counts, a_house, content, problems, stored_texts, warm
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import WorkbenchError

TITLE = "images of the disk after a power cut, each opened and checked (row 3)"
FULL, SMALL = 10_000, 120  # a mode
SECTOR = 512
ACTS = 30
A_LOG = 200  # cuts, then others act on another store
CHECKPOINT_PAGES = 40  # so that checkpoints are cut too
IN_CONTROLS = 120  # images
Image = dict[str, bytearray]
Found = tuple[list[str], set[str]]  # what check says of a store, and the texts in it


class DiskAsSynced:
    """Files as they are on the disk, and what of them is only on its way."""

    def __init__(self) -> None:
        self.files: Image = {}
        self.pending: dict[str, list[Op]] = {}
        self.new: set[str] = set()
        self.gone: set[str] = set()

    def take(self, op: Op) -> None:
        """Let the program do one thing."""
        name = op.name
        if op.kind == "create":
            if name in self.gone:
                self._drop(name)
                self.gone.discard(name)
            self.files.setdefault(name, bytearray())
            self.new.add(name)
        elif op.kind == "delete":
            self.gone.add(name)
            if op.at:  # the folder is synced, too
                self._folder()
        elif op.kind == "sync":
            for each in self.pending.pop(name, []):
                _apply(self.files.setdefault(name, bytearray()), each)
            self._folder()  # a journalling file system writes names in order
        else:
            self.pending.setdefault(name, []).append(op)

    def image(self, chance: Random) -> Image:
        """Return what may be found after a cut at this moment."""
        found = {}
        for name, data in self.files.items():
            if name in self.gone | self.new and chance.random() < 0.5:
                continue
            found[name] = data = bytearray(data)
            for op in self.pending.get(name, []):
                if chance.random() < 0.6:
                    _apply(data, op, chance if chance.random() < 0.5 else None)
        return found

    def _folder(self) -> None:
        for name in self.gone:
            self._drop(name)
        self.gone.clear()
        self.new.clear()

    def _drop(self, name: str) -> None:
        self.files.pop(name, None)
        self.pending.pop(name, None)


def _apply(data: bytearray, op: Op, tear: Random | None = None) -> None:
    if op.kind == "truncate":
        del data[op.at :]
        data.extend(bytes(op.at - len(data)))
        return
    for start in range(0, len(op.data), SECTOR):
        if tear is None or tear.random() > 0.3:
            at, piece = op.at + start, op.data[start : start + SECTOR]
            data.extend(bytes(max(at - len(data), 0)))
            data[at : at + len(piece)] = piece


# ---------------------------------------------------------------- the program at work


def at_work(path: Path, seed: int) -> tuple[list[Op], int, list[tuple[int, str]]]:
    """Act on a new store; return its writes, how many made it, and at which of them each act was told."""
    log: list[Op] = []
    told: list[tuple[int, str]] = []
    chance = Random(seed)
    with watched(lambda op: log.append(op) or 0):
        keys = a_house(path, cases=2)
        made = len(log)
        store = Store(path)
        desk = Desk(store, "mei", STILL)
        for n in range(ACTS):
            text = f"text {n} " + "x" * chance.randrange(10, 200)
            if chance.random() < 0.3:
                keys.append(doing.record(desk, {"text": text}).case_id)
            else:
                act = chance.choice(("note", "heard", "reply"))
                doing.do(desk, act, chance.choice(keys), {"text": text})
            told.append((len(log), text))
        store.close()
    return log, made, told


def _images(n: int, room: Path, setting: Callable[[], object]) -> Counts:
    counts, seed = Counts(), 0
    while counts.tries < n:
        seed += 1
        _one_log(counts, min(A_LOG, n - counts.tries), room, seed, setting)
    return counts


def _one_log(counts: Counts, n: int, room: Path, seed: int, setting: Callable[[], object]) -> None:
    with setting():  # type: ignore[attr-defined]
        log, made, told = at_work(room / "work.db", seed)
    (room / "work.db").unlink()
    chance, disk = Random(seed), DiskAsSynced()
    cuts = sorted(chance.randrange(made, len(log)) for _ in range(n))
    counts.acks += len(told)
    known: dict[str, Found] = {}
    for at, op in enumerate(log):
        while cuts and cuts[0] == at:
            cuts.pop(0)
            _look(counts, known, disk.image(chance), room, {text for when, text in told if when <= at})
        disk.take(op)
    counts.figures["stores"] = int(str(counts.figures.get("stores", 0))) + len(known)


def _look(counts: Counts, known: dict[str, Found], image: Image, room: Path, told: set[str]) -> None:
    counts.tries += 1
    for name, data in image.items():
        (room / f"cut.db{Path(name).name.removeprefix('work.db')}").write_bytes(data)
    path = room / "cut.db"
    try:
        Store(path).close()
        recovered = content(path)
        if recovered not in known:
            known[recovered] = problems(path), stored_texts(path)
        found, texts = known[recovered]
    except (WorkbenchError, engine.Error) as why:
        counts.fault(f"not to be opened: {why}")
    else:
        if found:
            counts.fault(found[0])
        elif told - texts:
            counts.lose(f"{len(told - texts)} acts")
    for left in room.glob("cut.db*"):
        left.unlink()


# ---------------------------------------------------------------- modes


@contextmanager
def _mode(*pragmas: str, wal: bool = True) -> Iterator[None]:
    """Open connections as the program does, and then with ``pragmas``; without ``wal`` as where it is not safe."""
    set_up = engine._set_up

    def then(db: Db, *, read_only: bool, create: bool) -> None:
        set_up(db, read_only=read_only, create=create)
        for pragma in (f"wal_autocheckpoint = {CHECKPOINT_PAGES}", *pragmas):
            db.value(f"PRAGMA {pragma}")

    with patch.object(engine, "_set_up", then), patch.object(engine, "WAL_IS_SAFE", wal):
        yield


SHIPPED = {"WAL, FULL": lambda: _mode(), "TRUNCATE, EXTRA": lambda: _mode(wal=False)}
BROKEN = {
    "WAL, NORMAL": (lambda: _mode("synchronous = NORMAL"), 1),
    "DELETE, FULL": (lambda: _mode("journal_mode = DELETE", "synchronous = FULL", wal=False), 5),
}


def run(n: int, room: Path) -> Counts:
    """Cut ``n`` times in each mode that ships, in a process for each."""
    warm(room)
    total = Counts()
    for name, setting in SHIPPED.items():
        found: Counts = apart(lambda setting=setting: _images(n, room, setting))
        total.figures[name] = (
            f"{found.tries} images, {found.acks} acts, {found.figures['stores']} stores after recovery"
        )
        for field in ("tries", "acks", "lost", "wrong"):
            setattr(total, field, getattr(total, field) + getattr(found, field))
        total.told += found.told
    return total


def controls(room: Path) -> dict[str, Counts]:
    """Cut in the modes that advice on the web recommends, and that Python has without being asked."""
    return {
        name: apart(lambda setting=setting, times=times: _images(IN_CONTROLS * times, room, setting))
        for name, (setting, times) in BROKEN.items()
    }
