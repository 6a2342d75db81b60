"""How list, case and what is asked share the screen: a form never hides the case that it is about."""

from collections.abc import Callable, Sequence
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from screens.ask.form import Form
from screens.ask.panel import AskPanel
from screens.case_pane import CasePane

FEW_FIELDS = 4  # with the lines that a text has, and those that say what a value is taken for


class Room:
    """Shares the screen out anew whenever a pane or a question comes or goes."""

    def __init__(self, screen: Screen[Any], panel: AskPanel, fit: Callable[[], None]) -> None:
        self.screen, self.panel, self.fit = screen, panel, fit

    def has_place(self, pane: Widget, top: Widget | None) -> bool:
        """Say whether a pane is seen, where ``top`` lies over the others."""
        return pane is top and not self._on_card(top)

    def share(self, panes: Sequence[Widget]) -> None:
        """Show what there is room for; of ``panes`` the last lies over the others."""
        top = panes[-1] if panes else None
        on_card = self._on_card(top)
        self.screen.set_class(self._filling, "-filling")
        self.screen.set_class(self._crowded, "-crowded")
        self.screen.set_class(on_card, "-on-card")
        self.screen.query_one("#list").display = top is None or on_card
        for pane in panes:
            pane.display = self.has_place(pane, top)
        self.screen.call_after_refresh(self.fit)

    def _on_card(self, top: Widget | None) -> bool:
        """Say whether the card stands in for the case that is read: a form leaves room for no more."""
        return not self.screen.has_class("-tall") and isinstance(top, CasePane) and self._filling

    @property
    def _crowded(self) -> bool:
        """Whether a form has more fields than the strip has lines: the list gives way, the card stays."""
        form = self.panel.question
        return isinstance(form, Form) and len(form.rows) > FEW_FIELDS

    @property
    def _filling(self) -> bool:
        return isinstance(self.panel.question, Form)
