"""A figure, what it is measured against, and the table that it is printed in."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple

Samples = Sequence[float]
WIDTHS = (46, 21, 34, 9, 20)
TITLES = ("what", "ours: median (p95)", "the other side", "ratio", "budget", "verdict")


class Figure(NamedTuple):
    """One line of the table; ``judged`` is the number that the budget is about."""

    what: str
    ours: Samples
    unit: str
    budget: str = ""
    judged: float | None = None
    limit: float = 0.0
    at_least: bool = False
    other: Samples = ()
    other_name: str = ""

    @property
    def ratio(self) -> float | None:
        """Return ours to theirs, by medians of the same run."""
        return statistics.median(self.ours) / statistics.median(self.other) if self.other else None

    @property
    def verdict(self) -> str:
        """Return in words whether the budget holds."""
        if self.judged is None:
            return "-"
        return "ok" if (self.judged >= self.limit if self.at_least else self.judged <= self.limit) else "OVER"


def quantile(samples: Samples, share: float) -> float:
    """Return the smallest sample that ``share`` of all do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def at_most(
    what: str,
    ours: Samples,
    unit: str,
    limit: float,
    *,
    share: float = 0.5,
    other: Samples = (),
    name: str = "",
) -> Figure:
    """Return a figure whose median (or other quantile) has a ceiling; the other side is for comparison."""
    budget = f"{'p50' if share == 0.5 else f'p{round(share * 100)}'} <= {limit:g} {unit}"
    return Figure(what, ours, unit, budget, quantile(ours, share), limit, other=other, other_name=name)


def mean_at_most(what: str, ours: Samples, unit: str, limit: float) -> Figure:
    """Return a figure whose mean has a ceiling."""
    return Figure(what, ours, unit, f"mean <= {limit:g} {unit}", statistics.fmean(ours), limit)


def at_least(what: str, ours: Samples, unit: str, limit: float) -> Figure:
    """Return a figure whose median has a floor."""
    return Figure(what, ours, unit, f">= {limit:g} {unit}", statistics.median(ours), limit, at_least=True)


def beside(
    what: str, ours: Samples, unit: str, other: Samples, name: str, limit: float | None, *, rate: bool = False
) -> Figure:
    """Return a figure judged by its ratio to the other side; rates have a floor, times a ceiling."""
    ratio = statistics.median(ours) / statistics.median(other)
    if limit is None:
        return Figure(what, ours, unit, other=other, other_name=name)
    budget = f"{'>=' if rate else '<='} {limit:g} x"
    return Figure(what, ours, unit, budget, ratio, limit, rate, other, name)


def line(figure: Figure) -> str:
    """Return a figure as a line of the table."""
    other = (
        f"{_short(statistics.median(figure.other))} {figure.unit}, {figure.other_name}"
        if figure.other
        else ""
    )
    cells = (figure.what, f"{_spread(figure.ours)} {figure.unit}", other,
             f"{figure.ratio:.2f} x" if figure.ratio else "", figure.budget)  # fmt: skip
    return (
        "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
        + "  "
        + figure.verdict
    )


def title() -> str:
    """Return the head of the table."""
    return "  ".join(cell.ljust(width) for cell, width in zip(TITLES, (*WIDTHS, 7), strict=True)).rstrip()


def _spread(samples: Samples) -> str:
    middle = _short(statistics.median(samples))
    return f"{middle} ({_short(quantile(samples, 0.95))})" if len(samples) > 1 else middle


def _short(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
