"""The keys that mark cases: the one under the cursor, from the last one to here, all of the view."""

from array import array
from typing import TYPE_CHECKING

from screens.background import Presses, background
from screens.queue.marks import Marks
from screens.sheet import Sheet
from storage import queues
from storage.queues import View
from workbench.desk import Desk
from workbench.words import _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen

MOST = 5_000  # cases that are marked at once: an act on more than that is one for a script


class MarkKeys:
    """Marks cases of the list; how many are marked stands in the first line."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen, self.marks = screen, Marks()
        screen.table.marked = self.marks

    @property
    def said(self) -> str:
        """How many are marked, and how many of them are not in this view; empty for none."""
        count, elsewhere = len(self.marks), self.marks.elsewhere
        if elsewhere:
            return _("{n} marked, {m} not in this view").format(n=count, m=elsewhere)
        return _("{n} marked").format(n=count) if count else ""

    def turn(self) -> None:
        """Mark the case under the cursor, or take its mark away, and go on to the next one."""
        table = self.screen.table
        if isinstance(self.screen.panes.top, Sheet):
            self.screen.panes.top.page(1)  # what the key does wherever a page is read
        elif (case_id := self._here()) is not None:
            if case_id not in self.marks and len(self.marks) >= MOST:
                self._too_many()
                return
            self.marks.turn(case_id)
            table.refresh_line(table.cursor)
            table.move(1)
            self._marked()

    def to_here(self) -> None:
        """Mark every case from where a range begins up to the cursor; without a beginning, begin one here."""
        table = self.screen.table
        if (case_id := self._here()) is None:
            return
        anchor = self.marks.anchor
        start = table.source.position_of(anchor, table.cursor) if anchor is not None else None
        first, last = sorted((table.cursor if start is None else start, table.cursor))
        keys = table.source.ids[first : last + 1]
        if len(self.marks) + len(keys) > MOST:
            self._too_many()
            return
        self.marks.add(keys, case_id)
        if start is None:
            key = self.screen.keys.first("queue", "mark_range")
            self.screen.say(_("Marked from here on; {key} again marks up to the cursor.").format(key=key))
        self._marked()

    def every(self) -> None:
        """Mark every case of the view, those that were not read yet too."""
        if self._here() is None:
            return

        def found(keys: "array[int]") -> None:
            if len(keys) > MOST:
                self._too_many()
                return
            self.marks.add(keys)
            self._marked()

        background(
            self.screen, self.screen.feed.keys(), found, self.screen.trouble, group="marks", keys=Presses.WAIT
        )

    def clear(self) -> bool:
        """Take every mark away and say so; False if there was none."""
        count = self.marks.clear()
        if count:
            self.screen.say(_("No case is marked any more; there were {n}.").format(n=count))
            self._marked()
        return bool(count)

    def drop(self, keys: list[int]) -> None:
        """Take the marks of cases away that are done."""
        self.marks.drop(keys)
        self._marked()

    def follow(self) -> None:
        """Look in the background how many of them the view holds by now."""
        if not self.marks:
            return
        desk, view, keys = self.screen.desk, self.screen.feed.view(), list(self.marks)

        def looked(inside: int) -> None:
            elsewhere = len(keys) - inside
            if len(keys) == len(self.marks) and elsewhere != self.marks.elsewhere:
                self.marks.elsewhere = elsewhere
                self.screen.frame.draw_top()

        background(
            self.screen,
            lambda: held(desk, view, keys),
            looked,
            self.screen.trouble,
            group="marked",
            latest=True,
        )

    def _here(self) -> int | None:
        """Return the case under the cursor of the list; else say why there is none to mark."""
        screen = self.screen
        if screen.panes.top is not None:
            back = screen.keys.first("queue", "quit")
            screen.say(_("This key is one of the list; {key} goes back there.").format(key=back), "warning")
            return None
        if screen.table.case_id is None:
            screen.say(_("There is no case under the cursor."), "warning")
        return screen.table.case_id

    def _marked(self) -> None:
        self.screen.table.refresh()
        self.screen.frame.draw_top()
        self.screen.frame.draw_keys()
        self.follow()

    def _too_many(self) -> None:
        said = _("At most {n} cases are marked at once; narrow the view first.")
        self.screen.say(said.format(n=MOST), "warning")


def held(desk: Desk, view: View, keys: list[int]) -> int:
    """Return how many of ``keys`` the view holds."""
    with desk.store.reading() as db:
        return queues.among(db, desk.store.site_id, view, keys)
