"""One field of a form: its label, what it is filled in with, and what is said of its value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from screens.ask import choices
from screens.ask.controls import LineControl, TextControl
from screens.ask.echo import echo
from screens.ask.marking import Speech, SpokenControl
from screens.ask.names_control import NameControl, PeopleControl
from screens.ask.options import Choice, Toggles
from screens.present.ink import LATE, SOFT, line
from workbench.domain.cases import Case
from workbench.domain.policies import Policy
from workbench.domain.text import safe_text
from workbench.rules.action import Field
from workbench.words import _

Control = LineControl | TextControl | Choice | Toggles
Options = Sequence[tuple[str, str]]


class Note(Static):
    """The line under a control; empty it takes none, and it comes into sight once it has its place."""

    def __init__(self, placed: Callable[[], None]) -> None:
        super().__init__("", markup=False, classes="note")
        self._placed = placed

    def on_resize(self, _event: events.Resize) -> None:
        """Follow: before this the line has no height to be brought into sight."""
        self._placed()


class FieldRow(Vertical):
    """A label, its control, and under it what the value means or what is wrong with it."""

    def __init__(self, field: Field, control: Control) -> None:
        super().__init__(classes=f"field -{field.kind.partition(':')[0]}")
        self.field, self.control = field, control
        self.fault: str | None = None  # the value that was complained about
        self.told = ("", "")  # a value that nobody typed, and where it is from
        self.label = Static(line(_(field.label), (" *", LATE) if field.required else ""), classes="label")
        self.note = Note(self._follow)

    def compose(self) -> ComposeResult:
        """Lay out label and control side by side."""
        with Horizontal(classes="entry"):
            yield self.label
            yield self.control
        yield self.note

    def know(self, known: Mapping[str, Sequence[str]]) -> None:
        """Complete what is typed here from what is known by now."""
        if isinstance(self.control, LineControl):
            self.control.know(_names(self.field, known))

    def enter(self) -> None:
        """Let the keys go here."""
        self.control.focus()
        self.scroll_visible(animate=False)

    def tell(self, text: str) -> None:
        """Say where the value that stands there is from, as long as it stands there."""
        self.told = (self.control.typed, text)
        self.say(text, SOFT)

    def complain(self, sentence: str) -> None:
        """Say what is wrong, until somebody changes the value."""
        self.fault = self.control.typed
        self.say("! " + sentence, LATE)

    def say(self, text: str, style: str) -> None:
        """Show a sentence under the control; an empty one takes no line."""
        if text == str(self.note.content):
            return
        self.note.update(line((safe_text(text), style)))
        self.note.set_class(bool(text), "-said")
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Bring the line that came into sight where the keys go here, and the terminal's cursor along.

        An input method writes where that cursor stands.
        """
        if not self.control.has_focus:
            return
        self.scroll_visible(animate=False)
        if isinstance(self.control, LineControl | TextControl):
            self.app.cursor_position = self.control.cursor_screen_offset
            self.control.refresh()

    def echo(self, now: datetime, policy: Policy) -> None:
        """Show what the value will be taken for; what may be typed is said only where somebody types.

        What was wrong with the value stands until somebody changes it.
        """
        if self.fault == self.control.typed:
            return
        self.fault = None
        if isinstance(self.control, SpokenControl):
            self.say(*self.control.advice())
            return
        if self.control.typed and self.told[0] == self.control.typed:
            self.say(self.told[1], SOFT)
            return
        if isinstance(self.control, NameControl) and self.control.has_focus:
            self.say(self.control.advice(), SOFT)
            return
        said, style = echo(self.field, self.control.typed, now, policy)
        self.say(said if self.control.typed or self.control.has_focus else "", style)


def control_of(
    field: Field,
    given: Mapping[str, str],
    case: Case | None,
    known: Mapping[str, Sequence[str]],
    speech: Speech | None,
    options: Mapping[str, Options],
) -> Control:
    """Return what a field is filled in with, holding what is ``given`` for it."""
    value = given.get(field.name, choices.default(field, case))
    if field.kind == "text":
        return SpokenControl(value, speech) if field.spoken and speech else TextControl(value)
    if field.kind == "flags":
        return Toggles(options[field.name], value)
    if field.name in options:
        return Choice(options[field.name], value)
    if field.kind == "people":
        return PeopleControl(value, _names(field, known))
    if field.kind == "person":
        return NameControl(value, _names(field, known))
    return LineControl(value, _names(field, known))


def _names(field: Field, known: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return what a line may be completed to: by the field, by what it chooses among, by its kind."""
    of_choice = known.get(field.choices, ()) if isinstance(field.choices, str) else ()
    kind = "person" if field.kind == "people" else field.kind
    return [*known.get(field.name, ()), *of_choice, *known.get(kind, ())]
