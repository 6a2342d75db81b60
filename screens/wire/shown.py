"""What the terminal shows by now. Textual paints whole widgets; on a slow line every cell costs time."""

from collections.abc import Iterable, Iterator

from rich.console import COLOR_SYSTEMS, Console
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from screens.wire.cells import Cell, cells_of, paint, runs, written
from screens.wire.ink import PLAIN, of_blank

BLANK: Cell = (" ", of_blank(PLAIN))
CLEAR = "\x1b[m\x1b[2J"


class Redraw(Message):
    """Asks for everything to be drawn again."""


def returning(driver: type[Driver]) -> type[Driver]:
    """Return a driver that has everything drawn again when the program comes back from the shell."""

    class Returning(driver):  # type: ignore[valid-type,misc]  # which one, only Textual knows
        def resume_application_mode(self) -> None:
            super().resume_application_mode()
            self._loop.call_soon_threadsafe(self._app.post_message, Redraw())

    return Returning


class Shown:
    """The cells of the terminal; what is painted is compared with them, and only what differs is written."""

    def __init__(self) -> None:
        self._lines: list[list[Cell]] = []
        self._width = 0
        self._erases = erases_in_colour()

    def forget(self) -> None:
        """Take nothing for granted: others may have written to the terminal, or cleared it."""
        self._lines = []

    def only_new(self, update: CompositorUpdate, size: Size) -> CompositorUpdate:
        """Return an update that writes only what differs from what the terminal, ``size`` in cells, shows."""
        return _OnlyNew(self, update, size) if isinstance(update, ChopsUpdate | LayoutUpdate) else update

    def codes(self, update: ChopsUpdate | LayoutUpdate, size: Size, console: Console) -> str:
        """Return what has to be written; from then on the terminal counts as showing it."""
        ink, parts = PLAIN, []
        if (len(self._lines), self._width) != (size.height, size.width):
            self._lines = [[BLANK] * size.width for _ in range(size.height)]
            self._width = size.width
            parts.append(CLEAR)
        colours = COLOR_SYSTEMS[console.color_system or "truecolor"]
        for y, pieces in _lines_of(update):
            if y >= size.height:  # the terminal has become smaller since this was drawn
                continue
            before = self._lines[y]
            now = before[:]
            for x, strip in pieces:
                paint(now, x, cells_of(strip, colours))
            for start, end in runs(before, now):
                text, ink = written(now, start, end, ink, erases=self._erases)
                parts.append(f"\x1b[{y + 1};{start + 1}H{text}")
            self._lines[y] = now
        if ink != PLAIN:
            parts.append("\x1b[m")
        return "".join(parts)


class _OnlyNew(CompositorUpdate):
    """What Textual would paint, less what the terminal shows already; compared when it is written."""

    def __init__(self, shown: Shown, update: ChopsUpdate | LayoutUpdate, size: Size) -> None:
        self.shown, self.update, self.size = shown, update, size

    def render_segments(self, console: Console) -> str:
        """Return the text for the terminal."""
        return self.shown.codes(self.update, self.size, console)


def _lines_of(update: ChopsUpdate | LayoutUpdate) -> Iterator[tuple[int, Iterator[tuple[int, Strip]]]]:
    """Yield each line that an update paints: its place, and where in it which cells come."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield y, _side_by_side(strips, update.region.x)
    else:
        for y, first, last in update.spans:
            yield y, _within(update, y, first, last)


def _side_by_side(strips: Iterable[Strip], x: int) -> Iterator[tuple[int, Strip]]:
    for strip in strips:
        yield x, strip
        x += strip.cell_length


def _within(update: ChopsUpdate, y: int, first: int, last: int) -> Iterator[tuple[int, Strip]]:
    for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
        if strip is not None and x <= last and end > first:
            yield x, strip if end <= last else strip.crop(0, last - x)


def erases_in_colour() -> bool:
    """Say whether this terminal erases in the colour that is set (``bce`` of terminfo), not in its own."""
    try:
        import curses
    except ImportError:  # Windows
        return False
    try:
        curses.setupterm()
    except (curses.error, OSError, ValueError):  # no such terminal, or none at all
        return False
    return curses.tigetflag("bce") > 0
