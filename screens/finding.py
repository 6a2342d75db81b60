"""What was looked for: the filters of this session, and the way back from a list that was opened for once."""

from collections.abc import Callable
from typing import NamedTuple

from screens.queue.feed import Feed
from storage.filters import Condition

EVERYWHERE = "all"
MOST_KEPT = 50


class Before(NamedTuple):
    """Which queue was looked at, and how it was narrowed."""

    queue: str
    typed: str
    where: tuple[Condition, ...]
    words: str


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
        self._show(EVERYWHERE, words, (), words)

    def list(self, queue: str, typed: str, where: tuple[Condition, ...], back: Callable[[], None]) -> None:
        """Show what ``where`` leaves of ``queue``; when that is left, go ``back`` to where it was opened."""
        self._show(queue, typed, where, "")
        self.back = back

    def _show(self, queue: str, typed: str, where: tuple[Condition, ...], words: str) -> None:
        feed = self.feed
        if self.before is None:
            self.before = Before(feed.queue, feed.typed, feed.filter.where, feed.filter.text)
        feed.queue, feed.whole = queue, False
        feed.narrow(typed, where, words)

    def leave(self, queue: str = "") -> bool:
        """Show what was looked at before, or another ``queue``; False if nothing was looked for."""
        if self.before is None:
            return False
        before, self.before = self.before, None
        self.feed.queue, self.feed.whole = queue or before.queue, False
        self.feed.narrow(before.typed, before.where, before.words)
        back, self.back = self.back, None
        if back is not None and not queue:
            back()
        return True


def _keep(history: list[str], typed: str) -> None:
    if typed:
        history[:] = [*(each for each in history if each != typed), typed][-MOST_KEPT:]
