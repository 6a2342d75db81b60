"""A long span in pieces: what the library sorts to group it stays small, and counts of pieces add up."""

from collections.abc import Iterator
from datetime import timedelta

from storage.figures import Span
from workbench.domain.times import unstamp

LONGEST = timedelta(days=31)


def of(span: Span) -> Iterator[Span]:
    """Yield ``span`` in pieces of up to ``LONGEST``, one after another."""
    since, until = unstamp(span.since), unstamp(span.until)
    while since < until:
        end = min(since + LONGEST, until)
        yield Span.of(since, end)
        since = end
