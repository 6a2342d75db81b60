"""How far long work is, and how long it will take: on a terminal only, a log gets no bars."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from workbench.words import _

BAR = 30
A_MOMENT = 3.0  # seconds: before that nobody needs an estimate
A_MINUTE = 60


@contextmanager
def meter(clock: Callable[[], float] = monotonic) -> Iterator[Callable[[int, int], None]]:
    """Lend what draws how much is done, of so much; the line is gone at the end, whatever the end is."""
    began, drawn = clock(), ""

    def draw(done: int, of: int) -> None:
        nonlocal drawn
        if not sys.stderr.isatty():
            return
        full, percent = BAR * done // max(of, 1), 100 * done // max(of, 1)
        text = f"[{'#' * full}{'.' * (BAR - full)}] {percent} %{_left(clock() - began, done, of)}"
        if text != drawn:
            drawn = text
            sys.stderr.write(f"\r{text}\x1b[K")
            sys.stderr.flush()

    try:
        yield draw
    finally:
        if drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _left(spent: float, done: int, of: int) -> str:
    if spent < A_MOMENT or not done:
        return ""
    seconds = spent * (of - done) / done
    if seconds < A_MINUTE:
        return "  " + _("about {n} s left").format(n=round(seconds))
    return "  " + _("about {n} min left").format(n=round(seconds / A_MINUTE))
