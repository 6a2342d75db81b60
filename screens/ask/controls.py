"""The fields of a form in which text is typed: none draws a frame, and each gives back what was typed."""

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.css.styles import RenderStyles
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.suggester import SuggestFromList
from textual.widgets import Input, TextArea

from screens.ask import veil
from screens.pasting import brings_text, with_line_feeds
from workbench.domain.text import safe_text


class Changed(Message):
    """A control holds another value."""


class Step(Message):
    """The person wants to go on to the next field, or back to the one before."""

    def __init__(self, by: int, *, may_submit: bool = False) -> None:
        super().__init__()
        self.by, self.may_submit = by, may_submit


class Drawn:
    """Draws nothing once it has gone: a screen may be painted once more before it is laid out without it.

    No widget itself: Textual takes styles and keys from the first base that is one.
    """

    _component_styles: dict[str, RenderStyles]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw these lines, blank where the styles have gone with the widget."""
        if not self._component_styles:
            return [Strip.blank(crop.width)] * crop.height
        drawn: list[Strip] = super().render_lines(crop)  # type: ignore[misc]
        return drawn


class LineControl(Drawn, Input):
    """One line of text."""

    def __init__(self, text: str, known: Sequence[str] = ()) -> None:
        super().__init__(_one_line(text), compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.know(known)

    def know(self, known: Sequence[str]) -> None:
        """Complete what is typed to one of these."""
        offered = offerable(known)
        self.suggester = SuggestFromList(offered, case_sensitive=False) if offered else None

    @property
    def typed(self) -> str:
        """The value as typed."""
        return veil.off(self.value)

    @property
    def _value(self) -> Text:
        """The value as Textual draws it."""
        return Text(veil.draw(self.value), no_wrap=True, overflow="ignore", end="")

    def put(self, text: str) -> None:
        """Replace the value."""
        self.value = _one_line(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(Changed())

    def on_paste(self, event: events.Paste) -> None:
        """Take every line of what is pasted, as one."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(_one_line(event.text))

    def on_key(self, event: events.Key) -> None:
        """Walk through the form."""
        step = {"up": -1, "down": 1, "enter": 1}.get(event.key)
        if step is not None:
            event.stop()
            event.prevent_default()
            self.post_message(Step(step, may_submit=event.key == "enter"))
        elif brings_text(event):
            event.stop()
            self.insert_text_at_cursor(_one_line(event.character or ""))


class TextControl(Drawn, TextArea):
    """Several lines of text; the arrows leave it at its ends."""

    def __init__(self, text: str) -> None:
        super().__init__(_lines(text), compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Go on after what stands there."""
        self.move_cursor(self.document.end)

    @property
    def typed(self) -> str:
        """The value as typed."""
        return veil.off(self.text)

    def put(self, text: str) -> None:
        """Replace the value."""
        self.load_text(_lines(text))

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is drawn."""
        return Text(veil.draw(self.document.get_line(line_index)), end="", no_wrap=True)

    async def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as it came."""
        event.text = veil.over(event.text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(Changed())

    def on_key(self, event: events.Key) -> None:
        """Walk through the form from the first and the last line."""
        before, after = self.cursor_at_first_line, self.cursor_at_last_line
        step = -1 if event.key == "up" and before else 1 if event.key == "down" and after else 0
        if step:
            event.stop()
            event.prevent_default()
            self.post_message(Step(step))
        elif brings_text(event):
            event.stop()
            self.insert(veil.over(event.character or ""))


def offerable(known: Sequence[str]) -> list[str]:
    """Return what a line may be completed to: a completion is drawn as it is."""
    return [name for name in known if safe_text(name) == name]


def _one_line(text: str) -> str:
    """Return ``text`` as a field of one line holds it."""
    return veil.over(" ".join(with_line_feeds(text).strip("\n").split("\n")), lines=False)


def _lines(text: str) -> str:
    """Return ``text`` as a field of several lines holds it."""
    return veil.over(with_line_feeds(text))
