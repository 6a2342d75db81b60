"""One form for every act, built from the fields that the act declares."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from screens.ask import choices
from screens.ask.controls import Changed, Step
from screens.ask.field_row import FieldRow, Options, control_of
from screens.ask.marking import Speech, unwise
from screens.ask.options import Choice
from screens.ask.panel import Question
from screens.present.ink import LATE, SOFT, TITLE, line
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError, WorkbenchError
from workbench.domain.policies import Policy
from workbench.domain.text import safe_text
from workbench.rules.action import Field
from workbench.words import _

PAUSE_SECONDS = 0.3


class Trouble(Static):
    """What is wrong with a form that asks for nothing; nothing takes no line."""

    def __init__(self) -> None:
        super().__init__("", markup=False, classes="trouble")

    def say(self, sentence: str) -> None:
        """Show a sentence, or nothing."""
        self.update(line((safe_text(sentence), LATE)))
        self.set_class(bool(sentence), "-said")


class Form(Question):
    """Fields to be filled in any order by keyboard; what is typed is kept until it is stored."""

    draft_key = ""  # under which what is typed is kept; empty where nothing is
    put_away = False  # nothing of it is kept any more: the draft is another form's by now
    begins_at_once = True  # once it is on the screen
    begins: tuple[str, ...] = ()  # fields in which somebody begins, besides those that have to be filled

    class Moved(Message):
        """The keys go to another field, or another part of it is seen."""

    class Edited(Message):
        """Something was typed, and then nothing for a moment."""

        def __init__(self, form: "Form") -> None:
            super().__init__()
            self.form = form

    def __init__(
        self,
        title: Content,
        fields: Sequence[Field],
        policy: Policy,
        now: Callable[[], datetime],
        given: Mapping[str, str],
        *,
        case: Case | None = None,
        known: Mapping[str, Sequence[str]] = MappingProxyType({}),
        speech: Speech | None = None,
        offered: Mapping[str, Options] = MappingProxyType({}),
    ) -> None:
        super().__init__(classes="form")
        self.heading, self.policy, self.now = Static(title, markup=False, classes="title"), policy, now
        chosen = {f.name: choices.of(f, policy, case) for f in fields if choices.is_chosen(f)}
        options = {**chosen, **offered}
        self.rows = [FieldRow(f, control_of(f, given, case, known, speech, options)) for f in fields]
        self._open = {name for name, found in offered.items() if len(found) > 1 and name not in given}
        self.trouble = Trouble()
        self._pause: Timer | None = None
        self.asked_about: list[str] = []  # what the spoken fields held when it was asked about them
        self.saving = False  # from the wish to store it until that is done or refused
        self._fresh = {f.name: choices.untouched(f, case, options) for f in fields}

    def compose(self) -> ComposeResult:
        """Lay out the title, the fields and the line for what went wrong."""
        yield self.heading
        yield from self.rows
        yield self.trouble

    def on_mount(self) -> None:
        """Begin; tell whenever another part of it is seen."""
        if isinstance(self.parent, Widget):
            self.watch(self.parent, "scroll_y", self.moved, init=False)
        if self.begins_at_once:
            self.begin()

    def begin(self) -> None:
        """Begin in the first field that has to be filled, or that says which of several is meant."""
        begins = self._open.union(self.begins)
        asked = (row for row in self.rows if row.field.required or row.field.name in begins)
        first = next((r for r in asked if isinstance(r.control, Choice) or not r.control.typed), None)
        if self.rows:
            begun = (row for row in reversed(self.rows) if row.field.name in self.begins)  # a draft: go on
            (first or next(begun, self.rows[0])).control.focus()
        self.echo()

    def again(self, draft: Mapping[str, str]) -> None:
        """Ask with ``draft``, in a form that keeps drafts under ``draft_key``."""
        raise NotImplementedError

    @property
    def typed(self) -> dict[str, str]:
        """Every value as typed; a field that was left empty is not there."""
        return {row.field.name: row.control.typed for row in self.rows if row.control.typed.strip()}

    @property
    def draft(self) -> dict[str, str]:
        """What is worth keeping: everything, once anything differs from an untouched form."""
        touched = any(row.control.typed != self._fresh[row.field.name] for row in self.rows)
        return self.typed if touched else {}

    def complain(self, option: str, sentence: str) -> None:
        """Show what is wrong beside its field and go there, or where the keys go; nothing typed is lost."""
        name = option.lstrip("-").replace("-", "_").lower()
        here = next((row for row in self.rows if row.control.has_focus), None)
        row = next((row for row in self.rows if row.field.name == name), here)
        if row is None:
            self.trouble.say(sentence)
            return
        row.complain(sentence)
        row.enter()

    def refused(self, why: WorkbenchError) -> None:
        """Show why it was not stored; what was typed stays."""
        self.complain(why.option if isinstance(why, UsageError) else "", str(why.said))
        self.post_message(self.Edited(self))

    def submit(self) -> None:
        """Store what was typed, once, unless something needed is missing."""
        if self.saving:
            return
        self.trouble.say("")
        for row in self.rows:
            row.fault = None
        self.echo()
        if not _complained(self) and not _asks(self):
            self.store(self.typed)

    def store(self, typed: Mapping[str, str]) -> None:
        """Do with what was typed what the form is for."""
        raise NotImplementedError

    def step(self, by: int) -> bool:
        """Go to the next or the previous field that asks for something; False at the ends."""
        at = next((i for i, row in enumerate(self.rows) if row.control.has_focus), 0)
        ahead = self.rows[at + 1 :] if by > 0 else self.rows[:at][::-1]
        row = next((row for row in ahead if not self.passes(row)), None)
        if row is not None:
            row.enter()
        return row is not None

    def passes(self, row: FieldRow) -> bool:
        """Say whether ``row`` asks for nothing as the form stands."""
        return False

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that do something in it, and how much of it is out of sight."""
        (key, word), *others = super().hints()
        below = fields_below(self)
        return [(key, _("{word}, {n} below").format(word=word, n=below) if below else word), *others]

    def on_key(self, event: events.Key) -> None:
        """Keep the tab key within the form."""
        if event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            by = 1 if event.key == "tab" else -1
            if not self.step(by):
                self.enter(by)

    def enter(self, by: int) -> None:
        """Begin at the first field, or at the last one for ``by`` below zero."""
        self.rows[0 if by > 0 else -1].enter()

    def on_step(self, event: Step) -> None:
        """Walk with the arrows; Enter in the last field submits."""
        event.stop()
        if not self.step(event.by) and event.may_submit:
            self.submit()

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def echo(self) -> None:
        """Say under each field what its value means."""
        for row in self.rows:
            row.echo(self.now(), self.policy)
        self.moved()

    def moved(self) -> None:
        """Tell that another part of the form is seen, once it is drawn."""
        self.call_after_refresh(self.post_message, self.Moved())

    def on_changed(self, event: Changed) -> None:
        """Say what the value means, and keep a draft at the next pause."""
        event.stop()
        self.echo()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(
            PAUSE_SECONDS, lambda: self.saving or self.post_message(self.Edited(self))
        )


def fields_below(form: Form) -> int:
    """Return how many fields lie under what is seen of the form."""
    seen = form.parent.region if isinstance(form.parent, Widget) else form.region
    return sum(row.region.height > 0 and row.region.y >= seen.bottom for row in form.rows)


def _complained(form: Form) -> bool:
    """Complain about the first required field that is empty; say whether there is one."""
    for row in form.rows:
        if row.field.required and not row.control.typed.strip():
            form.complain(row.field.name, _(row.field.left_empty))
            return True
    return False


def _asks(form: Form) -> bool:
    """Ask once about words that should not be said to a customer; saved again, they are stored so."""
    texts, says = unwise(row.control for row in form.rows)
    if not says or texts == form.asked_about:
        return False
    form.asked_about = texts
    form.complain("", _('"{says}" should not be said. Saved once more, it is stored so.').format(says=says))
    return True


def title(action_title: str, number: str, customer: str, limit: str = "") -> Content:
    """Return the first line of a form: what is done to which case, and how far one may go."""
    parts = [(_(action_title), TITLE), (safe_text(number), TITLE), (safe_text(customer), SOFT), (limit, SOFT)]
    return line(*(piece for part in parts if part[0] for piece in (part, "  ")))
