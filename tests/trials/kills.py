"""Handlers killed by ``kill -9`` in the middle of their acts; what they had been told is kept outside.

A handler lives for a number of acts drawn by lot, not for a time: so a kill is as dear on a crowded machine as on
a quiet one. Many kills share a store, which is checked once; every act that was told is looked for.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random
from signal import SIGKILL
from time import sleep

from processes import Child, apart

from storage.engine import connect
from storage.store import Store
from trials.frame import BUSY, STILL, Counts, a_house, patiently, problems, stored_texts, warm
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import RefusedError

TITLE = "handlers are killed at random moments (row 1)"
FULL, SMALL = 2000, 16
AT_ONCE = 4
A_STORE = 100  # kills, then it is checked and another begun
POOL, SMALL_POOL = 1000, 40  # cases that all of them try to take
LIFE, SHORT = 500, 6  # acts told before the kill, at most
PAUSE = 0.003  # seconds after an act, at most: without it, who has the store would keep it from the others
LATEST = 0.005  # seconds from the last of them to the kill, at most: it strikes anywhere in an act

Say = Callable[[str], None]


def handler(path: Path, name: str, pool: list[int], say: Say, *, early: bool = False) -> None:
    """Act until killed; each act is said once it is on disk (``early``: before, which is a lie)."""
    desk, chance = Desk(Store(path), name, STILL), Random(name)
    desk.rules()
    say("ready")
    for n in range(1_000_000):
        sleep(chance.random() * PAUSE)
        text = f"{name}.{n}"
        if early:
            say(f"text {text}.0")
        case = patiently(say, lambda text=text: doing.record(desk, {"text": f"{text}.0"}))
        say(f"text {text}.0")
        for at in range(1, chance.randint(2, 7)):
            act, given = _an_act(chance, f"{text}.{at}")
            if early:
                say(f"text {text}.{at}")
            patiently(say, lambda a=act, g=given, key=case.case_id: doing.do(desk, a, key, g))
            say(f"text {text}.{at}")
            sleep(chance.random() * PAUSE)
        key = chance.choice(pool)
        try:
            patiently(say, lambda key=key: doing.do(desk, "take", key, {}))
            say(f"take {key}")
        except RefusedError:
            pass


def _an_act(chance: Random, text: str) -> tuple[str, dict[str, str]]:
    return chance.choice(
        [("note", {"text": text}), ("heard", {"text": text}), ("reply", {"text": text}),
         ("propose", {"text": text}), ("promise", {"text": text, "due": "+1d"})]
    )  # fmt: skip


def run(n: int, room: Path, *, early: bool = False) -> Counts:
    """Kill ``n`` handlers."""
    counts, chance, made = Counts(), Random(1), room / "made.db"
    warm(room)
    pool: list[int] = apart(lambda: a_house(made, cases=POOL if n > SMALL else SMALL_POOL))
    while counts.tries < n:
        path = room / f"{counts.tries}.db"
        shutil.copyfile(made, path)
        acked = _one_store(counts, min(A_STORE, n - counts.tries), path, pool, chance, early=early)
        _compare(counts, acked, apart(lambda path=path: (problems(path), stored_texts(path), _holders(path))))
        for left in room.glob(f"{path.name}*"):
            left.unlink()
    return counts


def _one_store(
    counts: Counts, kills: int, path: Path, pool: list[int], chance: Random, *, early: bool
) -> list[str]:
    """Kill so many handlers of one store, four at work; return all that they had been told."""
    life, acked = (LIFE if len(pool) == POOL else SHORT), []

    def born(n: int) -> _Mortal:
        name = f"{path.stem}-{n}"
        work = Child(lambda say: handler(path, name, pool, say, early=early))
        return _Mortal(work, chance.randint(1, life))

    alive = [born(n) for n in range(min(AT_ONCE, kills))]
    following = iter(range(len(alive), kills))
    while alive:
        next_ = min(alive, key=lambda each: each.left)
        alive.remove(next_)
        for each in alive:
            each.left -= next_.left  # they act meanwhile
        acked += next_.last_words(chance.random() * LATEST)
        counts.expect(next_.child.code == -SIGKILL, f"a handler ended by itself: {next_.child.code}")
        alive += [born(n) for n in islice(following, 1)]
    counts.tries += kills
    counts.acks += len(acked) - acked.count(BUSY)
    counts.figures["busy for 10 s"] = int(str(counts.figures.get("busy for 10 s", 0))) + acked.count(BUSY)
    return acked


class _Mortal:
    """A handler, and how many acts it still lives for."""

    def __init__(self, child: Child, life: int) -> None:
        self.child, self.life, self.left = child, life, life
        child.said.readline()  # it is ready

    def last_words(self, later: float) -> list[str]:
        """Kill it so much later than it has told of the last of its acts; return all that it told."""
        told = [self.child.said.readline().rstrip("\n") for _ in range(self.life)]
        sleep(later)
        self.child.kill()
        return told + self.child.end()


def _holders(path: Path) -> dict[int, str]:
    db = connect(path)
    try:
        return dict(db.all("SELECT case_id, handler FROM cases WHERE handler IS NOT NULL"))
    finally:
        db.connection.close()


def _compare(counts: Counts, acked: list[str], found: tuple[list[str], set[str], dict[int, str]]) -> None:
    wrong, texts, holders = found
    for line in wrong:
        counts.fault(line)
    said = Counter(line for line in acked if line.startswith("take "))
    for line, times in said.items():
        counts.expect(times == 1, f"{times} handlers were told that they had it: {line}")
        if int(line.removeprefix("take ")) not in holders:
            counts.lose(line)
    for line in acked:
        if line.startswith("text ") and line.removeprefix("text ") not in texts:
            counts.lose(line)


def controls(room: Path) -> dict[str, Counts]:
    """Let handlers be told before it is on disk."""
    return {"told before it is on disk": run(SMALL, room, early=True)}
