"""The lines around the table: what is shown, the tabs, the column titles, the keys, what just happened."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from screens.present.ink import KEY, STRONG, TITLE, line
from screens.queue.columns import GUTTER, Placed, cells, shortened
from storage.queues import QUEUES
from workbench.domain.text import clip, safe_text
from workbench.wording import names
from workbench.words import _

VIEW_CELLS = 14  # of the name of a view among the tabs


class ViewTabs(NamedTuple):
    """The names of saved views by the digit on which they stand, and of the one that is shown, if any is."""

    on: Mapping[int, str] = MappingProxyType({})
    shown: str = ""


NO_VIEWS = ViewTabs()


class Line(Static):
    """One line of our own words; text of cases comes in as safe text only."""

    def __init__(self, id: str) -> None:
        super().__init__("", markup=False, id=id)

    def say(self, content: Content) -> None:
        """Show ``content``; a line never changes the layout."""
        if str(content) != str(self.content):
            self.update(content, layout=False)


def top_line(width: int, left: Sequence[str], right: Sequence[str]) -> Content:
    """Return the first line: where we are on the left, who and when on the right."""
    tail = "  ".join(part for part in right if part)
    room = max(width - cells(tail) - 3, 0)
    head = clip(shortened("  ".join(safe_text(part) for part in left if part), room), room)
    return Content.assemble((" " + head + " ", STRONG), " " + tail)


def tab_line(width: int, counts: Mapping[str, int], current: str, views: ViewTabs = NO_VIEWS) -> Content:
    """Return the tabs with their keys and counts, as wordy as the width allows.

    A saved view has the place of the queue whose digit it has; one without a digit is named first while it is
    shown. Before names go, what holds nothing does: a digit alone says little.
    """
    tabs: list[Content] = []
    alone = views.shown and views.shown not in views.on.values()
    for wording, empty_too in (("long", True), ("short", True), ("short", False), ("", True)):
        tabs = [line((f"[{_view_name(views.shown)}]", TITLE))] if alone else []
        for key, queue in enumerate(QUEUES, 1):
            here = queue == current and not views.shown
            if (name := views.on.get(key % 10)) is not None:
                tabs.append(_view_tab(key, name, wording, here=name == views.shown))
            elif empty_too or here or counts.get(queue) != 0:
                tabs.append(_tab(key, queue, counts.get(queue), wording, here=here))
        if sum(tab.cell_length for tab in tabs) <= width:
            break
    return Content.assemble(*tabs)


def _tab(key: int, queue: str, count: int | None, wording: str, *, here: bool) -> Content:
    number = "" if count is None else _short(count)
    if here:
        return line((f"[{key % 10}{names.queue(queue)} {number}".rstrip() + "]", TITLE))
    name = names.queue(queue, short=wording == "short") if wording else ""
    gap, between = ("  ", " ") if wording == "long" else (" ", "" if name else ":")
    return line(gap, (str(key % 10), KEY), f"{name}{between}{number}")


def _view_tab(key: int, name: str, wording: str, *, here: bool) -> Content:
    if here:
        return line((f"[{key % 10}{_view_name(name)}]", TITLE))
    gap = "  " if wording == "long" else " "
    return line(gap, (str(key % 10), KEY), _view_name(name) if wording else "")


def _view_name(name: str) -> str:
    return shortened(safe_text(name), VIEW_CELLS)


def _short(count: int) -> str:
    """Return a count in at most four cells."""
    if count < 10_000:
        return str(count)
    return f"{count // 1000}k" if count < 1_000_000 else f"{count // 1_000_000}M"


def head_line(placed: Sequence[Placed]) -> Content:
    """Return the titles of the columns."""
    titles = [clip(_(column.title), column.width) for column in placed]
    return Content(" " * GUTTER + " ".join(titles))


def key_line(width: int, hints: Sequence[tuple[str, str]], last: Sequence[tuple[str, str]]) -> Content:
    """Return ``(key, word)`` pairs as far as they fit; ``last`` always does."""
    tail_cells = sum(cells(key) + cells(word) + 3 for key, word in last)
    parts: list[str | tuple[str, str]] = []
    free = width - tail_cells
    for key, word in hints:
        free -= cells(key) + cells(word) + 3
        if free < 0:
            break
        parts += [" ", (key, KEY), f" {word} "]
    for key, word in last:
        parts += [" ", (key, KEY), f" {word} "]
    return Content.assemble(*parts)
