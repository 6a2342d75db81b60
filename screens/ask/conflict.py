"""Somebody acted on the case meanwhile: apply mine to the new state, keep only my note, or reload."""

from time import monotonic

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.present.ink import KEY, LATE, line
from workbench.domain.text import safe_text
from workbench.wording import settling
from workbench.words import _


class Conflict(ModalScreen[settling.Conflict]):
    """Three choices on the digits, which an input method lets through; Enter chooses none of them."""

    def __init__(self, sentence: str, changes: Content, *, has_text: bool) -> None:
        super().__init__()
        self.sentence, self.changes = sentence, changes
        self.asked_at = monotonic()
        numbered = enumerate(settling.CONFLICT, 1)
        self.by_key = {str(at): choice for at, (choice, _label) in numbered if has_text or choice != "note"}

    def compose(self) -> ComposeResult:
        """Say what happened, then the choices."""
        labels = dict(settling.CONFLICT)
        with Vertical(id="conflict"):
            yield Static(line((safe_text(self.sentence), LATE)))
            yield Static(self.changes, id="conflict-changes")
            for key, choice in self.by_key.items():
                yield Static(line((f" {key} ", KEY), " ", _(labels[choice])))

    def on_key(self, event: events.Key) -> None:
        """Choose; Esc looks first, which changes nothing. A key from before the question is no answer."""
        event.stop()
        event.prevent_default()
        if event.time < self.asked_at:
            return
        typed = "3" if event.key == "escape" else event.character or ""
        if typed in self.by_key:
            self.dismiss(self.by_key[typed])
