"""A row of the queue as pieces of text, each in its style; neighbours in one style are one piece."""

from datetime import datetime
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from storage.queues import QueueRow
from workbench.wording.countdown import is_late, is_near

if TYPE_CHECKING:
    from screens.queue.table import QueueTable


def pieces_of(table: "QueueTable", row: QueueRow, now: datetime, base: Style, *, here: bool) -> list[Segment]:
    """Return the pieces of a line; fewer pieces are fewer bytes on a slow line."""
    pieces: list[tuple[str, Style]] = [("> " if here else "  ", base)]
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
