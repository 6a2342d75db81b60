"""What was looked for: the filters of this session, and the way back from a list that was opened for once."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from screens.queue.feed import Feed
from storage.filters import Condition
from storage.queues import View

EVERYWHERE = "all"
MOST_KEPT = 50


class Before(NamedTuple):
    """What was looked at, and how its filter was typed."""

    asked: View
    typed: str


class Finding:
    """Shows what is found over all cases in place of the queue, and that again afterwards."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.before: Before | None = None  # None where a queue is looked at
        self.back: Callable[[], None] | None = None  # shows what a list was opened from
        self.filters: list[str] = []  # as typed, the newest last
        self.searches: list[str] = []

    def narrow(self, typed: str, where: tuple[Condition, ...], words: str) -> None:
        """Narrow the queue, and keep how for the arrow keys."""
        _keep(self.filters, typed)
        self.feed.narrow(typed, where, words)

    def show(self, words: str) -> None:
        """Show whatever holds ``words``, done cases too."""
        _keep(self.searches, words)
        self._show(replace(self.feed.view(), queue=EVERYWHERE, where=(), text=words, order=""), words)

    def list(self, queue: str, typed: str, where: tuple[Condition, ...], back: Callable[[], None]) -> None:
        """Show what ``where`` leaves of ``queue``; when that is left, go ``back`` to where it was opened."""
        self._show(replace(self.feed.view(), queue=queue, where=where, text="", order=""), typed)
        self.back = back

    def _show(self, asked: View, typed: str) -> None:
        if self.before is None:
            self.before, self.back = Before(self.feed.view(), self.feed.typed), None
        self.feed.show(asked, typed)

    def go_back(self) -> bool:
        """Go back to where a list was opened; False if it was not opened from anywhere."""
        return self.before is not None and self.back is not None and self.leave()

    def leave(self, queue: str = "") -> bool:
        """Show what was looked at before, or another ``queue``; False if nothing was looked for."""
        if self.before is None:
            return False
        before, self.before = self.before, None
        asked = replace(before.asked, queue=queue, order="") if queue else before.asked
        self.feed.show(asked, before.typed)
        back, self.back = self.back, None
        if back is not None and not queue:
            back()
        return True


def _keep(history: list[str], typed: str) -> None:
    if typed:
        history[:] = [*(each for each in history if each != typed), typed][-MOST_KEPT:]
