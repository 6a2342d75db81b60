"""How list, case and what is asked share the screen: a form never hides the case that it is about."""

from collections.abc import Callable, Sequence
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from screens.ask.form import Form
from screens.ask.panel import MENUS, AskPanel
from screens.list_pane import HeadedPane
from screens.pane import FormPane, Pane
from screens.sheet import Sheet
from screens.standing import stand

LIST_OR_CARD = ("-flat", "-tiny", "-low")  # sizes that have no room for both above the strip


class Room:
    """Says what stands in each of the three places of the frame: list, card, strip; no place ever moves."""

    def __init__(self, screen: Screen[Any], panel: AskPanel, fit: Callable[[], None]) -> None:
        self.screen, self.panel, self.fit = screen, panel, fit
        self.top: Widget | None = None  # the pane that lies over the others
        self.list_pane: HeadedPane | None = None  # the list in place of the queue, also under a case
        self.beside = True  # whether the case is shown while nothing else asks for its place

    def has_place(self, pane: Widget, top: Widget | None) -> bool:
        """Say whether a pane is seen, where ``top`` lies over the others."""
        return pane is top and not (_is_whole(pane) and self._on_card(top))

    def share(self, panes: Sequence[Widget]) -> None:
        """Show what there is room for; of ``panes`` the last lies over the others."""
        self.top = top = panes[-1] if panes else None
        self.list_pane = next((pane for pane in reversed(panes) if isinstance(pane, HeadedPane)), None)
        on_card = self._on_card(top)
        self.screen.query_one("#work").display = not _is_whole(top) or on_card
        stand(
            self.screen,
            on_card=on_card,
            recording=isinstance(top, FormPane),
            earlier=isinstance(top, FormPane) and bool(top.in_list.display),
            listing=self.list_pane is not None,
        )
        for pane in panes:
            pane.display = self.has_place(pane, top)
        self.screen.call_after_refresh(self.fit)

    def preview(self, *, beside: bool) -> None:
        """Show the case beside or under the list, or leave its place to the list."""
        self.beside = beside
        stand(self.screen, no_preview=not beside)
        self.screen.call_after_refresh(self.fit)

    @property
    def is_roomy(self) -> bool:
        """Whether the place of the card takes more than the few lines of a card."""
        if self._is_wide:
            return not self._is_low
        return self.screen.has_class("-full") and self.screen.has_class("-broad")

    @property
    def shows_card(self) -> bool:
        """Whether the case stands above the strip; if not, the strip shows it while nothing is asked."""
        if _is_whole(self.top):
            return self._on_card(self.top)
        return self._on_card(self.top) or (self.beside and (self._is_wide or not self._is_low))

    def _on_card(self, top: Widget | None) -> bool:
        """Say whether the card stands in for list or case: a form or a menu leaves room for no more."""
        if self.panel.kind in MENUS:
            return _is_whole(top)
        if not isinstance(self.panel.question, Form):
            return False
        if _is_whole(top):
            return not self.screen.has_class("-full")
        return self._is_low and not self._is_wide

    @property
    def _is_low(self) -> bool:
        return any(self.screen.has_class(name) for name in LIST_OR_CARD)

    @property
    def _is_wide(self) -> bool:
        return self.screen.has_class("-wide")


def _is_whole(pane: Widget | None) -> bool:
    """Say whether a pane takes the place of list and card."""
    return isinstance(pane, Sheet) or (isinstance(pane, Pane) and pane.WHOLE)
