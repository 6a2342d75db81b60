"""Somebody acted on the case meanwhile: apply mine to the new state, keep only my note, or reload."""

from time import monotonic
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.present.ink import KEY, LATE, line
from workbench.domain.text import safe_text
from workbench.words import N_, _

Choice = Literal["apply", "note", "reload"]

CHOICES: tuple[tuple[Choice, str], ...] = (
    ("apply", N_("apply mine to the new state")),
    ("note", N_("keep only what I wrote, as a note")),
    ("reload", N_("reload and look; what I typed is kept as a draft")),
)


class Conflict(ModalScreen[Choice]):
    """Three choices on the digits, which an input method lets through; Enter chooses none of them."""

    def __init__(self, sentence: str, changes: Content, *, has_text: bool) -> None:
        super().__init__()
        self.sentence, self.changes = sentence, changes
        self.asked_at = monotonic()
        offered = [choice for choice, _label in CHOICES if has_text or choice != "note"]
        self.by_key = {str(at): choice for at, (choice, _label) in enumerate(CHOICES, 1) if choice in offered}

    def compose(self) -> ComposeResult:
        """Say what happened, then the choices."""
        labels = dict(CHOICES)
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
