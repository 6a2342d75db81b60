"""How long things take: the middle of them, and how bad it gets."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from storage.engine import Row


class Spread(NamedTuple):
    """Of ``n`` durations in seconds: mean, median, that within which nine of ten lie, and the longest.

    The median of an even number is the mean of the two in the middle; ``p90`` is one of the durations (the
    nearest rank).
    """

    n: int
    mean: float
    median: float
    p90: int
    longest: int

    def as_json(self) -> dict[str, Any]:
        """Return what machines read, in whole seconds."""
        return {
            "n": self.n,
            "mean_seconds": round(self.mean),
            "median_seconds": round(self.median),
            "p90_seconds": self.p90,
            "max_seconds": self.longest,
        }


NOTHING: dict[str, Any] = {
    "n": 0, "mean_seconds": None, "median_seconds": None, "p90_seconds": None, "max_seconds": None,
}  # fmt: skip
"""What machines read where nothing was measured."""


def of_sorted(seconds: Sequence[int]) -> Spread | None:
    """Return the spread of ``seconds``, which are in order; None of none."""
    n = len(seconds)
    if not n:
        return None
    median = (seconds[(n - 1) // 2] + seconds[n // 2]) / 2
    return Spread(n, sum(seconds) / n, median, seconds[(9 * n + 9) // 10 - 1], seconds[-1])


def by_column(rows: Iterable[Row], columns: int) -> tuple[dict[str, Any], ...]:
    """Return as JSON the spread of each value of each column, and first that of all.

    Args:
        rows: (seconds, column, column, …) in any order; no more is kept than eight bytes a duration and
            column.
        columns: How many columns there are.
    """
    from array import array

    every: array[int] = array("q")
    groups: list[dict[str, array[int]]] = [{} for _ in range(columns)]
    for seconds, *values in rows:
        every.append(seconds)
        for found, value in zip(groups, values, strict=True):
            found.setdefault(str(value or ""), array("q")).append(seconds)
    return (as_json(every), *({key: as_json(found[key]) for key in sorted(found)} for found in groups))


def as_json(seconds: Sequence[int]) -> dict[str, Any]:
    """Return as JSON the spread of ``seconds``, in any order."""
    found = of_sorted(sorted(seconds))
    return found.as_json() if found else dict(NOTHING)
