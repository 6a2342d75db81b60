"""A page of text that is drawn line by line: of what changes, only the changed lines go to the terminal."""

from collections.abc import Callable

from rich.segment import Segment
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


class Sheet(ScrollView, can_focus=True):
    """Text in one or more parts under one another; each part can be jumped to."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.parts: tuple[Content, ...] = ()
        self.lines: list[Strip] = []
        self.starts: list[int] = []  # the first line of each part
        self._wanted_part: int | None = None
        self.resized: Callable[[], None] = lambda: None  # draws again what is made for one size

    @property
    def text_width(self) -> int:
        """How many cells a line has beside the scroll bar."""
        return self.scrollable_content_region.width

    def show(self, *parts: Content) -> None:
        """Show the parts; the place where somebody reads stays."""
        self.parts = parts
        self._lay_out()

    def on_resize(self, event: Resize) -> None:
        """Wrap the text again."""
        self._lay_out()
        self.resized()

    def move(self, by: int) -> None:
        """Scroll by lines."""
        self.go(self.scroll_offset.y + by)

    def page(self, by: int) -> None:
        """Scroll by screens."""
        self.move(by * max(self.size.height - 1, 1))

    def go(self, position: int) -> None:
        """Go to a line, or as far towards the end as there is text."""
        self.scroll_to(y=max(position, 0), animate=False, force=True)

    def go_to_part(self, part: int) -> None:
        """Go to where a part begins, as soon as there is one."""
        if part < len(self.starts):
            self._wanted_part = None
            self.call_after_refresh(self.go, self.starts[part])
        else:
            self._wanted_part = part

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        at = y + self.scroll_offset.y
        if at < len(self.lines):
            return self.lines[at]
        return Strip.blank(self.size.width, self.rich_style)

    def _lay_out(self) -> None:
        width, height = self.text_width, self.size.height
        if not width:
            return
        old, self.lines, self.starts = self.lines, [], []
        for part in self.parts:
            self.starts.append(len(self.lines))
            self.lines += Visual.to_strips(self, part, width, None, self.visual_style, pad=True)
        room = Size(width, max(len(self.lines), height))
        if room != self.virtual_size:
            self.virtual_size = room
        if self._wanted_part is not None:
            self.go_to_part(self._wanted_part)
        blank = Strip([Segment("")])
        seen = self.scroll_offset.y
        for at in range(seen, seen + height):
            was = old[at] if at < len(old) else blank
            now = self.lines[at] if at < len(self.lines) else blank
            if was != now:
                self.refresh_line(at)
