"""Fifty handlers at one store: all want the same cases at once; and at the pace of people, how long a write takes."""

import shutil
from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from processes import Child, apart

from storage.store import Store
from trials.frame import BUSY, STILL, Counts, Listening, a_house, patiently, percentile, problems, warm
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import RefusedError

TITLE = "50 handlers claim cases; 50 at the pace of people (row 5)"
FULL, SMALL = 100_000, 60  # cases to claim
A_HOUSE = 5000
PEOPLE, FEW = 50, 6
READS, WRITES = 2.0, 0.4  # a second and handler
SECONDS, SHORT = 60, 2
THINKS = 0.005  # seconds between looking and writing, of the control: long enough that another comes between
FREE = "SELECT case_id FROM cases WHERE handler IS NULL ORDER BY case_id LIMIT 60"


def run(n: int, room: Path) -> Counts:
    """Claim ``n`` cases, and work at the pace of people."""
    warm(room)
    counts = Counts()
    people = PEOPLE if n > SMALL else FEW
    made: dict[int, Path] = {}
    left, seconds = n, 0.0
    while left:
        many = min(A_HOUSE, left)
        left -= many
        path = room / f"{left}.db"
        if many not in made:
            made[many] = _made(room / f"made {many}.db", many)
        shutil.copyfile(made[many], path)
        began = perf_counter()
        _rush(counts, path, many, people)
        seconds += perf_counter() - began
    counts.figures["claims/s"] = round(counts.acks / seconds)
    _pace(counts, room / "pace.db", people, SECONDS if n > SMALL else SHORT)
    return counts


def _made(path: Path, many: int) -> Path:
    """Make a house once; each rush has a copy of it."""
    apart(lambda: a_house(path, cases=many))
    return path


def _rush(counts: Counts, path: Path, many: int, people: int, *, late: bool = False) -> None:
    handlers = Listening(
        [Child(lambda say, n=n: _claim(path, f"h{n}", say, late=late)) for n in range(people)]
    )
    said = Counter(handlers.lines())
    counts.figures["busy for 10 s"] = int(str(counts.figures.get("busy for 10 s", 0))) + said.pop(BUSY, 0)
    counts.tries += many
    counts.acks += said.total()
    for line, times in said.items():
        counts.expect(times == 1, f"case {line} was claimed {times} times")
    counts.expect(len(said) == many, f"{many - len(said)} cases were left")
    counts.expect(handlers.ended_well(), "a handler ended badly")
    if not late:
        for line in apart(lambda: problems(path)):
            counts.fault(line)
    path.unlink()


def _claim(path: Path, name: str, say, *, late: bool) -> None:  # type: ignore[no-untyped-def]
    store, chance = Store(path), Random(name)
    desk = Desk(store, name, STILL)
    while True:
        with store.reading() as db:
            free = [key for (key,) in db.all(FREE)]
        if not free:
            return
        key = chance.choice(free)
        if late:  # looks, and then writes, in two transactions
            sleep(THINKS)
            store.write(
                lambda db, key=key: db.run("UPDATE cases SET handler = ? WHERE case_id = ?", (name, key))
            )
            say(str(key))
            continue
        try:
            patiently(say, lambda key=key: doing.do(desk, "take", key, {}))
            say(str(key))
        except RefusedError:
            pass


def _pace(counts: Counts, path: Path, people: int, seconds: float) -> None:
    keys = apart(lambda: a_house(path, cases=people * 4))
    handlers = Listening(
        [Child(lambda say, n=n: _work(path, f"h{n}", keys, seconds, say)) for n in range(people)]
    )
    took = sorted(map(float, handlers.lines()))
    counts.acks += len(took)
    counts.expect(handlers.ended_well(), "a handler ended badly")
    counts.figures["writes"] = len(took)
    for part in (0.5, 0.99):
        counts.figures[f"write p{part * 100:.0f} ms"] = round(percentile(took, part) * 1000, 1)
    for line in apart(lambda: problems(path)):
        counts.fault(line)


def _work(path: Path, name: str, keys: list[int], seconds: float, say) -> None:  # type: ignore[no-untyped-def]
    desk, chance = Desk(Store(path), name, STILL), Random(name)
    desk.rules()
    until = perf_counter() + seconds
    while perf_counter() < until:
        sleep(chance.expovariate(READS + WRITES))
        key = chance.choice(keys)
        if chance.random() < READS / (READS + WRITES):
            desk.case(key)
            continue
        began = perf_counter()
        act = chance.choice(("note", "heard", "reply"))
        patiently(lambda _busy: None, lambda a=act, k=key: doing.do(desk, a, k, {"text": f"{name} was here"}))
        say(str(perf_counter() - began))


def controls(room: Path) -> dict[str, Counts]:
    """Look in one transaction and write in another."""
    warm(room)
    counts = Counts()
    _rush(counts, _made(room / "late.db", 2 * SMALL), 2 * SMALL, FEW, late=True)
    return {"looks first, writes later": counts}
