"""Working time as one ordered run of pieces with running totals, built year by year when asked for.

Every question is then two binary searches, however long the time in between: a closure of months costs
nothing, and no look-ahead can be too short.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from workbench.domain.hours import Piece, joined

# A piece belongs to the date on which it starts, is shorter than two days, and a zone is less than a day
# away from UTC: the pieces that touch an instant belong to dates at most this far from it.
REACH = timedelta(days=4)
ZERO = timedelta()


class _Run(NamedTuple):
    low: datetime  # the run is complete from here
    high: datetime  # to here
    starts: list[datetime]
    ends: list[datetime]
    totals: list[timedelta]  # working time of the run up to the end of each piece


class Spans:
    """The pieces that ``day`` gives for each date. Safe in threads: a run is replaced, never changed."""

    def __init__(self, day: Callable[[date], list[Piece]]) -> None:
        self._day = day
        self._years: dict[int, list[Piece]] = {}
        self._run: _Run | None = None

    def between(self, start: datetime, end: datetime) -> Iterator[Piece]:
        """Yield the pieces of [start, end), joined where they touch and clipped to it."""
        run = self._covering(start, end)
        index = bisect_right(run.ends, start)
        while index < len(run.starts) and run.starts[index] < end:
            yield max(run.starts[index], start), min(run.ends[index], end)
            index += 1

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time in [start, end)."""
        run = self._covering(start, end)
        return _total(run, end) - _total(run, start)

    def reached(self, start: datetime, amount: timedelta, look_to: datetime) -> datetime | None:
        """Return the first instant with ``amount`` worked since ``start``; None if not by ``look_to``."""
        run = self._covering(start, look_to)
        goal = _total(run, start) + amount
        index = bisect_left(run.totals, goal)
        if index == len(run.totals):
            return None
        at = run.ends[index] - (run.totals[index] - goal)
        return at if at <= run.high else None

    def _covering(self, start: datetime, end: datetime) -> _Run:
        run = self._run
        if run is None or start < run.low or end > run.high:
            self._run = run = self._built(
                min(start, run.low) if run else start, max(end, run.high) if run else end
            )
        return run

    def _built(self, start: datetime, end: datetime) -> _Run:
        first, last = (start - REACH).year, (end + REACH).year
        whole = joined(piece for year in range(first, last + 1) for piece in self._year(year))
        return _Run(
            datetime(first, 1, 1, tzinfo=UTC) + REACH,
            datetime(last + 1, 1, 1, tzinfo=UTC) - REACH,
            [start for start, _ in whole],
            [end for _, end in whole],
            list(accumulate((end - start for start, end in whole))),
        )

    def _year(self, year: int) -> list[Piece]:
        if year not in self._years:
            day, found = date(year, 1, 1), []
            while day.year == year:
                found += self._day(day)
                day += timedelta(days=1)
            self._years[year] = found
        return self._years[year]


def _total(run: _Run, at: datetime) -> timedelta:
    index = bisect_right(run.starts, at) - 1
    if index < 0:
        return ZERO
    return run.totals[index] - max(run.ends[index] - at, ZERO)
