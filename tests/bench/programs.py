"""The program in a terminal, as a clerk has it: for reading and writing, beside others who write."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from storage.create import create
from storage.store import Store
from tests.bench.commands import environment
from tests.bench.places import Places
from tests.bench.terminal import Terminal
from tests.processes import PIPE, start
from workbench.actions import doing
from workbench.clock import frozen
from workbench.desk import Desk
from workbench.policy import loading
from workbench.watch.sweep import sweep

COUNTDOWNS = 80
FIRST_LIMIT = timedelta(hours=3)  # of the policy "default": a response
NUMBER = rb"A\d{6}-\d{5}"


@contextmanager
def program(
    store: Path,
    places: Places,
    *words: str,
    columns: int = 120,
    lines: int = 40,
    who: str = "h01",
    at: str = "",
) -> Iterator[Terminal]:
    """Run the program on ``store``; its clock runs, except ``at`` a given time and where all is done only once."""
    command = [sys.executable, "-m", "workbench", "--db", str(store), "--as", who, "--lang", "zh", *words]
    clock = {} if places.frozen else {"WORKBENCH_NOW": ""}
    command += ["--now", at] if at else []
    terminal = Terminal(
        command, columns, lines, environment() | {"XDG_STATE_HOME": str(store.parent)} | clock
    )
    try:
        yield terminal
    finally:
        terminal.close()


def running(store: Path, places: Places) -> None:
    """Bring a copy up to the time of this run, and let cases fall due from now on, one every two seconds."""
    opened = Store(store)
    sweep(Desk(opened, "h01", frozen(places.now())))
    _falling_due(opened, places, places.few(100, 100, 5), 2)
    opened.close()


def counting_down(store: Path, places: Places) -> None:
    """Make a store that holds nothing but cases that fall due within the hour: more than a screen shows."""
    text = loading.load("default")[1]
    create(store, code="A", policy="default", text=text, at=places.now(), by="bench")
    opened = Store(store)
    _falling_due(opened, places, COUNTDOWNS, 40)
    opened.close()


def _falling_due(store: Store, places: Places, many: int, seconds: int) -> None:
    for index in range(many):
        received = places.now() - FIRST_LIMIT + timedelta(seconds=seconds * (index + 1))
        text = f"{index} 号楼电梯停运，物业三天没有派人维修。"
        given = {"text": text, "customer": "王伟", "site": "云栖花园1期"}
        doing.record(Desk(store, "h01", frozen(received)), given)


class Writers:
    """Two people who write, each in a process: an act every ``pace`` seconds."""

    def __init__(self, store: Path, places: Places, acts: int, pace: float) -> None:
        now = places.now().isoformat() if places.frozen else ""
        given = [str(store), str(acts), str(pace), now]
        command = [sys.executable, "-m", "tests.bench.writers"]
        self._running = [
            start([*command, who, *given], stdout=PIPE, env=environment()) for who in ("w1", "w2")
        ]

    def at_work(self) -> bool:
        """Say whether one of them still writes."""
        return any(process.poll() is None for process in self._running)

    def took(self) -> list[float]:
        """Wait for their end; return the milliseconds of each of their acts."""
        found: list[float] = []
        for process in self._running:
            said, _ = process.communicate()
            if process.returncode:
                raise RuntimeError("a writer ended badly; what it said is above")
            found += json.loads(said)
        return found
