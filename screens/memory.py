"""Memory that was freed goes back to the system: an open program is one of many on a shared host.

The C library keeps an arena for every thread that ever allocated, and SQLite allocates in the threads
that read the queue; a few switches between queues of a million cases would leave 40 MB behind.
"""

import ctypes
import sys

ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h


def _library() -> ctypes.CDLL | None:
    """Return the C library where it is glibc."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None


def share_one_arena() -> None:
    """Let all threads allocate from one place; to be called before any of them starts."""
    if library := _library():
        library.mallopt(ARENA_MAX, 1)


def give_back() -> None:
    """Return freed memory to the system."""
    if library := _library():
        library.malloc_trim(0)
