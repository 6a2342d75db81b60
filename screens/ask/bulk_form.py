"""The form of one act on many cases: what is asked once for all, and how many it will be done to."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from screens.ask.form import Form
from screens.ask.marking import Speech
from screens.present.ink import SOFT, TITLE, line
from workbench.actions import batch
from workbench.domain.text import safe_text
from workbench.rules.action import Action
from workbench.words import _

if TYPE_CHECKING:
    from screens.bulk import BulkRunner, Foreseen


class BulkForm(Form, can_focus=True):
    """Asks once what an act needs; where a template has facts of a case it leaves gaps: they differ."""

    def __init__(self, bulk: "BulkRunner", found: "Foreseen", given: Mapping[str, str]) -> None:
        desk, rules = bulk.host.desk, bulk.host.desk.rules()
        count = _("marked cases: {n}").format(n=len(found.fates))
        super().__init__(
            line((_(found.action.title), TITLE), ("  " + count, SOFT)),
            batch.fields(found.action),
            rules.policy,
            desk.now,
            given,
            known=found.known,
            speech=Speech(desk, rules),
        )
        self.bulk, self.found = bulk, found
        self.draft_key = draft_key(found.action) if self.rows else ""
        self._fresh.update(found.typed)

    def compose(self) -> ComposeResult:
        """Lay out the form; above it stands what would come of it."""
        title, *rest = super().compose()
        yield title
        yield Static(safe_text(self.found.said), markup=False, classes="request")
        yield from rest

    def begin(self) -> None:
        """Begin in the first field; an act that asks for nothing waits for the key that saves."""
        super().begin()
        if not self.rows:
            self.focus()

    def store(self, typed: Mapping[str, str]) -> None:
        """Carry the act out on each case."""
        self.bulk.carry_out(self, typed)

    def again(self, draft: Mapping[str, str]) -> None:
        """Ask again; the draft is this window's by now, and comes with the form."""
        self.bulk.ask(self.found)

    def on_form_edited(self, event: Form.Edited) -> None:
        """Keep what was typed so far."""
        event.stop()
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep a draft in the background; it comes back with the form."""
        if self.draft_key and not self.put_away:
            self.bulk.host.keep_draft(self.draft_key, self.draft)

    def declined(self) -> None:
        """Show the list again: nothing was done."""
        self.bulk.host.back()

    def enter(self, by: int) -> None:
        """Begin at the first field, or at the last one; where there is none, stay."""
        if self.rows:
            super().enter(by)

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the form; one without fields has none of its own."""
        return super().hints() if self.rows else []


def draft_key(action: Action) -> str:
    """Return where the draft of the form of ``action`` on many cases is kept."""
    return f"many:{action.id}"
