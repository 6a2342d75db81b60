"""One case whole, in place of the list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from textual.events import Resize

from screens.present import case_text
from screens.present.dossier import Dossier
from screens.present.reckoning import reckoning
from screens.sheet import Sheet


class CasePane(Sheet):
    """Everything about one case: facts, clocks, words, timeline, and how each due time comes about."""

    def __init__(self) -> None:
        super().__init__("case")
        self.case_id: int | None = None  # which is shown, or being read
        self.dossier: Dossier | None = None
        self.customers: dict[int, Mapping[str, Any]] = {}  # what is known of the customer of a case
        self._shown: tuple[Dossier | None, Mapping[str, Any] | None, int] = (None, None, 0)  # and how wide
        self.display = False

    def begin(self) -> None:
        """Be an empty page, whatever case was read before."""
        self.case_id, self.dossier, self.customers, self._shown = None, None, {}, (None, None, 0)
        self._wanted_part = None
        self.show()
        self.go(0)

    def show_case(self, dossier: Dossier) -> None:
        """Show a case as it is known, as soon as it is known how wide it may be."""
        self.case_id = dossier.case.case_id
        self.dossier = dossier
        known, width = self.customers.get(self.case_id), self.text_width
        was, of_whom, as_wide = self._shown
        # a screen that comes to rest asks several times for what stands there
        if width and not (was is dossier and of_whom is known and as_wide == width):
            self._shown = dossier, known, width
            dossier = replace(dossier, customer=known)
            self.show(case_text.whole(dossier, width), reckoning(dossier))

    def show_customer(self, case_id: int, known: Mapping[str, Any]) -> None:
        """Show the customer's part, which takes longer to read, unless another case is shown by now."""
        self.customers = {case_id: known}
        if self.dossier is not None and self.dossier.case.case_id == case_id:
            self.show_case(self.dossier)

    def on_resize(self, event: Resize) -> None:
        """Fit the facts to the new width."""
        if self.dossier is not None:
            self.show_case(self.dossier)

    def go_to_reckoning(self) -> None:
        """Jump to how the due times come about."""
        self.go_to_part(1)
