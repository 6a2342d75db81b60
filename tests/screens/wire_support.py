"""A terminal in memory: what it shows after the program has written to it."""

import pyte
from rich.cells import cell_len

from screens.app import WorkbenchApp
from screens.wire.shown import Shown

AROUND = 24  # bytes of an update beside its cells: begin, place of the cursor, end
Look = tuple[object, ...]


class Screen:
    """A terminal of a given size, on which half of a wide sign is a blank."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self.stream = pyte.Stream(self.screen)

    def take(self, text: str) -> None:
        """Show what is written."""
        self.stream.feed(text)
        for y in range(self.screen.lines):
            self._mend(self.screen.buffer[y])

    def _mend(self, line) -> None:
        for x in range(self.screen.columns):
            wide = x + 1 < self.screen.columns and cell_len(line[x].data) == 2
            is_half = not line[x].data and (not x or cell_len(line[x - 1].data) < 2)
            if (wide and line[x + 1].data) or is_half:
                line[x] = line[x]._replace(data=" ")

    def looks(self) -> list[list[Look]]:
        """Return every cell as an eye sees it: a blank has no colour of its own."""
        return [
            [look(self.screen.buffer[y][x]) for x in range(self.screen.columns)]
            for y in range(self.screen.lines)
        ]


def look(cell: pyte.screens.Char) -> Look:
    seen = (cell.underscore, cell.reverse, cell.strikethrough)
    if cell.data == " " and not any(seen):
        return (" ", cell.bg)
    return (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, *seen)


class Wire(Shown):
    """Writes to a terminal in memory what the program would write, and counts it."""

    def __init__(self, app: WorkbenchApp) -> None:
        super().__init__()
        self._erases = True
        self.app, self.bytes = app, 0
        self.terminal = Screen(*app.size)

    def only_new(self, update, size):
        text = super().only_new(update, size).render_segments(self.app.console)
        self.terminal.take(text)
        self.bytes += len(text.encode()) + AROUND
        return update

    def painted_whole(self) -> Screen:
        """Return a terminal on which Textual has painted everything."""
        fresh = Screen(*self.app.size)
        fresh.take(self.app.screen._compositor.render_full_update().render_segments(self.app.console))
        return fresh
