"""Who else has the store open, as far as the system tells: on Linux by the locks on its files."""

import os
from pathlib import Path

LOCKS, PROCESSES = Path("/proc/locks"), Path("/proc")
OF_STORE = ("", "-shm")  # in WAL mode whoever has it open holds a lock on both
LONGEST_PROGRAM = 60


def holders(path: Path) -> list[str]:
    """Return everybody else who holds a lock on the store at ``path``: program, process, owner.

    Empty where nobody does, or where the system does not say.
    """
    wanted = {inode for end in OF_STORE if (inode := _inode(Path(f"{path}{end}")))}
    try:
        lines = LOCKS.read_text("ascii", "replace").splitlines()
    except OSError:
        return []
    found = (_holder(line.split(), wanted) for line in lines)
    return [_named(pid) for pid in sorted({pid for pid in found if pid and pid != os.getpid()})]


def _inode(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return os.major(stat.st_dev), os.minor(stat.st_dev), stat.st_ino


def _holder(words: list[str], wanted: set[tuple[int, int, int]]) -> int | None:
    """Return the process of a line of ``/proc/locks``: ``1: POSIX ADVISORY READ 4711 fd:01:393 0 EOF``."""
    try:
        major, minor, inode = words[5].split(":")
        if "POSIX" in words and (int(major, 16), int(minor, 16), int(inode)) in wanted:
            return int(words[4])
    except (IndexError, ValueError):
        pass
    return None


def _named(pid: int) -> str:
    """Return program, process and owner of a process, as far as they can be read."""
    folder = PROCESSES / str(pid)
    try:
        words = [
            word for word in (folder / "cmdline").read_bytes().decode("utf-8", "replace").split("\0") if word
        ]
        program = " ".join(os.path.basename(word) for word in words[:2])[:LONGEST_PROGRAM]
    except OSError:
        program = ""
    return " ".join(part for part in (program, str(pid), _owner(folder)) if part)


def _owner(folder: Path) -> str:
    try:
        import pwd

        return pwd.getpwuid(folder.stat().st_uid).pw_name
    except (ImportError, KeyError, OSError):
        return ""
