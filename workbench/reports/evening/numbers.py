"""Figures as people read them: shares in per cent with how many they are of, what changed against before."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from workbench.reports.figure_text import NOT_KNOWN as NOT_KNOWN
from workbench.reports.figure_text import figure_text
from workbench.words import _

text = figure_text
CENTS = 2  # places of a mean, as of money


def is_rate(name: str) -> bool:
    """Say whether the figure ``name`` is a share of 1."""
    return name == "rate" or name.endswith("_rate")


def of_how_many(figures: Mapping[str, Any], name: str) -> str:
    """Return what stands beside a rate: ``4 of 6``, and where it may truly lie; empty where that is not told.

    ``name`` is the rate's: ``rate``, ``founded_rate``; its numbers have the same beginning.
    """
    start = name.removesuffix("rate")
    of, met = figures.get(f"{start}of"), figures.get(f"{start}met")
    if of is None or met is None or not of:
        return ""
    said = _("{met} of {of}").format(met=met, of=of)
    low, high = figures.get(f"{start}low"), figures.get(f"{start}high")
    if low is None or high is None:
        return said
    return _("{said}, {low} to {high} %").format(said=said, low=_per_cent(low), high=_per_cent(high))


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}"


def change(name: str, value: Any, before: Any) -> str:
    """Return what a figure was before and how far it has moved: ``8 (+3)``; ``-`` where nothing counted."""
    was = text(name, before)
    moved = _moved(name, value, before)
    return f"{was} ({moved})" if moved else was


def _moved(name: str, value: Any, before: Any) -> str:
    """Return the difference with its sign, of shares in points of a hundred; empty where there is none."""
    if isinstance(value, str) and isinstance(before, str):  # money
        difference = Decimal(value) - Decimal(before)
        return f"{difference:+}" if difference else ""
    if value == before or None in (value, before):
        return ""
    difference = value - before
    if is_rate(name):
        return f"{100 * difference:+.1f}"
    return f"{difference:+d}" if isinstance(difference, int) else f"{difference:+.{CENTS}f}"


def span(seconds: float | None) -> str:
    """Return a length of time in the largest unit that says it with two figures: ``3.5 h``, ``2.1 d``."""
    if seconds is None:
        return NOT_KNOWN
    for size, template in ((86_400, _("{n} d")), (3600, _("{n} h"))):
        if seconds >= size:
            return template.format(n=f"{seconds / size:.1f}")
    return _("{n} min").format(n=f"{seconds / 60:.0f}")
