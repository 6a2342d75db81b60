"""A keyboard list: rows of cells under titles, with a cursor; for lists that fit into memory."""

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.queue.columns import cells, shortened
from workbench.domain.text import clip

GUTTER, GAP = 2, 2  # cells for the cursor, and between two columns
NARROWEST = 4  # cells of a column that had to be cut; what gets less is left out


class PickList(ScrollView, can_focus=True):
    """Rows that were made safe before; the titles stay in the first line while the rows scroll."""

    COMPONENT_CLASSES: ClassVar = {"pick--cursor", "pick--head", "pick--dim", "pick--late"}

    class Moved(Message):
        """The cursor stands on another row."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.titles: Sequence[str] = ()
        self.rows: Sequence[Sequence[str]] = ()
        self.wordy: Sequence[int] = ()
        self.dim: Collection[int] = ()
        self.late: Collection[int] = ()
        self.empty = ""
        self.cursor = 0
        self._widths: list[int] = []

    def show(
        self,
        titles: Sequence[str],
        rows: Sequence[Sequence[str]],
        wordy: Sequence[int],
        *,
        cursor: int = 0,
        empty: str = "",
        dim: Collection[int] = (),
        late: Collection[int] = (),
    ) -> None:
        """Show other rows; see ``squeezed`` for ``wordy``.

        Rows at the places in ``dim`` are grey and those in ``late`` red; their words say why.
        """
        self.dim, self.late = dim, late
        self.titles, self.rows, self.wordy, self.empty = titles, rows, wordy, empty
        self._lay_out(self.size.width)
        self.cursor = -1
        self.go(cursor)
        self.refresh()

    def moves(self) -> dict[str, Callable[[], None]]:
        """Return what the moving commands of a keymap do here."""
        return {
            "down": lambda: self.move(1),
            "up": lambda: self.move(-1),
            "page_down": lambda: self.page(1),
            "page_up": lambda: self.page(-1),
            "top": lambda: self.go(0),
            "bottom": lambda: self.go(len(self.rows)),
        }

    def move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + by)

    def page(self, by: int) -> None:
        """Move the cursor by screens."""
        self.move(by * max(self.size.height - 2, 1))

    def go(self, position: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        position = max(0, min(position, len(self.rows) - 1))
        if position == self.cursor:
            return
        self.cursor = position
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())

    def _keep_in_sight(self) -> None:
        top, height = self.scroll_offset.y, max(self.size.height - 1, 1)
        if not top <= self.cursor < top + height:
            self.scroll_to(y=max(self.cursor - height // 2, 0), animate=False, force=True)

    def on_click(self, event: Click) -> None:
        """Go to the row that was clicked."""
        if event.y:
            self.go(event.y - 1 + self.scroll_offset.y)

    def on_resize(self, event: Resize) -> None:
        """Fit the columns again, and keep the cursor in sight where a question takes room."""
        self._lay_out(event.size.width)
        self._keep_in_sight()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the titles, then the rows."""
        base, width = self.rich_style, self.size.width
        at = y - 1 + self.scroll_offset.y
        if y == 0:
            return self._strip("  ", self.titles, "pick--head", width)
        if at < len(self.rows):
            here = at == self.cursor
            return self._strip("> " if here else "  ", self.rows[at], self._style(at), width)
        text = self.empty if not self.rows and y == 2 else ""
        return Strip([Segment(clip(f"  {text}", width), base)], width)

    def _style(self, at: int) -> str:
        if at == self.cursor:
            return "pick--cursor"
        return "pick--dim" if at in self.dim else "pick--late" if at in self.late else ""

    def _strip(self, sign: str, row: Sequence[str], style: str, width: int) -> Strip:
        parts = [
            clip(shortened(cell, room), room) for cell, room in zip(row, self._widths, strict=False) if room
        ]
        drawn = self.get_component_rich_style(style) if style else self.rich_style
        return Strip([Segment(clip(sign + (" " * GAP).join(parts), width), drawn)], width)

    def _lay_out(self, width: int) -> None:
        self.virtual_size = Size(width, len(self.rows) + 1)
        wished = [max((cells(row[at]) for row in (self.titles, *self.rows)), default=0)
                  for at in range(len(self.titles))]  # fmt: skip
        self._widths = squeezed(wished, width - GUTTER, self.wordy)


def squeezed(widths: Sequence[int], room: int, wordy: Sequence[int]) -> list[int]:
    """Return the widths of columns that fit into ``room`` cells; a width of 0 leaves a column out.

    The columns at the places in ``wordy`` give way, the first of them first: cut, then left out.
    """
    found = list(widths)
    for at in wordy:
        over = _cells_taken(found) - room
        if over <= 0:
            break
        found[at] = max(found[at] - over, min(found[at], NARROWEST))
        if _cells_taken(found) > room:
            found[at] = 0
    return found


def _cells_taken(widths: Sequence[int]) -> int:
    shown = [width for width in widths if width]
    return sum(shown) + GAP * max(len(shown) - 1, 0)
