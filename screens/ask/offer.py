"""A sum in what the customer hears: is it an offer, or none? Asked once, when it is saved."""

from collections.abc import Mapping
from time import monotonic

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.present.ink import KEY, LATE, SOFT, line
from workbench.domain.errors import OfferError
from workbench.domain.text import safe_text
from workbench.wording import settling
from workbench.words import _

KEYS: Mapping[str, settling.Offer] = {"1": "offer", "2": "none", "Esc": "back"}
ON_MANY: Mapping[str, settling.Offer] = {"2": "none", "Esc": "back"}  # a sum is given case by case


class OfferQuestion(ModalScreen[settling.Offer]):
    """Two choices on the digits, which an input method lets through; Enter chooses none of them."""

    def __init__(
        self,
        why: OfferError,
        limit: str = "",
        *,
        recorded: bool = True,
        keys: Mapping[str, settling.Offer] = KEYS,
    ) -> None:
        super().__init__()
        self.choices = keys
        self.why, self.limit, self.recorded = why, limit, recorded
        self.asked_at = monotonic()

    def compose(self) -> ComposeResult:
        """Name the sum and the limit, then the choices."""
        said = _('"{said}" is a sum, and none is granted. What is it?').format(said=safe_text(self.why.named))
        with Vertical(id="conflict"):
            yield Static(line((said, LATE)))
            if self.limit:
                yield Static(line((safe_text(self.limit), SOFT)))
            labels = dict(settling.OFFER) | ({} if self.recorded else {"offer": settling.OFFER_FIRST})
            for key, choice in self.choices.items():
                yield Static(line((f" {key} ", KEY), " ", _(labels[choice])))

    def on_key(self, event: events.Key) -> None:
        """Choose; a key from before the question is no answer."""
        event.stop()
        event.prevent_default()
        if event.time < self.asked_at:
            return
        typed = "Esc" if event.key == "escape" else event.character or ""
        if typed in self.choices:
            self.dismiss(self.choices[typed])
