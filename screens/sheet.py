"""A page of text that is drawn line by line: of what changes, only the changed lines go to the terminal."""

from collections.abc import Callable

from rich.cells import cell_len
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

Key = tuple[object, ...]


class Paragraph:
    """A line as it was written, and those that it takes on the page; these are made when one is looked at."""

    def __init__(self, text: Content, page: "Sheet", width: int) -> None:
        self.text, self.page, self.width = text, page, width
        self._made: list[Strip] = []
        self._look: Key = ()
        # one that has room for all of its cells is one line; of the others only wrapping tells how many
        fits = "\t" not in text.plain and cell_len(text.plain) <= width
        self.height = 1 if fits else len(self.lines())

    def lines(self) -> list[Strip]:
        """Return the lines, in the colours of now."""
        if (look := self.page.look) != self._look:
            self._look = look
            style = self.page.visual_style
            self._made = Visual.to_strips(self.page, self.text, self.width, None, style, pad=True)
        return self._made


class Sheet(ScrollView, can_focus=True):
    """Text in one or more parts under one another; each part can be jumped to."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.set_reactive(Sheet.auto_links, False)  # there are none
        self.parts: tuple[Content, ...] = ()
        self._lines: list[tuple[Paragraph, int]] = []  # of the page: which line of which paragraph
        self._paragraphs: dict[Key, Paragraph] = {}
        self.starts: list[int] = []  # the first line of each part
        self._wanted_part: int | None = None
        self._room = Size(0, 0)  # in which it was seen last
        self.resized: Callable[[], None] = lambda: None  # draws again what is made for one size

    @property
    def text_width(self) -> int:
        """How many cells a line has beside the scroll bar; out of sight, how many it had."""
        return self.scrollable_content_region.width or self._room.width

    @property
    def lines(self) -> list[Strip]:
        """The whole page as it is drawn."""
        return [paragraph.lines()[part] for paragraph, part in self._lines]

    @property
    def look(self) -> Key:
        """What the colours of a line depend on."""
        return self.visual_style, self.app.theme

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
        if at < len(self._lines):
            paragraph, part = self._lines[at]
            return paragraph.lines()[part]
        return Strip.blank(self.size.width, self.rich_style)

    def _lay_out(self) -> None:
        width, height = self.text_width, self.size.height or self._room.height
        if not width:
            return
        self._room = Size(width, height)
        old, self._lines, self.starts = self._lines, [], []
        before, self._paragraphs = self._paragraphs, {}
        for part in self.parts:
            self.starts.append(len(self._lines))
            for text in part.split(allow_blank=True):
                paragraph = self._paragraph(text, width, before)
                self._lines += ((paragraph, at) for at in range(paragraph.height))
        room = Size(width, max(len(self._lines), height))
        if room != self.virtual_size:
            self.virtual_size = room
        if self._wanted_part is not None:
            self.go_to_part(self._wanted_part)
        seen = self.scroll_offset.y
        for at in range(seen, seen + height):
            if old[at : at + 1] != self._lines[at : at + 1]:
                self.refresh_line(at)

    def _paragraph(self, text: Content, width: int, before: dict[Key, Paragraph]) -> Paragraph:
        """Return ``text`` as it was laid out ``before``, where it stood on the page."""
        key = (width, text.plain, *text.spans)
        found = self._paragraphs.get(key) or before.get(key) or Paragraph(text, self, width)
        self._paragraphs[key] = found
        return found
