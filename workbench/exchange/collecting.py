"""Fewer looks for garbage in circles, while many objects are made of which none are in circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

COLLECT_AFTER = 200_000  # objects


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for garbage in circles less often: a batch makes many objects, and none in circles."""
    enabled, before = gc.isenabled(), gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    gc.enable()  # the command line starts without it, but this may run for minutes
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not enabled:
            gc.disable()
