"""A figure, what it is measured against, what it means for a row of the page, and the line it is printed in."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

Samples = Sequence[float]
WIDTHS = (58, 24, 40, 8, 18)
TITLES = ("what", "p50 (p99)", "the other side, p50", "ratio", "limit", "verdict")
OK, OVER, SMALL, FEW, NONE = "ok", "OVER", "too small to tell", "too few to tell", "-"
COUNTED = ("statements", "pages", "B", "calls")  # units that no crowded machine changes


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        what: What was measured.
        ours: The samples, in ``unit``.
        row: The key of the row of the page (``page.ROWS``) that it speaks for; "" for none.
        limit: What ``judged`` may be at most (``at_least``: at least); None where nothing is judged.
        least: Below so many cases of ``size`` what does not grow with them hides what does: nothing is said.
        needs: How many cases the limit is meant for; below only what is over can be told.
        enough: Whether there are samples enough for the quantile that is judged.
        once: Whether all was measured once only: then only counts are judged.
    """

    what: str
    ours: Samples
    unit: str
    row: str = ""
    budget: str = ""
    judged: float = 0.0
    limit: float | None = None
    at_least: bool = False
    other: Samples = ()
    other_name: str = ""
    least: int = 0
    needs: int = 0
    size: int = 0
    enough: bool = True
    once: bool = False

    @property
    def ratio(self) -> float | None:
        """Return ours to theirs, by medians of the same run; None where there is no other side."""
        theirs = statistics.median(self.other) if self.other else 0
        return statistics.median(self.ours) / theirs if theirs else None

    @property
    def counted(self) -> bool:
        """Whether it is a count, and no time."""
        return self.unit in COUNTED

    @property
    def verdict(self) -> str:
        """Return in words whether the limit holds; what is over on a small store is over on a large one."""
        if self.limit is None:
            return NONE
        if self.once and not self.counted:
            return FEW
        if self.size < self.least:
            return SMALL
        holds = self.judged >= self.limit if self.at_least else self.judged <= self.limit
        if not holds:
            return OVER
        return SMALL if self.size < self.needs else OK if self.enough else FEW


def quantile(samples: Samples, share: float) -> float:
    """Return the smallest sample that ``share`` of all do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def at_most(
    what: str, ours: Samples, unit: str, limit: float | None, *, row: str = "", share: float = 0.5, other: Samples = (),
    name: str = "", least: int = 0, needs: int = 0, size: int = 0,
) -> Figure:  # fmt: skip
    """Return a figure whose median (or other quantile) has a ceiling; the other side is for comparison."""
    named = "p50" if share == 0.5 else f"p{round(share * 100)}"
    budget = "" if limit is None else f"{named} <= {limit:g} {unit}"
    return Figure(
        what, ours, unit, row, budget, quantile(ours, share), limit,
        other=other, other_name=name, least=least, needs=needs, size=size, enough=len(ours) * (1 - share) >= 1 or share == 0.5,
    )  # fmt: skip


def mean_at_most(what: str, ours: Samples, unit: str, limit: float, *, row: str = "") -> Figure:
    """Return a figure whose mean has a ceiling."""
    return Figure(what, ours, unit, row, f"mean <= {limit:g} {unit}", statistics.fmean(ours), limit)


def at_least(what: str, ours: Samples, unit: str, limit: float, *, row: str = "") -> Figure:
    """Return a figure whose median has a floor."""
    judged = statistics.median(ours)
    return Figure(what, ours, unit, row, f">= {limit:g} {unit}", judged, limit, at_least=True)


def beside(
    what: str, ours: Samples, unit: str, other: Samples, name: str, limit: float | None = None, *, row: str = "",
    rate: bool = False, least: int = 0, needs: int = 0, size: int = 0,
) -> Figure:  # fmt: skip
    """Return a figure judged by its ratio to the other side; rates have a floor, times a ceiling."""
    if limit is None:
        return Figure(what, ours, unit, row, other=other, other_name=name)
    ratio = statistics.median(ours) / statistics.median(other)
    budget = f"{'>=' if rate else '<='} {limit:g} x"
    return Figure(what, ours, unit, row, budget, ratio, limit, rate, other, name, least, needs, size)


def plain(what: str, ours: Samples, unit: str, *, other: Samples = (), name: str = "") -> Figure:
    """Return a figure that is only told."""
    return Figure(what, ours, unit, other=other, other_name=name)


def line(figure: Figure) -> str:
    """Return a figure as a line of the table."""
    other = (
        f"{short(statistics.median(figure.other))} {figure.unit}, {figure.other_name}" if figure.other else ""
    )
    ratio = f"{figure.ratio:.2f} x" if figure.ratio is not None else ""
    return row_of(
        figure.what, f"{_spread(figure.ours)} {figure.unit}", other, ratio, figure.budget, figure.verdict
    )


def title() -> str:
    """Return the head of the table."""
    return row_of(*TITLES)


def row_of(*cells: str) -> str:
    """Return cells as a line of the table."""
    widths = (*WIDTHS, 0)
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def short(value: float) -> str:
    """Return a number with as many digits as mean anything."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _spread(samples: Samples) -> str:
    middle = short(statistics.median(samples))
    return f"{middle} ({short(quantile(samples, 0.99))})" if len(samples) > 1 else middle
