"""The one door to other processes: whatever a test starts has its clock standing still at ``NOW``.

The program is told so by WORKBENCH_NOW; where a script calls the product, ``clock.now`` is replaced.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, CompletedProcess, Popen, TimeoutExpired
from typing import Any

__all__ = [
    "DEVNULL", "NOW", "PIPE", "ROOT", "WORKBENCH", "CompletedProcess", "TimeoutExpired", "environment",
    "python", "run", "start",
]  # fmt: skip

ROOT = Path(__file__).parent.parent
NOW = "2026-11-21T12:00:00+08:00"  # desks.NOON, as the command line reads it
WORKBENCH = (sys.executable, "-m", "workbench")
FREEZE = f"""
from datetime import datetime
from workbench import clock
clock.now = clock.frozen(datetime.fromisoformat("{NOW}"))
"""

Command = Sequence[str | bytes | Path]


def environment(given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return ``given`` (without it: this process's own) with the time put in where it names none."""
    return {"WORKBENCH_NOW": NOW} | dict(os.environ if given is None else given)


def python(code: str, *arguments: object) -> list[str]:
    """Return the command that runs ``code``, to which ``clock.now`` always says the same."""
    return [sys.executable, "-c", FREEZE + code, *map(str, arguments)]


def start(command: Command, *, env: Mapping[str, str] | None = None, **how: Any) -> Popen[Any]:
    """Start a process at the root of the project, as ``subprocess.Popen`` does."""
    return Popen(command, env=environment(env), **({"cwd": ROOT} | how))


def run(command: Command, *, env: Mapping[str, str] | None = None, **how: Any) -> CompletedProcess[Any]:
    """Run a process to its end, without a terminal; what it prints is text unless ``text=False``."""
    usual = {"cwd": ROOT, "capture_output": True, "check": False, "stdin": DEVNULL}
    if how.pop("text", True):
        usual["encoding"] = "utf-8"
    return subprocess.run(command, env=environment(env), **(usual | how))
