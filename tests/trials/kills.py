"""Handlers killed by ``kill -9`` in the middle of their acts; what they had been told is kept outside."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import sleep

from processes import Child, apart

from storage.engine import connect
from storage.store import Store
from trials.frame import STILL, Counts, a_house, problems, stored_texts, warm
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import RefusedError

TITLE = "handlers are killed at random moments (row 1)"
FULL, SMALL = 2000, 24
AT_ONCE = 4
A_STORE = 100  # kills, then it is checked and another begun
POOL = 40  # cases that all of them try to take
LONGEST = 0.4  # seconds at work before the kill

Say = Callable[[str], None]


def handler(path: Path, name: str, pool: list[int], say: Say, *, early: bool = False) -> None:
    """Act until killed; each act is said once it is on disk (``early``: before, which is a lie)."""
    desk, chance = Desk(Store(path), name, STILL), Random(name)
    desk.rules()
    say("ready")
    for n in range(1_000_000):
        text = f"{name}.{n}"
        if early:
            say(f"text {text}.0")
        case = doing.record(desk, {"text": f"{text}.0"})
        say(f"text {text}.0")
        for at in range(1, chance.randint(2, 7)):
            act, given = _an_act(chance, f"{text}.{at}")
            if early:
                say(f"text {text}.{at}")
            doing.do(desk, act, case.case_id, given)
            say(f"text {text}.{at}")
        key = chance.choice(pool)
        try:
            doing.do(desk, "take", key, {})
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
    counts, chance = Counts(), Random(1)
    warm(room)
    while counts.tries < n:
        _one_store(counts, min(A_STORE, n - counts.tries), room / f"{counts.tries}.db", chance, early=early)
    return counts


def _one_store(counts: Counts, kills: int, path: Path, chance: Random, *, early: bool) -> None:
    pool = apart(lambda: a_house(path, cases=POOL))
    acked: list[str] = []
    done = 0
    while done < kills:
        names = [f"{path.stem}-{done + at}" for at in range(min(AT_ONCE, kills - done))]
        children = [
            Child(lambda say, name=name: handler(path, name, pool, say, early=early)) for name in names
        ]
        for child in children:
            child.said.readline()
        for child in children:
            sleep(chance.random() * LONGEST / 2)
            child.kill()
        acked += [line for child in children for line in child.end()]
        done += len(children)
    counts.tries += done
    counts.acks += len(acked)
    _compare(counts, acked, apart(lambda: (problems(path), stored_texts(path), _holders(path))))


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
