"""The form for a new case: phone, words, what is answered at once, then the rest."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from screens.ask.controls import Changed
from screens.ask.field_row import FieldRow
from screens.ask.form import Form
from screens.ask.taken_over import TakenOver
from screens.drafts import RECORD
from workbench.actions.asking import ON_THE_SPOT, RECORDING
from workbench.domain.text import phone_key

if TYPE_CHECKING:
    from screens.record_pane import RecordPane

LEAST_DIGITS = 5  # of the shortest number that somebody rings
FIRST = ("phone", "text")  # a customer rings: who it is, what it is about, and what we answer at once
_BY_NAME = {field.name: field for field in RECORDING}
FIELDS = (
    *(_BY_NAME[name] for name in FIRST),
    *ON_THE_SPOT,
    *(field for field in RECORDING if field.name not in FIRST),
)


class RecordForm(Form):
    """The fields of a new case; its pane knows what to do with them."""

    draft_key = RECORD
    begins = FIRST
    begins_at_once = False  # it begins with its pane, which may be laid out for later

    def __init__(self, pane: "RecordPane", *given: Any, **known: Any) -> None:
        super().__init__(*given, **known)
        self.pane, self.taken_over = pane, TakenOver(self)
        self._suit()

    @property
    def draft(self) -> dict[str, str]:
        """What is worth keeping: what somebody typed, and nothing that came with the phone."""
        filled = self.taken_over.filled
        return {name: text for name, text in super().draft.items() if name not in filled}

    def passes(self, row: FieldRow) -> bool:
        """Pass over what belongs to an answer while there is none."""
        return not row.display

    def _suit(self) -> None:
        """Show what belongs to an answer once there is one."""
        answered = "outcome" in self.typed
        for row in self.rows:
            if row.field in ON_THE_SPOT[1:]:
                row.display = answered

    def step(self, by: int) -> bool:
        """Go on; before the first field stand the earlier cases."""
        return super().step(by) or (by < 0 and self.pane.earlier.enter())

    def on_changed(self, event: Changed) -> None:
        """Take away at once what came with another phone, and show what belongs to an answer."""
        self._suit()
        if self.taken_over.follow():
            self.pane.earlier.show([])

    def submit(self) -> None:
        """Store what was typed, and nothing that came with another phone."""
        self._keep_words()
        self.taken_over.follow()
        super().submit()

    def _keep_words(self) -> None:
        """Take what stands where the phone goes, and is none, for the words where there are none."""
        phone, text = (row.control for row in self.rows if row.field.name in FIRST)
        written = phone.typed.strip()
        is_phone = len(phone_key(written)) >= LEAST_DIGITS or not any(map(str.isalpha, written))
        if not is_phone and not text.typed.strip():
            text.put(written)
            phone.put("")

    def again(self, draft: Mapping[str, str]) -> None:
        """Ask with a draft filled in, in place of what stands there."""
        self.pane.again(draft)

    def store(self, typed: Mapping[str, str]) -> None:
        """Store the case."""
        self.pane.store(typed)
