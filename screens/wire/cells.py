"""A line of the terminal as cells, and what it takes to turn one line into another."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from unicodedata import east_asian_width

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from screens.wire.ink import Ink, change, ink_of, of_blank

Cell = tuple[str, Ink]  # the second cell of a wide sign holds ""
NOTHING = Style.null()
APART = 5  # unchanged cells that cost less than a move over them
ERASE_TO_END = "\x1b[K"
LONG_ENOUGH = len(ERASE_TO_END)


def cells_of(segments: Iterable[Segment], colours: ColorSystem) -> list[Cell]:
    """Return the cells of what stands side by side."""
    cells: list[Cell] = []
    for text, style, control in segments:
        if control:
            continue
        ink = ink_of(style or NOTHING, colours)
        blank = (" ", of_blank(ink))
        if text.isascii():
            cells += [blank if sign == " " else (sign, ink) for sign in text]
            continue
        for start, end, width in split_graphemes(text)[0]:
            sign = text[start:end]
            if width:
                cells.append(blank if sign == " " else (sign, ink))
                cells += [("", ink)] * (width - 1)
            elif cells:  # what has no width joins what stands before it
                cells[-1] = (cells[-1][0] + sign, ink)
    return cells


def paint(line: list[Cell], at: int, cells: list[Cell]) -> None:
    """Put ``cells`` into ``line``; half of a wide sign left over at an edge is a blank, as in terminals."""
    end = at + len(cells)
    if 0 < at < len(line) and not line[at][0]:
        _blank(line, at - 1)
    line[at:end] = cells[: len(line) - at]
    if end < len(line) and not line[end][0]:
        _blank(line, end)


def _blank(line: list[Cell], at: int) -> None:
    line[at] = (" ", of_blank(line[at][1]))


@lru_cache(maxsize=8192)
def is_sure(sign: str) -> bool:
    """Say whether every terminal takes as many cells for a sign as we do.

    Not so where its width is ambiguous (UAX #11), for pictures, and for what is composed of several signs.
    """
    if len(sign) != 1:
        return not sign
    return sign < "\x7f" or ("\u2e80" <= sign < "\U0001f000" and east_asian_width(sign) in "WF")


def runs(before: list[Cell], now: list[Cell]) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``now`` that have to be written where ``before`` stands."""
    changed = [at for at, (old, new) in enumerate(zip(before, now, strict=True)) if old != new]
    if not changed:
        return
    if not all(is_sure(sign) for line in (before, now) for sign, _ in line):
        yield 0, len(now)
        return
    start = end = changed[0]
    for at in changed[1:]:
        if at - end > APART:
            yield _whole(now, start, end + 1)
            start = at
        end = at
    yield _whole(now, start, end + 1)


def _whole(line: list[Cell], start: int, end: int) -> tuple[int, int]:
    """Return a span that cuts no wide sign."""
    while start and not line[start][0]:
        start -= 1
    while end < len(line) and not line[end][0]:
        end += 1
    return start, end


def written(line: list[Cell], start: int, end: int, ink: Ink, *, erases: bool) -> tuple[str, Ink]:
    """Return the text for a span of ``line``, begun in ``ink``, and the ink after it.

    With ``erases`` blanks up to the end of the line are one code, which erases in the colour that is set.
    """
    parts = []
    last = _last_sign(line, start) if erases and end == len(line) else end
    for wanted, cells in groupby(line[start:last], key=lambda cell: cell[1]):
        codes, ink = change(ink, wanted)
        parts += [codes, *(sign for sign, _ in cells)]
    if last < end:
        codes, ink = change(ink, line[-1][1])
        parts += [codes, ERASE_TO_END]
    return "".join(parts), ink


def _last_sign(line: list[Cell], start: int) -> int:
    """Return where the blanks of one colour begin that end the line; its end if they are few."""
    at = len(line)
    while at > start and line[at - 1] == line[-1] and line[-1][0] == " " and line[-1][1].front is None:
        at -= 1
    return at if len(line) - at > LONG_ENOUGH else len(line)
