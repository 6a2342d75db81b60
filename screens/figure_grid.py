"""Lines with figures in them, and a cursor that goes from figure to figure."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.present.board_text import Row, Spot
from workbench.domain.text import clip
from workbench.wording.cells import width as cells_of

Place = tuple[int, int]  # of a figure: its line, and which of the line


class FigureGrid(ScrollView, can_focus=True):
    """Draws line by line; of what changes only the changed lines go to the terminal."""

    COMPONENT_CLASSES: ClassVar = {"grid--cursor", "grid--title", "grid--late"}

    class Moved(Message):
        """The cursor stands on another figure."""

    def __init__(self, id: str, lay_out: Callable[[int], Sequence[Row]]) -> None:
        super().__init__(id=id)
        self.lay_out = lay_out  # gives the lines for so many cells
        self.rows: Sequence[Row] = ()
        self.cursor = ""  # the id of a figure; empty for none
        self._wanted = ""  # where it goes as soon as there is anything
        self._place: Place = (0, 0)

    def show(self, cursor: str = "") -> None:
        """Draw what the lines have become; the cursor stays on its figure, or comes to one near it."""
        self._wanted = cursor or self._wanted
        if not self.size.width:
            return
        before, self.rows = self.rows, list(self.lay_out(self.size.width))
        was = self.cursor
        self._settle(self._wanted or was)
        self._wanted = "" if self.cursor else self._wanted
        room = Size(self.size.width, max(len(self.rows), 1))
        if room != self.virtual_size:
            self.virtual_size = room
        for at in range(max(len(before), len(self.rows))):
            if list(before[at : at + 1]) != list(self.rows[at : at + 1]):
                self.refresh_line(at - self.scroll_offset.y)
        if self.cursor != was:
            self._moved(was)

    def _settle(self, wanted: str) -> None:
        places = {spot.id: (at, n) for at, row in enumerate(self.rows) for n, spot in enumerate(row.spots)}
        if wanted in places:
            self._place, self.cursor = places[wanted], wanted
            return
        self.cursor = ""
        if places:
            line, n = self._place
            near = min(places.values(), key=lambda place: (abs(place[0] - line), abs(place[1] - n)))
            self._place, self.cursor = near, self._spot(near).id

    def _spot(self, place: Place) -> Spot:
        return self.rows[place[0]].spots[place[1]]

    def moves(self) -> dict[str, Callable[[], None]]:
        """Return what the moving commands of a keymap do here."""
        return {
            "down": lambda: self.move(1),
            "up": lambda: self.move(-1),
            "page_down": lambda: self.page(1),
            "page_up": lambda: self.page(-1),
            "top": lambda: self._to_end(0),
            "bottom": lambda: self._to_end(-1),
            "next_figure": lambda: self.sideways(1),
            "previous_figure": lambda: self.sideways(-1),
        }

    def sideways(self, by: int) -> None:
        """Go to the figure before or behind this one, in the order of reading."""
        all_ = [(at, n) for at, row in enumerate(self.rows) for n in range(len(row.spots))]
        if all_:
            self._go(all_[max(0, min(all_.index(self._place) + by, len(all_) - 1))])

    def move(self, by: int) -> None:
        """Go so many lines with figures down or up, to the figure that stands nearest there."""
        lines = [at for at, row in enumerate(self.rows) if row.spots]
        if not lines:
            return
        self._go_to_line(lines[max(0, min(lines.index(self._place[0]) + by, len(lines) - 1))])

    def page(self, by: int) -> None:
        """Go one screen down or up."""
        lines = [at for at, row in enumerate(self.rows) if row.spots]
        if lines:
            wanted = self._place[0] + by * max(self.size.height - 1, 1)
            self._go_to_line(min(lines, key=lambda at: abs(at - wanted)))

    def _go_to_line(self, line: int) -> None:
        spot = self._spot(self._place)
        middle = spot.x + spot.cells / 2
        spots = self.rows[line].spots
        self._go((line, min(range(len(spots)), key=lambda n: abs(spots[n].x + spots[n].cells / 2 - middle))))

    def _to_end(self, end: int) -> None:
        lines = [at for at, row in enumerate(self.rows) if row.spots]
        if lines:
            self._go((lines[end], end % len(self.rows[lines[end]].spots)))

    def _go(self, place: Place) -> None:
        was, self._place = self._place, place
        self.cursor = self._spot(place).id
        if was != place:
            self.refresh_line(was[0] - self.scroll_offset.y)
            self._moved(self.cursor)

    def _moved(self, _was: str) -> None:
        self._keep_in_sight()
        self.refresh_line(self._place[0] - self.scroll_offset.y)
        self.post_message(self.Moved())

    def _keep_in_sight(self) -> None:
        top, height, line = self.scroll_offset.y, max(self.size.height, 1), self._place[0]
        first = next((at for at, row in enumerate(self.rows) if row.spots), 0)
        if line == first:
            self.scroll_to(y=0, animate=False, force=True)
        elif not top <= line < top + height:
            self.scroll_to(y=max(line - height // 2, 0), animate=False, force=True)

    def on_click(self, event: Click) -> None:
        """Go to the figure that was clicked."""
        line = event.y + self.scroll_offset.y
        spots = self.rows[line].spots if line < len(self.rows) else ()
        hit = [n for n, spot in enumerate(spots) if spot.x - 1 <= event.x <= spot.x + spot.cells]
        if hit:
            self._go((line, hit[0]))

    def on_resize(self, event: Resize) -> None:
        """Arrange everything anew for the new size."""
        self.show()
        if self.cursor:
            self._keep_in_sight()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        at = y + self.scroll_offset.y
        if at >= len(self.rows):
            return Strip.blank(self.size.width, self.rich_style)
        row = self.rows[at]
        base = self.get_component_rich_style("grid--title") if row.title else self.rich_style
        return Strip(list(self._segments(row, base)), self.size.width)

    def _segments(self, row: Row, base: Style) -> Iterator[Segment]:
        """Yield the line in its styles; the figure under the cursor stands between brackets."""
        text, done = clip(row.text, self.size.width), 0
        for spot in row.spots:
            here = spot.id == self.cursor
            name = "grid--cursor" if here else "grid--late" if spot.late else ""
            if not name:
                continue
            start = max(_at(text, spot.x) - here, done)
            end = _at(text, spot.x + spot.cells) + here
            shown = text[start:end]
            if here:
                shown = _bracketed(shown)
            yield Segment(text[done:start], base)
            yield Segment(shown, self.get_component_rich_style(name))
            done = end
        yield Segment(text[done:], base)


def _at(text: str, cell: int) -> int:
    """Return which character of ``text`` stands at a cell."""
    if text.isascii():
        return min(cell, len(text))
    at = taken = 0
    while at < len(text) and taken < cell:
        taken += cells_of(text[at])
        at += 1
    return at


def _bracketed(text: str) -> str:
    first = "[" if text[:1] == " " else text[:1]
    last = "]" if text[-1:] == " " else text[-1:]
    return first + text[1:-1] + last
