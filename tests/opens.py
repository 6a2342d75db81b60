"""Whether the program opens a file that it has open through SQLite: closing it would drop SQLite's locks.

An audit hook looks at each opening, by whatever test: a fault is counted where the innermost frame of the
project is the program's and the process holds the same file open already.
"""

import os
import sys
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = str(Path(__file__).parent.parent)
PROGRAM = tuple(os.path.join(ROOT, part, "") for part in ("workbench", "storage", "screens", "keymaps"))
TESTS = os.path.join(ROOT, "tests", "")
SIDES = ("", "-wal", "-shm", "-journal")
FDS = "/proc/self/fd"

found: list[str] = []


def watch() -> None:
    """Look at every opening from now on; where there is no /proc nothing is seen."""
    if os.path.isdir(FDS):
        sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not arguments or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    path = os.path.abspath(os.fsdecode(arguments[0]))
    if path.startswith(ROOT) or path.endswith((".py", ".pyc", ".toml", ".mo")) or not _by_program():
        return
    if path in _held():
        found.append(path)


def _by_program() -> bool:
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(PROGRAM):
            return True
        if name.startswith(TESTS):
            return False
        frame = frame.f_back
    return False


def _held() -> set[str]:
    """Return the files of stores that this process has open: a main file with its side files."""
    targets = set()
    for each in os.listdir(FDS):
        try:
            targets.add(os.readlink(f"{FDS}/{each}"))
        except OSError:  # closed meanwhile
            continue
    mains = {
        target
        for target in targets
        if f"{target}-wal" in targets or f"{target}-journal" in targets or target.endswith(".db")
    }
    return {f"{main}{side}" for main in mains for side in SIDES} & targets
