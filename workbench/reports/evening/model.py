"""What the evening page holds, in the user's words, before it is written in any form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from workbench.reports.page import Table


class Series(NamedTuple):
    """One row of columns of a chart: how many, for each label."""

    name: str
    values: Sequence[int]


class Bar(NamedTuple):
    """One bar: how long it is, what stands at its end; ``low`` and ``high`` bound where it may truly end."""

    label: str
    value: float
    words: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of columns side by side, one group a label. ``said`` is the chart in a sentence."""

    title: str
    said: str
    labels: Sequence[str]
    series: Sequence[Series]
    table: Table


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars below each other, of which ``whole`` is the longest that there can be.

    A Pareto chart (``pareto``) has the largest first and the share of all up to each bar as a line.
    """

    title: str
    said: str
    bars: Sequence[Bar]
    whole: float
    table: Table
    pareto: bool = False


Chart = Columns | Bars


class Definition(NamedTuple):
    """What a figure counts, and the line that lists exactly its cases; empty where it has none."""

    name: str
    means: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The page. Every text is as people read it, not yet made harmless for the form it is written in.

    Attributes:
        under: What the figures are of: the days, the part of the house, the moment of asking.
        sentences: What happened, what is grave, what is needed from whom.
        warnings: What needs an eye besides.
        more: Tables that a reader opens when wanted.
        definitions: What each figure shown counts.
    """

    title: str
    under: str
    sentences: Sequence[str]
    warnings: Sequence[str] = ()
    figures: Sequence[Table] = ()
    charts: Sequence[Chart] = ()
    lists: Sequence[Table] = ()
    more: Sequence[Table] = ()
    definitions: Sequence[Definition] = field(default=())
    ends: Sequence[str] = ()
