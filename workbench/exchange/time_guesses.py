"""Which formats a column of times is probably written in."""

from collections.abc import Sequence

from workbench.exchange import time_formats

FORMATS = (
    time_formats.ISO, "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M",
    "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日 %H时%M分",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y %I:%M %p",
    "%Y/%m/%d %H:%M:%S.%f", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    "%Y/%m/%d %I:%M:%S %p", "%Y/%m/%d %I:%M %p", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p",
    "%Y/%m/%d %p%I:%M:%S", "%Y/%m/%d %p%I:%M", "%Y-%m-%d %p%I:%M:%S", "%Y-%m-%d %p%I:%M",
    "%Y.%m.%d %H:%M:%S", "%Y.%m.%d %H:%M",
    "%Y年%m月%d日 %H时%M分%S秒", "%Y年%m月%d日%H时%M分%S秒", "%Y年%m月%d日%H时%M分",
    "%Y年%m月%d日%H:%M:%S", "%Y年%m月%d日%H:%M", "%Y年%m月%d日 %p%I:%M", "%Y年%m月%d日%p%I:%M",
    "%Y年%m月%d日 %p%I时%M分", "%Y年%m月%d日%p%I时%M分", "%Y年%m月%d日%H时", "%Y年%m月%d日%p%I时",
    "%b %d, %Y %I:%M:%S %p", "%b %d, %Y %I:%M %p", "%b %d, %Y, %I:%M %p", "%b %d, %Y, %I:%M:%S %p",
    "%b %d, %Y %H:%M:%S", "%b %d, %Y %H:%M", "%b %d %Y %I:%M%p", "%b %d %Y %H:%M:%S",
    "%d %b %Y %H:%M:%S", "%d %b %Y %H:%M", "%d %b %Y %I:%M %p", "%d-%b-%Y %H:%M:%S", "%d-%b-%Y %H:%M",
    "%d-%b-%y %H:%M", "%d/%b/%Y %H:%M:%S", "%d/%b/%y %I:%M %p", "%a, %d %b %Y %H:%M:%S %z",
    "%a %b %d %H:%M:%S %Y", "%A, %b %d, %Y %I:%M %p",
    "%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d.%m.%Y",
    "%d/%m/%y", "%d-%m-%Y", "%b %d, %Y", "%b %d %Y", "%d %b %Y", "%d %b, %Y", "%d-%b-%Y", "%d-%b-%y",
    "%A, %b %d, %Y", "%a, %b %d, %Y", "%d.%m.%y",
)  # fmt: skip
# Such cells may be names as well: only a column whose headline speaks of a time is read in these.
DIGITS = ("%Y%m%d%H%M%S", "%Y%m%d%H%M", time_formats.EPOCH_MS, time_formats.EPOCH, "%Y%m%d", "%Y%m%d %H%M%S",
          "%Y%m%d %H:%M:%S", "%Y%m%dT%H%M%S")  # fmt: skip
MOST_FORMATS = 4
MOSTLY = 0.9  # of the cells that hold anything

_WRITTEN = [time_formats.compiled(written) for written in FORMATS]
_IN_DIGITS = [time_formats.compiled(written) for written in DIGITS]


def formats_for(cells: Sequence[str], *, digits: bool = False) -> list[str]:
    """Return the formats that read most of the cells, the most useful first; none if they are no times.

    A format that fits more cells is taken before one that fits fewer, so that a day of 13 or more
    settles whether the month stands first. With ``digits``, cells of nothing but digits are times too.
    """
    known = [*_WRITTEN, *_IN_DIGITS] if digits else _WRITTEN
    left = [cell.strip() for cell in cells]
    found: list[str] = []
    while left and len(found) < MOST_FORMATS:
        best, most = _best(known, left)
        if not most:
            break
        found.append(best.written)
        left = [cell for cell in left if best.parse(cell) is None]
    return found if len(left) <= (1 - MOSTLY) * len(cells) else []


def _best(known: Sequence[time_formats.Format], cells: Sequence[str]) -> tuple[time_formats.Format, int]:
    """Return the format that reads most cells, the first of equals, and how many it reads."""
    best, most = known[0], 0
    for form in known:
        fits = sum(form.parse(cell) is not None for cell in cells)
        if fits > most:
            best, most = form, fits
        if most == len(cells):
            break
    return best, most
