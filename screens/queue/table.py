"""The queue as a virtual table: any number of cases, and only the lines in sight are ever drawn."""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime
from math import inf
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.queue.columns import Cells, Placed, place
from screens.queue.looking import Look
from screens.queue.source import QueueSource
from storage.queues import QueueRow
from workbench.wording.countdown import countdown, is_late, is_near
from workbench.words import _

NUMBER_CELLS = 13
MOST_NUMBER_CELLS = 18


class QueueTable(ScrollView, can_focus=True):
    """Rows of a source under a cursor; the cursor belongs to a case, not to a position."""

    COMPONENT_CLASSES: ClassVar = {
        "queue--cursor",
        "queue--late",
        "queue--near",
        "queue--grave",
        "queue--late-cursor",
        "queue--absent",
    }

    class Moved(Message):
        """The cursor stands on another case, or on none; or the columns do."""

    def __init__(self, source: QueueSource, cells: Cells, now: Callable[[], datetime], id: str) -> None:
        super().__init__(id=id)
        self.source, self.cells, self.now = source, cells, now
        self.cursor = 0
        self.slid_at = -inf  # monotonic seconds: when another case came under the cursor by itself
        self.placed: tuple[Placed, ...] = ()
        self.columns: Sequence[str] = ()  # JSON keys that a saved view wishes for; none for the usual ones
        self.empty = ""
        self.marked: Container[int] = ()
        self.wanted: Callable[[], None] = lambda: None  # reads the rows in sight that are not there
        self._asking = False
        self._drawn: dict[int, str] = {}  # position -> countdown as it was drawn

    @property
    def case_id(self) -> int | None:
        """The case under the cursor."""
        return self.source.key(self.cursor)

    def update(self, found: Look, *, keep: bool) -> bool:
        """Show what was found; with ``keep`` the cursor and the eye stay on their case.

        A case that has left the view hands its place to the one that follows it. Return whether any case
        has come, gone or moved.

        Raises:
            LostError: the order is not what it should be: it has to be read anew.
        """
        case_id, drawn = self.case_id if keep else None, keys_in_sight(self)
        eye, total = self.cursor - self.scroll_offset.y, len(self.source)
        self.source.bring_up_to_date(found)
        moved = found.order is not None or len(self.source) != total
        moved = moved or bool(found.change and (found.change.left or found.change.came))
        if moved:
            self._settle(case_id, eye, keep=keep)
        if found.order is not None or drawn != keys_in_sight(self):
            self._drawn.clear()
            self.refresh()
        else:
            self.redraw({row.case_id for row in found.rows})
        self.wanted()
        return moved

    def _settle(self, case_id: int | None, eye: int, *, keep: bool) -> None:
        """Put the cursor on ``case_id``, ``eye`` lines under the top; else where it stood, or at the top."""
        position = self.source.position_of(case_id, self.cursor) if case_id is not None else None
        if not keep:
            self.slid_at = -inf
        elif case_id is not None and position is None:
            self.slid_at = monotonic()
        if position is None:
            position = self.cursor if keep else 0
        self.cursor = max(0, min(position, len(self.source) - 1))
        self.virtual_size = Size(self.size.width, len(self.source))
        top = max(self.cursor - eye, 0) if keep else 0
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)
        self._keep_in_sight()
        placed = self.placed
        self._place(self.size.width)
        if not keep or self.placed != placed or self.case_id != case_id:
            self.post_message(self.Moved())

    def near(self) -> tuple[int, int]:
        """Return the bounds of the positions in sight and of a screen on both sides."""
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        return max(top - height, 0), top + 2 * height

    def redraw(self, keys: set[int]) -> None:
        """Draw those of the cases that are in sight again."""
        for position, key in enumerate(keys_in_sight(self), self.scroll_offset.y):
            if key in keys:
                self.refresh_line(position)

    def move(self, by: int) -> None:
        """Move the cursor by lines."""
        self.go(self.cursor + by)

    def page(self, by: int) -> None:
        """Move the cursor by screens."""
        self.go(self.cursor + by * max(1, self.size.height - 1))

    def go(self, position: int) -> None:
        """Put the cursor on the line at ``position``, or on the nearest there is."""
        position = max(0, min(position, len(self.source) - 1))
        self.slid_at = -inf
        if position == self.cursor:
            return
        old, self.cursor = self.cursor, position
        if not self._keep_in_sight():
            self.refresh_line(old)
            self.refresh_line(position)
        self.post_message(self.Moved())

    def go_to(self, case_id: int) -> bool:
        """Put the cursor on a case; False if it is not in this view."""
        position = self.source.position_of(case_id, self.cursor)
        if position is not None:
            self.go(position)
        return position is not None

    def in_sight(self) -> list[QueueRow]:
        """Return the rows that are drawn."""
        top = self.scroll_offset.y
        rows = (self.source.row(at) for at in range(top, min(top + self.size.height, len(self.source))))
        return [row for row in rows if row is not None]

    def take(self, rows: list[QueueRow], asked: Iterable[int] = ()) -> None:
        """Draw these rows as they stand by now; what was ``asked`` for and did not come has gone."""
        self.source.take(rows, asked)
        before = self.placed
        self._place(self.size.width)
        if self.placed != before:
            self.refresh()
            self.post_message(self.Moved())
        else:
            self.redraw({*(row.case_id for row in rows), *asked})

    def tick(self) -> None:
        """Draw the countdowns that have changed since they were drawn, and nothing else."""
        column = next((c for c in self.placed if c.id == "countdown"), None)
        if column is None:
            return
        now, top = self.now(), self.scroll_offset.y
        for position in range(top, min(top + self.size.height, len(self.source))):
            row = self.source.row(position)
            text = countdown(row.next_due_at, now) if row else ""
            if self._drawn.get(position) != text:
                self.refresh(Region(column.x, position - top, column.width, 1))

    def on_click(self, event: Click) -> None:
        """Go to the line that was clicked."""
        self.go(event.y + self.scroll_offset.y)

    def on_resize(self, event: Resize) -> None:
        """Choose the columns again."""
        self._place(event.size.width)
        self.virtual_size = Size(event.size.width, len(self.source))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())  # whoever draws the titles has to know

    def _place(self, width: int) -> None:
        """Choose the columns; the number gets what the longest in sight needs, so that it stays whole.

        While another pane stands in its place it has no width, and keeps the columns that it had.
        """
        if not width:
            return
        longest = max((len(row.number) for row in self.in_sight()), default=0)
        self.placed = place(width, min(max(longest, NUMBER_CELLS), MOST_NUMBER_CELLS), self.columns)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        position = y + self.scroll_offset.y
        width = self.size.width
        if position >= len(self.source):
            text = self.empty if not len(self.source) and y == 1 else ""
            return Strip([Segment("  " + text, self.rich_style)]).adjust_cell_length(width, self.rich_style)
        row = self.source.row(position)
        here = position == self.cursor
        base = self.get_component_rich_style("queue--cursor") if here else self.rich_style
        if row is None:
            return self._empty_line(position, base, here=here).adjust_cell_length(width, base)
        now = self.now()
        self._drawn[position] = countdown(row.next_due_at, now)
        pieces = pieces_of(self, row, now, base, position)
        return Strip(pieces).adjust_cell_length(width, base)

    def _empty_line(self, position: int, base: Style, *, here: bool) -> Strip:
        """Draw a case that is not there: its row is being read, or it has gone."""
        gone = self.source.has_gone(position)
        if not gone and not self._asking:  # not while it draws: what it begins may draw
            self._asking = True
            self.call_later(self._ask)
        said = _("(no longer here)") if gone else "..."
        dim = base if here else self.get_component_rich_style("queue--absent")
        return Strip([Segment(sign_of(self, position), base), Segment(said, base if gone else dim)])

    def _ask(self) -> None:
        self._asking = False
        self.wanted()

    def _keep_in_sight(self) -> bool:
        """Scroll if the cursor is out of sight; say whether anything moved.

        A step over the edge scrolls half a screen: by single lines, every key would draw every line.
        """
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        first, last = self.cursor - height + 1, self.cursor  # where the top line may be
        if first <= top <= last:
            return False
        if top - last == 1:
            target = last - height // 2
        elif first - top == 1:
            target = first + height // 2
        else:
            target = min(max(top, first), last)
        self.scroll_to(y=target, animate=False, force=True)
        return True


def keys_in_sight(table: QueueTable) -> list[int]:
    """Return the cases that are drawn."""
    top = table.scroll_offset.y
    return list(table.source.ids[top : top + table.size.height])


def sign_of(table: QueueTable, position: int) -> str:
    """Return what stands before a line: whether the cursor is there, and whether its case is marked."""
    marked = table.source.key(position) in table.marked
    return (">" if position == table.cursor else " ") + ("*" if marked else " ")


def pieces_of(table: QueueTable, row: QueueRow, now: datetime, base: Style, position: int) -> list[Segment]:
    """Return the pieces of a line; fewer pieces are fewer bytes on a slow line."""
    here = position == table.cursor
    pieces: list[tuple[str, Style]] = [(sign_of(table, position), base)]
    for column in table.placed:
        text = table.cells.cell(column, row, now) + " "
        name = style_of(column.id, row, now, here=here)
        style = table.get_component_rich_style(name) if name else base
        if style is pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + text, style)
        else:
            pieces.append((text, style))
    return [Segment(text, style) for text, style in pieces]


def style_of(column: str, row: QueueRow, now: datetime, *, here: bool) -> str | None:
    """Return the style of a cell. Colour repeats what the words say: nothing is said by it alone."""
    if column in ("countdown", "clock"):
        if is_late(row.next_due_at, now):
            return "queue--late-cursor" if here else "queue--late"
        return "queue--near" if is_near(row.next_due_at, now) and not here else None
    return "queue--grave" if column == "level" and row.severity <= 2 and not here else None
