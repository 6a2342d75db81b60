"""The files of drafts: read, aged, and locked by the window that they belong to."""

import json
import os
from contextlib import suppress
from pathlib import Path


def read(path: Path) -> dict[str, str]:
    """Return what a file holds; empty where there is none, or none that can be read."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {str(name): str(value) for name, value in kept.items()}


def age(path: Path) -> int:
    """Return when a file was written (nanoseconds), 0 where it has gone."""
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return 0


def locked(path: Path) -> int | None:
    """Lock a file for this window; return the descriptor that holds the lock, None where another does."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    if _lock(descriptor) and _is_still(path, descriptor):
        return descriptor
    os.close(descriptor)
    return None


def _lock(descriptor: int) -> bool:
    """Lock an open file; where the system has no such locks, the first comes first."""
    try:
        import fcntl
    except ImportError:  # Windows
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(path: Path, descriptor: int) -> bool:
    """Say whether a file is still the one that was opened: another window may have kept a newer one."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False
