"""Where one goes after an act by key: nowhere, to the most urgent case, or back to the list.

A key that was meant for the case before must act on none that has come since: acts are refused until
somebody can have seen what has come, and for as long as they follow each other without a pause.
"""

from collections.abc import Callable
from math import inf
from time import monotonic

from screens.host import Host
from screens.next_up import LookedAt
from workbench.configuration.settings import AFTER_ACT
from workbench.domain import acts
from workbench.domain.text import safe_text
from workbench.words import _

SEEN_SECONDS = 1.0  # from when a case is shown, or from the key before, until a key can be meant for it
SHOWN_SECONDS = 10.0  # within which a case is shown: more than a read may hold keys back
STAYS = frozenset({acts.TAKE.id, acts.UNDO.id, acts.SEEN.id})  # one takes a case to go on with it
AS_ACTS = frozenset({"next", "reveal", "copy_number"})  # commands that do something with the case


class AfterAct:
    """Goes on after what was stored, as the person wants it; knows whether a case has just come."""

    def __init__(self, host: Host, here: LookedAt, on_queue: Callable[[], bool]) -> None:
        self.host, self.here = host, here
        self.on_queue = on_queue  # says whether the list is the queue, also under a case
        self.leave_page: Callable[[], bool] = lambda: False  # leaves the page of the case, where one is read
        self.go: Callable[[str, int], None] = lambda _said, _case_id: None  # to the most urgent case
        self._came: int | None = None  # what is not shown yet
        self._until = -inf  # monotonic seconds: until when keys were meant for another case

    def stored(self, act: str, case_id: int, said: str) -> None:
        """Go on after ``act``, of which ``said`` tells, where nothing else is asked of its case."""
        if act in STAYS or self.host.asking or not self.on_queue():
            return  # a list in place of the queue goes on by itself
        where = self.host.settings.preferences.value(AFTER_ACT)
        if where == "next":
            self.go(said, case_id)
        elif where == "back" and self.leave_page():
            self._until = monotonic() + SEEN_SECONDS

    def came(self, case_id: int) -> None:
        """Take note of a case that is about to be shown, and that no key before was meant for."""
        self._came, self._until = case_id, monotonic() + SHOWN_SECONDS

    def drawn(self, case_id: int | None) -> None:
        """Take note of the case that has been drawn."""
        if self._came is not None and case_id == self._came:
            self._came, self._until = None, monotonic() + SEEN_SECONDS

    def refuses(self, command: str, *, is_act: bool) -> bool:
        """Say whether ``command`` is refused now, and tell so: it was meant for the case before."""
        if not (is_act or command in AS_ACTS) or monotonic() >= self._until:
            return False
        if self._came is None:
            self._until = monotonic() + SEEN_SECONDS
        known = self.here.known
        number = safe_text(known.number) if known is not None else "..."
        said = _("{number} has just come: nothing was done to it. After a moment a key acts on it.")
        self.host.say(said.format(number=number), "warning")
        return True
