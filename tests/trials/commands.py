"""Commands at random, to the program and to a model of a case in a hundred lines; they must agree at each step.

The model is written from the contract of the command line (verbs, clocks of ``default``), not from the program:
deadlines are sums of hours, a pause moves them, and an undo is the same history with an act left out.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from desks import NOON, Bench, Clock
from processes import apart

from trials.frame import Counts, problems, warm
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError

TITLE = "commands at random against a model (row 11)"
FULL, SMALL = 10_000, 30  # runs
STEPS = 50
A_STORE = 50  # runs
READ_ANEW = 5  # steps: between them, what an act says that the case has become is compared
AGED = "SELECT count(*) FROM event WHERE case_id = ? AND act = 'age'"
HOURS = {"response": 3, "proposal": 24, "callback": 48, "answer": 24, "opinion": 48}
STOPS = {
    "acknowledge": ("response", "answer"), "reply": ("response", "answer"), "propose": ("response", "proposal", "answer"),
    "promise": ("answer",), "close": ("response", "proposal", "answer"), "callback": ("callback", "opinion", "answer"),
}  # fmt: skip
FROM_RECEIPT = ("response", "proposal", "callback")
PEOPLE = ("mei", "li", "wu")
DAY = timedelta(hours=24)
TRIES = ("note", "acknowledge", "reply", "propose", "promise", "heard", "take", "assign", "pause", "resume", "close",
         "callback", "not-reached", "reopen", "undo", "undo")  # fmt: skip
GIVEN = {
    "note": {"text": "x"}, "reply": {"text": "x"}, "propose": {"text": "x"}, "heard": {"text": "x"},
    "promise": {"text": "x", "due": "+90d"}, "close": {"outcome": "x"}, "reopen": {"reason": "x"},
    "not-reached": {"reached": "no"}, "callback": {"reached": "yes", "csi": "4"},
}  # fmt: skip
OPEN_ONLY = ("acknowledge", "propose", "pause", "close")


class Done(NamedTuple):
    """One entry of the model's history."""

    act: str
    by: str
    at: datetime
    to: str = ""


@dataclass
class State:
    """What the history comes to: the model of a case."""

    handler: str | None = None
    acknowledged: bool = False
    closed: bool = False
    owes: bool = False  # the customer owes us an opinion
    pause: tuple[datetime, datetime, str] | None = None
    due: dict[str, datetime] = field(default_factory=dict)
    verdicts: Counter[str] = field(default_factory=Counter)

    @property
    def status(self) -> str:
        if self.closed:
            return "closed" if self.owes else "done"
        return "waiting" if self.pause and self.pause[2] == "customer" else "open"

    def take(self, done: Done) -> None:
        """Let an entry happen."""
        at, act = done.at, done.act
        if act == "ended" or act == "resume":
            self._go_on(at)
        elif act == "pause":
            self.pause = (at, at + timedelta(hours=2), done.to)
        elif act in ("take", "assign"):
            self.handler = done.to
        elif act == "heard":
            if self.closed:  # the matter again
                self._reopen(at)
            self._start("answer", at)
        elif act == "reopen":
            self._reopen(at)
        else:
            self._stop(act, at)
            self.acknowledged |= act == "acknowledge"
        if act == "close":
            self._go_on(at)
            self.closed = self.owes = True
            self._start("opinion", at)
        if act == "callback" and self.closed:
            self.owes = False

    def _start(self, clock: str, at: datetime) -> None:
        self.due.setdefault(clock, self._counted(at, clock))

    def _counted(self, at: datetime, clock: str) -> datetime:
        """Return when it is due, less what the pause that holds has lasted: that is added when it ends."""
        return at + timedelta(hours=HOURS[clock]) - (at - self.pause[0] if self.pause else timedelta())

    def _stop(self, act: str, at: datetime) -> None:
        for clock in STOPS.get(act, ()):
            if due := self.due.pop(clock, None):
                self.verdicts["met" if at <= self._moved(due, at) else "missed"] += 1

    def _moved(self, due: datetime, at: datetime) -> datetime:
        """Return ``due`` as the pause has moved it by ``at``; what was used up when it began stays so."""
        return due if self.pause is None or due <= self.pause[0] else due + (at - self.pause[0])

    def _go_on(self, at: datetime) -> None:
        self.due = {clock: self._moved(due, at) for clock, due in self.due.items()}
        self.pause = None

    def _reopen(self, at: datetime) -> None:
        self.verdicts["missed"] += sum(due < at for due in self.due.values())
        self.due.clear()
        self.closed = self.owes = self.acknowledged = False
        for clock in FROM_RECEIPT:
            self._start(clock, at)


class Model:
    """A case by the contract alone."""

    def __init__(self, at: datetime) -> None:
        self.recorded = at
        self.history: list[Done] = []
        self.undone: set[int] = set()
        self.version = 1
        self.last = ("mei", at)

    def state(self) -> State:
        """Return what the history comes to."""
        state = State()
        for clock in FROM_RECEIPT:
            state._start(clock, self.recorded)
        for at, done in enumerate(self.history):
            if at not in self.undone:
                state.take(done)
        return state

    def until(self, now: datetime) -> None:
        """Let time bring the end of a pause."""
        pause = self.state().pause
        if pause and pause[1] <= now:
            self._append(Done("ended", "system", pause[1]))

    def do(self, act: str, by: str, now: datetime, to: str) -> bool:
        """Do an act, or refuse it; say which."""
        if act == "undo":
            return self._undo(by, now)
        before = len(self.history), self.version
        self.until(now)
        if self._refuses(act):
            del self.history[before[0] :]
            self.version = before[1]
            return False
        self._append(Done(act, by, now, to))
        self.last = (by, now)
        return True

    def _append(self, done: Done) -> None:
        self.history.append(done)
        self.version += 1

    def _refuses(self, act: str) -> bool:
        state = self.state()
        return (
            (act in OPEN_ONLY and state.closed)
            or (act == "acknowledge" and state.acknowledged)
            or (act == "take" and (state.handler is not None or state.status == "done"))
            or (act in ("assign", "promise") and state.status == "done")
            or (act == "pause" and state.pause is not None)
            or (act == "resume" and state.pause is None)
            or (act == "reopen" and not state.closed)
        )

    def _undo(self, by: str, now: datetime) -> bool:
        left = [at for at, done in enumerate(self.history) if at not in self.undone and done.by != "system"]
        if not left:
            return False
        done = self.history[left[-1]]
        if done.by != by or now - done.at > DAY or self.last[0] != by or now - self.last[1] > DAY:
            return False
        self.undone.add(left[-1])
        self.version += 1
        self.last = (by, now)
        return True


# ---------------------------------------------------------------- beside the program


def run(n: int, room: Path, *, forgetful: bool = False) -> Counts:
    """Play ``n`` runs of commands; a ``forgetful`` model lets no pause move a deadline."""
    warm(room)
    counts = Counts()
    for start in range(0, n, A_STORE):
        seeds = range(start, min(start + A_STORE, n))
        found: Counts = apart(lambda seeds=seeds: _some(room / f"{seeds[0]}.db", seeds, forgetful=forgetful))
        for name in ("tries", "acks", "lost", "wrong"):
            setattr(counts, name, getattr(counts, name) + getattr(found, name))
        counts.told = (counts.told + found.told)[:5]
    counts.figures["steps"] = n * STEPS
    return counts


def controls(room: Path) -> dict[str, Counts]:
    """Compare with a model that is wrong about pauses."""
    return {"a pause moves no deadline": run(SMALL, room, forgetful=True)}


def _some(path: Path, seeds: range, *, forgetful: bool) -> Counts:
    counts, clock = Counts(), Clock(NOON)
    bench = Bench(path, clock)
    if forgetful:
        State._go_on = lambda self, at: setattr(self, "pause", None)  # type: ignore[method-assign,assignment]
    for seed in seeds:
        _one(counts, bench, Random(seed), seed)
    bench.store.close()
    for line in problems(path):
        counts.fault(line)
    path.unlink()
    return counts


def _one(counts: Counts, bench: Bench, chance: Random, seed: int) -> None:
    case = bench.record(text=f"漏水 {seed}", site=f"{seed}", phone="")
    model = Model(bench.clock.at)
    counts.tries += 1
    for step in range(STEPS):
        bench.clock.pass_(minutes=chance.choice((0, 1, 20, 60, 200, 1500)))
        act, by = chance.choice(TRIES), chance.choice(PEOPLE[: chance.choice((1, 1, 3))])
        to = {"take": by, "assign": chance.choice(PEOPLE), "pause": chance.choice(("customer", "parts"))}.get(
            act, ""
        )
        expected = model.do(act, by, bench.clock.at, to)
        become = _done(bench, case, act, by, to)
        found = become is not None
        model_says = _said(model)
        anew = become is None or step % READ_ANEW == READ_ANEW - 1
        program_says = _shown(bench, bench.now(case) if anew else become)  # type: ignore[arg-type]
        same = expected == found and model_says == program_says
        if not same and not _pause_ended_by_itself(model, bench, model_says, program_says, expected == found):
            counts.fault(
                f"run {seed} step {step} {act} by {by}: {expected}/{found}; {model_says} / {program_says}"
            )
            return
        counts.acks += found


def _pause_ended_by_itself(model: Model, bench: Bench, ours: object, theirs: object, agreed: bool) -> bool:
    """Say whether they differ only in what time brought after a refusal: reading shows it before it is written."""
    if not agreed:
        return False
    copy = Model(model.recorded)
    copy.history, copy.undone, copy.version = list(model.history), set(model.undone), model.version
    copy.until(bench.clock.at)
    shown = _said(copy)
    return shown[1:] == theirs[1:] and theirs[0] in (ours[0], shown[0])  # type: ignore[index]


def _done(bench: Bench, case: Case, act: str, by: str, to: str) -> Case | None:
    """Return what the case has become; None: it was refused."""
    given = dict(GIVEN.get(act, {}))
    if act == "assign":
        given = {"to": to, "reason": "x"}
    if act == "pause":
        given = {"reason": "x", "for": to, "until": "+2h"}
    name = {"not-reached": "callback"}.get(act, act)
    try:
        return bench.act(case, name, by, **given)
    except RefusedError:
        return None


def _said(model: Model) -> tuple[object, ...]:
    state = model.state()
    return model.version, state.status, state.handler, dict(+state.verdicts), sorted(state.due)


def _shown(bench: Bench, case: Case) -> tuple[object, ...]:
    """Return the same of the program; the model knows no level by age, whose entries are left out."""
    with bench.store.reading() as db:
        entries = case.version - db.value(AGED, (case.case_id,))
    verdicts = Counter(clock.verdict for clock in case.clocks if clock.stopped_at)
    running = sorted(clock.id for clock in case.clocks if not clock.stopped_at)
    return entries, case.status, case.handler, dict(verdicts), running
