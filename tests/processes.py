"""The one door to other processes: whatever a test starts has its clock standing still at ``NOW``.

The program is told so by WORKBENCH_NOW; where a script calls the product, ``clock.now`` is replaced.
"""

import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, CompletedProcess, Popen, TimeoutExpired
from typing import Any

__all__ = [
    "DEVNULL", "NOW", "PIPE", "ROOT", "WORKBENCH", "Child", "CompletedProcess", "TimeoutExpired", "apart",
    "environment", "python", "run", "start",
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
    """Return ``given`` (without it: this process's own) with the time put in where it names none.

    Nobody's own settings are read unless it names them.
    """
    own = os.environ if given is None else given
    return {"WORKBENCH_NOW": NOW, "WORKBENCH_CONFIG": os.devnull} | dict(own)


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


class Child:
    """A copy of this process at work; what it says comes line by line. It must not inherit an open store."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        inside, outside = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(inside)
            _live(work, outside)
        os.close(outside)
        self.said = os.fdopen(inside, encoding="utf-8")
        self.code: int | None = None

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for its end; return its exit code, negative for a signal."""
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code

    def end(self) -> list[str]:
        """Return all that it has still said, once it has ended."""
        with self.said:
            lines = self.said.read().splitlines()
        self.wait()
        return lines


def _live(work: Callable[[Callable[[str], None]], None], outside: int) -> None:
    code = 1
    try:
        work(lambda line: _say(outside, line))
        code = 0
    except BaseException:  # noqa: BLE001 (the last frame of a copy: what it is, is on standard error)
        traceback.print_exc()
    finally:
        os._exit(code)


def _say(outside: int, line: str) -> None:
    os.write(outside, f"{line}\n".encode())  # at once and in one piece: the writer may be killed after it


def apart(work: Callable[[], Any]) -> Any:
    """Return what ``work`` gives in a copy of this process, so that this one never opens a store.

    Raises:
        RuntimeError: it ended badly; its traceback is on standard error.
    """
    child = Child(lambda say: say(pickle.dumps(work()).hex()))
    lines = child.end()
    if child.code or not lines:
        raise RuntimeError(f"a copy of this process ended with {child.code}")
    return pickle.loads(bytes.fromhex(lines[-1]))
