"""Where one goes after an act by key: nowhere, to the most urgent case, or back to the list.

A key that was meant for the case before must act on none that has come since: acts are refused until
somebody can have seen what has come, and for as long as they follow each other without a pause.
"""

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from screens.case_pane import CasePane
from workbench.configuration.settings import AFTER_ACT
from workbench.domain import acts
from workbench.domain.text import safe_text
from workbench.words import _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen

SEEN_SECONDS = 1.0  # from when a case is shown, or from the key before, until a key can be meant for it
SHOWN_SECONDS = 10.0  # within which a case is shown: more than a read may hold keys back
STAYS = frozenset({acts.TAKE.id, acts.UNDO.id, acts.SEEN.id})  # one takes a case to go on with it
AS_ACTS = frozenset({"next", "reveal", "copy_number"})  # commands that do something with the case


class AfterAct:
    """Goes on after what was stored, as the person wants it; knows whether a case has just come."""

    def __init__(self, screen: "QueueScreen", go: Callable[[str, int], None]) -> None:
        self.screen = screen
        self.go = go  # to the most urgent case, after what was said of an act, and on which case that was
        self._came: int | None = None  # what is not shown yet
        self._until = -inf  # monotonic seconds: until when keys were meant for another case

    def stored(self, act: str, case_id: int, said: str) -> None:
        """Go on after ``act``, of which ``said`` tells, where nothing else is asked of its case."""
        screen = self.screen
        where = screen.settings.preferences.value(AFTER_ACT)
        if act in STAYS or screen.asking or screen.reader.listing is not screen.table:
            return  # a list in place of the queue goes on by itself
        if where == "next":
            self.go(said, case_id)
        elif where == "back" and isinstance(screen.panes.top, CasePane):
            screen.panes.pop()
            self._until = monotonic() + SEEN_SECONDS

    def came(self, case_id: int) -> None:
        """Take note of a case that is about to be shown, and that no key before was meant for."""
        self._came, self._until = case_id, monotonic() + SHOWN_SECONDS

    def drawn(self) -> None:
        """Take note that what is looked at has been drawn."""
        dossier = self.screen.reader.dossier
        if self._came is not None and dossier is not None and dossier.case.case_id == self._came:
            self._came, self._until = None, monotonic() + SEEN_SECONDS

    def refuses(self, command: str, *, is_act: bool) -> bool:
        """Say whether ``command`` is refused now, and tell so: it was meant for the case before."""
        if not (is_act or command in AS_ACTS) or monotonic() >= self._until:
            return False
        if self._came is None:
            self._until = monotonic() + SEEN_SECONDS
        known = self.screen.reader.known
        number = safe_text(known.number) if known is not None else "..."
        said = _("{number} has just come: nothing was done to it. After a moment a key acts on it.")
        self.screen.say(said.format(number=number), "warning")
        return True
