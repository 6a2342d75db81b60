"""The controls of a form: each holds its value as typed text, and none draws a frame."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, TextArea

from screens.queue.columns import cells
from workbench.domain.text import fold, safe_text

NUMBER_PAUSE_SECONDS = 1.0


class Changed(Message):
    """A control holds another value."""


class Step(Message):
    """The person wants to go on to the next field, or back to the one before."""

    def __init__(self, by: int, *, may_submit: bool = False) -> None:
        super().__init__()
        self.by, self.may_submit = by, may_submit


class LineControl(Input):
    """One line of text."""

    def __init__(self, text: str, known: Sequence[str] = ()) -> None:
        suggester = SuggestFromList(known, case_sensitive=False) if known else None
        super().__init__(_one_line(text), compact=True, select_on_focus=False, suggester=suggester)
        self.cursor_blink = False

    @property
    def typed(self) -> str:
        """The value as typed."""
        return self.value

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


class TextControl(TextArea):
    """Several lines of text; the arrows leave it at its ends."""

    def __init__(self, text: str) -> None:
        super().__init__(safe_text(text, newlines=True), compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    @property
    def typed(self) -> str:
        """The value as typed."""
        return self.text

    def put(self, text: str) -> None:
        """Replace the value."""
        self.load_text(safe_text(text, newlines=True))

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


class Options(Widget, can_focus=True):
    """One line of numbered options; typing a number or the first letters goes to one."""

    COMPONENT_CLASSES: ClassVar = {"options--here", "options--on"}

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.options = [(value, safe_text(label)) for value, label in options]
        self.here = 0
        self._sought = ""
        self._sought_at = 0.0

    def label(self, at: int) -> str:
        """Return how option ``at`` is written, with its number."""
        return f"{at + 1} {self.options[at][1]}"

    def is_on(self, at: int) -> bool:
        """Say whether option ``at`` is chosen."""
        return False

    def choose(self, at: int) -> None:
        """Do what moving to option ``at`` means."""
        self.here = at
        self.refresh()

    def on_focus(self) -> None:
        """Show that the keys go here now."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that they no longer do."""
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Move among the options, or walk through the form."""
        if event.key in ("left", "right"):
            self.choose((self.here + (1 if event.key == "right" else -1)) % len(self.options))
        elif event.key in ("up", "down", "enter"):
            self.post_message(Step(-1 if event.key == "up" else 1, may_submit=event.key == "enter"))
        elif event.character and event.character.isprintable() and event.character != " ":
            self._seek(event.character, event.time)
        else:
            return
        event.stop()
        event.prevent_default()

    def _seek(self, character: str, at: float) -> None:
        """Go to the option that what was typed lately begins: its number, its id or its word."""
        joined = (
            self._sought + fold(character) if at - self._sought_at < NUMBER_PAUSE_SECONDS else fold(character)
        )
        self._sought_at = at
        for sought in (joined, fold(character)):
            found = self._found(sought)
            if found is not None:
                self._sought = sought
                self.choose(found)
                return
        self._sought = ""

    def _found(self, sought: str) -> int | None:
        if sought.isdecimal():
            at = int(sought) - 1
            return at if 0 <= at < len(self.options) else None
        for at, (value, label) in enumerate(self.options):
            if value.startswith(sought) or fold(label).startswith(sought):
                return at
        return None

    def render_line(self, y: int) -> Strip:
        """Draw the options around the one under the cursor."""
        base = self.rich_style
        if y:
            return Strip.blank(self.size.width, base)
        segments, width, start = [], self.size.width, self._first_shown()
        segments.append(Segment("< " if start else "  ", base))
        free = width - 4
        for at in range(start, len(self.options)):
            text = f"[{self.label(at)}]" if self.is_on(at) else f" {self.label(at)} "
            free -= cells(text)
            if free < 0:
                segments.append(Segment(">", base))
                break
            here = self.has_focus and at == self.here
            name = "options--here" if here else "options--on" if self.is_on(at) else None
            segments.append(Segment(text, self.get_component_rich_style(name) if name else base))
        return Strip(segments).adjust_cell_length(width, base)

    def _first_shown(self) -> int:
        """Return the first option that is drawn, so that the one under the cursor is in sight."""
        free, start = self.size.width - 6, self.here
        while start >= 0:
            free -= cells(self.label(start)) + 2
            if free < 0:
                break
            start -= 1
        return min(start + 1, self.here)


class Choice(Options):
    """One of several."""

    def __init__(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        super().__init__(options)
        self.put(chosen)

    @property
    def typed(self) -> str:
        """The id of the option chosen."""
        return self.options[self.here][0] if self.options else ""

    def put(self, value: str) -> None:
        """Choose ``value``; the first option if it is not among them."""
        self.here = next((at for at, (option, _label) in enumerate(self.options) if option == value), 0)
        self.refresh()

    def is_on(self, at: int) -> bool:
        """Say whether option ``at`` is the one chosen."""
        return at == self.here

    def choose(self, at: int) -> None:
        """Choose an option."""
        super().choose(at)
        self.post_message(Changed())


class Toggles(Options):
    """Any of several; the space bar or the number sets and clears."""

    def __init__(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        super().__init__(options)
        self.on: set[str] = set()
        self.put(chosen)

    @property
    def typed(self) -> str:
        """The ids chosen, joined by commas, in the order of the policy."""
        return ",".join(value for value, _label in self.options if value in self.on)

    def put(self, value: str) -> None:
        """Set exactly the ids in ``value``."""
        self.on = {part for part in value.split(",") if part}
        self.refresh()

    def label(self, at: int) -> str:
        """Return how option ``at`` is written: a box, set or not."""
        box = "x" if self.options[at][0] in self.on else " "
        return f"{at + 1}[{box}]{self.options[at][1]}"

    def on_key(self, event: events.Key) -> None:
        """Set or clear; the rest as with every choice."""
        if event.key == "space" or (event.character or "").isdecimal():
            if event.key != "space":
                self._seek(event.character or "", event.time)
            self.on ^= {self.options[self.here][0]}
            self.refresh()
            self.post_message(Changed())
            event.stop()
            event.prevent_default()
            return
        super().on_key(event)


def _one_line(text: str) -> str:
    return safe_text(" ".join(text.split("\n")))
