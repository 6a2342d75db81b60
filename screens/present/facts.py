"""A labelled fact on the screen, and a part of a page under its own title."""

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from screens.present.ink import SOFT, TITLE, line
from screens.queue.columns import cells

LABEL = 12  # cells
CUT = "..."


def fact(label: str, text: str, style: str, width: int) -> Iterator[Content]:
    """Yield a labelled fact; lines after the first stand under it, not under the label."""
    if text:
        yield from fact_of(label, Content.styled(text, style), width)


def fact_of(label: str, content: Content, width: int) -> Iterator[Content]:
    """Yield a labelled fact that has styles of its own; see ``fact``."""
    first, *rest = content.wrap(max(width - LABEL, 8))
    yield line((label + " " * max(LABEL - cells(label), 1), SOFT), first)
    yield from (more.pad_left(LABEL) for more in rest)


def section(title: str, body: Iterable[Content]) -> Iterator[Content]:
    """Yield a blank line, the title and the body; nothing at all where there is no body."""
    found = list(body)
    if found:
        yield Content()
        yield line((title, TITLE))
        yield from found


def cut(found: Sequence[Content], room: int, width: int) -> list[Content]:
    """Return the first ``room`` of some lines; where some are left out, the last one says so."""
    if len(found) <= room:
        return list(found)
    return [*found[: room - 1], line(found[room - 1].truncate(width - cells(CUT)), CUT)]
