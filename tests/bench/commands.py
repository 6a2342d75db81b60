"""Whole processes, timed in turn so that a drifting machine hits every side alike."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

from tests.processes import DEVNULL, PIPE, WORKBENCH, start

Command = Sequence[str | Path]
WARM_UP = 1
# A process counts what its parent held when it was begun: a small one stands between, and measures.
LAUNCHER = """
import json, os, sys, time

out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
began = time.perf_counter()
to_file = [(os.POSIX_SPAWN_DUP2, out, 1)]
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=to_file)
_, status, used = os.wait4(pid, 0)
took = time.perf_counter() - began
print(json.dumps([took * 1000, used.ru_maxrss / 1024, (used.ru_utime + used.ru_stime) * 1000]))
sys.exit(min(abs(os.waitstatus_to_exitcode(status)), 255))
"""


class Run(NamedTuple):
    """One run of a command: milliseconds, MB at its highest, and milliseconds of the processor."""

    ms: float
    memory: float
    cpu: float


def environment() -> dict[str, str]:
    """Return the environment of an installed program: one whose modules are compiled already.

    The bytecode goes to a folder of its own, so that no measurement depends on what lies in the tree.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHONDONTWRITE", "WORKBENCH_"))
    }
    return kept | {"PYTHONPYCACHEPREFIX": str(Path(gettempdir()) / "workbench-bench-bytecode")}


class CommandError(Exception):
    """A command has failed: its figures would mean nothing."""


def workbench(store: Path, *words: str | Path) -> list[str | Path]:
    """Return the command line of a verb on a store."""
    return [*WORKBENCH, "--db", store, "--as", "h01", "--lang", "zh", *words]


def tool(name: str) -> str:
    """Return the path of a command that is installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def run(command: Command, output: Path | None = None) -> Run:
    """Run a command to its end; what it prints goes to ``output`` or nowhere.

    Raises:
        CommandError: it failed.
    """
    words = [str(word) for word in (output or os.devnull, *command)]
    launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, *words]
    process = start(launcher, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=environment())
    found, said = process.communicate()
    if process.returncode:
        told = said.decode(errors="replace")[-600:]
        raise CommandError(f"{' '.join(words[1:])}: exit {process.returncode}: {told}")
    return Run(*json.loads(found))


def in_turn(commands: Mapping[str, Command], times: int, warm_up: int = WARM_UP) -> dict[str, list[Run]]:
    """Run every command ``times`` times, one after the other, after a round to warm up."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(warm_up + times):
        for name, command in commands.items():
            done = run(command)
            if turn >= warm_up:
                runs[name].append(done)
    return runs
