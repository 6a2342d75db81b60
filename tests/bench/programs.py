"""The program in a terminal, as a clerk has it: for reading and writing, beside others who write."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from storage.store import Store
from tests.bench.commands import environment
from tests.bench.places import Places
from tests.bench.terminal import Terminal
from tests.processes import PIPE, start
from workbench.actions import doing
from workbench.clock import frozen
from workbench.desk import Desk
from workbench.watch.sweep import sweep

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
    desk = Desk(opened, "h01", frozen(places.now()))
    sweep(desk)
    for index in range(places.few(100, 100, 5)):
        received = places.now() - FIRST_LIMIT + timedelta(seconds=2 * index)
        given = {
            "text": f"{index} 号楼电梯停运，物业三天没有派人维修。",
            "customer": "王伟",
            "site": "云栖花园1期",
        }
        doing.record(Desk(opened, "h01", frozen(received)), given)
    opened.close()


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
