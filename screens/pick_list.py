"""A keyboard list: rows of cells under titles, with a cursor; for lists that fit into memory."""

from collections.abc import Callable, Collection, Sequence
from itertools import islice
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.list_columns import GAP, Column, Row, cut, squeezed
from screens.queue.columns import cells
from workbench.domain.text import clip

GUTTER = 2  # cells for the cursor
LAID_OUT = 200  # rows by which the columns are made as wide as they need


class PickList(ScrollView, can_focus=True):
    """Rows that were made safe before; the titles stay in the first line while the rows scroll."""

    COMPONENT_CLASSES: ClassVar = {"pick--cursor", "pick--head", "pick--dim", "pick--late"}

    class Moved(Message):
        """The cursor stands on another row."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.columns: Sequence[Column] = ()
        self.rows: Sequence[Row] = ()
        self.dim: Collection[int] = ()
        self.late: Collection[int] = ()
        self.empty = ""
        self.cursor = 0
        self._widths: list[int] = []

    def show(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        cursor: int = 0,
        empty: str = "",
        dim: Collection[int] = (),
        late: Collection[int] = (),
    ) -> None:
        """Show other rows; where there are none, ``empty`` says why, and what to do.

        Rows at the places in ``dim`` are grey and those in ``late`` red; their words say why.
        """
        self.dim, self.late = dim, late
        self.columns, self.rows, self.empty = columns, rows, empty
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

    def in_sight(self) -> range:
        """Return the places of the rows that can be seen."""
        top = self.scroll_offset.y
        return range(min(top, len(self.rows)), min(top + max(self.size.height - 1, 1), len(self.rows)))

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
            return self._strip("  ", [column.title for column in self.columns], "pick--head", width)
        if at < len(self.rows):
            here = at == self.cursor
            return self._strip("> " if here else "  ", self.rows[at], self._style(at), width)
        said = Content(self.empty).wrap(max(width - GUTTER, 1)) if not self.rows else []
        text = said[y - 2].plain if 0 <= y - 2 < len(said) else ""
        return Strip([Segment(clip(f"  {text}", width), base)], width)

    def _style(self, at: int) -> str:
        if at == self.cursor:
            return "pick--cursor"
        return "pick--dim" if at in self.dim else "pick--late" if at in self.late else ""

    def _strip(self, sign: str, row: Sequence[str], style: str, width: int) -> Strip:
        fitted = zip(row, self._widths, self.columns, strict=False)
        parts = [clip(cut(cell, room, column), room) for cell, room, column in fitted if room]
        drawn = self.get_component_rich_style(style) if style else self.rich_style
        return Strip([Segment(clip(sign + (" " * GAP).join(parts), width), drawn)], width)

    def _lay_out(self, width: int) -> None:
        self.virtual_size = Size(width, len(self.rows) + 1)
        seen = list(islice(self.rows, LAID_OUT))
        wished = [
            max([cells(column.title), *(cells(row[at]) for row in seen)])
            for at, column in enumerate(self.columns)
        ]
        self._widths = squeezed(wished, width - GUTTER, self.columns)
