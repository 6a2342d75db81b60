"""A line that looks for cases: counted while it is typed, its faults marked, earlier ones by the arrows."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Static
from textual.widgets.input import Selection

from screens.ask.controls import Changed, LineControl, Step
from screens.ask.panel import Question
from screens.background import background
from screens.host import Host
from screens.present.ink import LATE, SOFT, TITLE, line
from workbench.domain.errors import WorkbenchError
from workbench.domain.text import safe_text

PAUSE_SECONDS = 0.15  # after the last character, before it is counted


class MarkedLine(LineControl):
    """A line of which a part may be marked as wrong."""

    fault: tuple[int, int] | None = None  # from which character to which

    @property
    def _value(self) -> Text:
        """The value as Textual draws it."""
        drawn = super()._value
        if self.fault is not None:
            drawn.stylize("underline", *self.fault)
        return drawn


class SearchLine(Question):
    """Asks for one line; what stood there is marked, so that typing replaces it."""

    stored = False

    def __init__(self, host: Host, title: str, example: str, typed: str, earlier: Sequence[str]) -> None:
        super().__init__(classes="form")
        self.host = host
        self.title, self.example = title, example
        self.control = MarkedLine(typed)
        self.note = Static("", markup=False, classes="note -said")
        self._earlier = [*earlier, ""]
        self._at = len(self._earlier) - 1
        self._pause: Timer | None = None
        self._found = ""  # what was counted

    def compose(self) -> ComposeResult:
        """Lay out the line and what can be said of it."""
        yield Static(line((self.title, TITLE), ("  " + self.example, SOFT)))
        yield self.control
        yield self.note

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.control.focus()
        self.control.selection = Selection(0, len(self.control.value))
        self._say()

    def on_changed(self, event: Changed) -> None:
        """Say what is wrong or how it may go on; count at the next pause."""
        event.stop()
        self._found = ""
        self._say()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._count)

    def on_step(self, event: Step) -> None:
        """Enter takes the line; the arrows bring earlier ones."""
        event.stop()
        if event.may_submit:
            self.submit()
        elif 0 <= self._at + event.by < len(self._earlier):
            self._at += event.by
            self.control.put(self._earlier[self._at])
            self.control.cursor_position = len(self.control.value)

    def counted(self) -> str:
        """Return how many cases fit, in words; runs in the background."""
        raise NotImplementedError

    def offers(self) -> str:
        """Return how what is typed may go on."""
        return ""

    def wrong(self) -> tuple[tuple[int, int], str] | None:
        """Return which part of what is typed cannot be understood, and why."""
        return None

    def refuse(self, why: str) -> None:
        """Say what is wrong with the line."""
        self.note.update(line(("! " + safe_text(why), LATE)))

    def _say(self) -> None:
        wrong = self.wrong()
        self.control.fault = wrong[0] if wrong else None
        self.control.refresh()
        if wrong:
            self.refuse(wrong[1])
        else:
            said = "  ".join(part for part in (self._found, self.offers()) if part)
            self.note.update(line((safe_text(said), SOFT)))

    def _count(self) -> None:
        if not self.control.typed.strip() or self.wrong():
            return
        background(self, self.counted, self._counted, _in_silence, group="count", latest=True)

    def _counted(self, found: str) -> None:
        self._found = found
        self._say()


def _in_silence(_why: WorkbenchError) -> None:
    """Say nothing: what is wrong with the line is said beside it, and the store is read again at Enter."""
