"""Charts as inline SVG: sizes in user units, colours by class, so that the page's style decides them."""

from collections.abc import Iterator

from workbench.domain.text import safe_text
from workbench.reports.evening.model import Bar, Bars, Chart, Columns
from workbench.reports.page import quoted
from workbench.wording.cells import fitted

WIDE = 340  # user units; a phone shows about as many pixels
LOW, TOP = 18, 18  # room for the labels below, and above the highest column
TALL = 96  # of the columns
ROW = 24  # of a bar with its label
LINE = 11  # of a text
LABEL_CELLS = 44
END = 46  # room for what stands at the end of a bar
MOST_LABELS = 16
DIGIT = 6.5  # of a text of this size, about


def svg(chart: Chart, name: str) -> str:
    """Return the chart; ``name`` is its id on the page, which its title and description begin with."""
    if isinstance(chart, Columns):
        inside, high = "".join(_columns(chart)), TOP + TALL + LOW + LINE + 6
    else:
        inside, high = "".join(_bars(chart)), ROW * len(chart.bars) + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" role="img"'
        f' aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{quoted(chart.title)}</title>'
        f'<desc id="{name}-d">{quoted(chart.said)}</desc>{inside}</svg>'
    )


def _columns(chart: Columns) -> Iterator[str]:
    most = max((max(series.values, default=0) for series in chart.series), default=0) or 1
    step = WIDE / max(len(chart.labels), 1)
    each = step * 0.8 / len(chart.series)
    base, marked = LINE + TOP + TALL, False
    yield f'<line class="axis" x1="0" y1="{base}" x2="{WIDE}" y2="{base}"/>'
    for place, series in enumerate(chart.series):
        for at, value in enumerate(series.values):
            high = TALL * value / most
            left = at * step + step * 0.1 + place * each
            yield _rect(f"s{place}", left, base - high, each * 0.92, high)
            if value == most and not marked:
                marked = True
                yield _text(left + each / 2, base - high - 3, str(value), "middle")
    yield from _labels(chart, step, base)
    yield from _legend(chart)


def _labels(chart: Columns, step: float, base: float) -> Iterator[str]:
    every = -(-len(chart.labels) // MOST_LABELS)
    for at, label in enumerate(chart.labels):
        if at % every == 0:
            yield _text(at * step + step / 2, base + 13, label, "middle")


def _legend(chart: Columns) -> Iterator[str]:
    left = 0.0
    for place, series in enumerate(chart.series):
        yield _rect(f"s{place}", left, 1, 9, 9)
        yield _text(left + 13, 10, series.name)
        left += 13 + DIGIT * (len(series.name.encode("utf-8")) + 3)


def _bars(chart: Bars) -> Iterator[str]:
    room = WIDE - END
    so_far, whole = 0.0, sum(bar.value for bar in chart.bars) or 1
    points = []
    for at, bar in enumerate(chart.bars):
        top = at * ROW
        yield _text(0, top + LINE, fitted(safe_text(bar.label), LABEL_CELLS))
        yield _rect("ground", 0, top + 14, room, 7)
        yield _rect("s0", 0, top + 14, room * bar.value / (chart.whole or 1), 7)
        yield _text(WIDE, top + 21, bar.words, "end")
        yield from _interval(bar, room / (chart.whole or 1), top + 17.5)
        so_far += bar.value
        points.append((room * so_far / whole, top + 17.5))
    if chart.pareto:
        yield from _line(points)


def _interval(bar: Bar, scale: float, y: float) -> Iterator[str]:
    """Yield where the end of a bar may truly lie, as a line with two ends."""
    if bar.low is None or bar.high is None:
        return
    low, high = bar.low * scale, bar.high * scale
    ends = f"M{low:.1f} {y - 3:.1f}v6M{high:.1f} {y - 3:.1f}v6"
    yield f'<path class="mark" d="{ends}M{low:.1f} {y:.1f}H{high:.1f}"/>'


def _line(points: list[tuple[float, float]]) -> Iterator[str]:
    """Yield the share of all up to each bar, as a line with dots."""
    yield f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
    for x, y in points:
        yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="2.2"/>'


def _rect(kind: str, x: float, y: float, wide: float, high: float) -> str:
    size = f'width="{max(wide, 0):.1f}" height="{max(high, 0):.1f}"'
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" {size}/>'


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}"{end}>{quoted(text)}</text>'
