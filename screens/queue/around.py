"""Draws the lines around the table: where we are, the tabs, the titles, the keys that matter, the news."""

from typing import TYPE_CHECKING

from screens.present.ink import line
from screens.queue import hints
from screens.queue.bars import Line, head_line, key_line, tab_line, top_line
from screens.queue.feed import WAITING
from workbench.domain.text import safe_text
from workbench.wording import names
from workbench.words import _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen


class Around:
    """The lines of a screen; each is drawn only when what it says has changed."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen
        self.top, self.tabs, self.head = Line("top"), Line("tabs"), Line("head")
        self.keys, self.status = Line("keys"), Line("status")
        self.warned = False  # whether the last line warns of something
        self.said = ""  # what stands in the last line

    def draw(self) -> None:
        """Draw every line again."""
        screen, table = self.screen, self.screen.table
        table.empty = self._empty()
        self.draw_top()
        self.tabs.say(tab_line(screen.size.width, screen.feed.counts, screen.feed.queue))
        self.draw_head()
        self.draw_keys()

    def draw_head(self) -> None:
        """Draw the titles of the columns as they stand."""
        self.head.say(head_line(self.screen.table.placed))

    def _empty(self) -> str:
        """Return what an empty list says: why that is so, and what to do."""
        if self.screen.feed.typed:
            return _("Nothing here fits the filter. Esc takes it away.")
        if not self.screen.feed.whole:
            return ""
        key = self.screen.keys.first("queue", "record")
        feed = self.screen.feed
        return _(names.EMPTY[feed.queue if feed.counts.get("all") else "all"]).format(key=key)

    def draw_top(self) -> None:
        """Draw where we are: queue, place in it, filter, person, time."""
        screen = self.screen
        feed, table = screen.feed, screen.table
        total = f"{len(table.source)}{'' if feed.whole else '+'}"
        place = f"{table.cursor + 1}/{total}" if len(table.source) else "0"
        narrowed = _("filter: {filter}").format(filter=feed.typed) if feed.typed else ""
        reading = _("read only") if screen.desk.read_only else ""
        waits = feed.counts.get(WAITING, 0)
        key = screen.keys.first("queue", "decide")
        mine = _("{n} wait for me ({key})").format(n=waits, key=key) if waits else ""
        minute = screen.words.local(screen.desk.now())
        self.top.say(
            top_line(
                screen.size.width,
                [names.queue(feed.queue), place, mine, narrowed, reading],
                [screen.desk.person, minute],
            )
        )

    def draw_keys(self) -> None:
        """Draw the keys that do something to what is under the cursor."""
        screen = self.screen
        wanted, last = hints.of(screen)
        self.keys.say(key_line(screen.size.width, wanted, last))

    def news(self, text: str, severity: str) -> None:
        """Say what happened in the last line, until something else does."""
        self.warned, self.said = severity != "information", text
        self.status.set_class(severity == "warning", "-warning")
        self.status.set_class(severity == "error", "-error")
        sign = "" if severity == "information" else "! "
        self.status.say(line(" " + sign + safe_text(text)))

    def hush(self) -> None:
        """Take away what was said: it is about something else than what is asked now."""
        self.news("", "information")
        self.screen.app.clear_notifications()
