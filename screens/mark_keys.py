"""The keys that mark cases: the one under the cursor, from the last one to here, all of the view."""

from array import array
from collections.abc import Callable

from textual.widget import Widget

from screens.background import Presses, background
from screens.host import Host
from screens.queue.marks import Marks
from screens.queue.table import QueueTable
from screens.sheet import Sheet
from storage import queues
from storage.queues import View
from workbench.desk import Desk
from workbench.words import _

MOST = 5_000  # cases that are marked at once: an act on more than that is one for a script


class MarkKeys:
    """Marks cases of the list; how many are marked stands in the first line."""

    def __init__(
        self, host: Host, table: QueueTable, top: Callable[[], Widget | None], drawn: Callable[[], None]
    ) -> None:
        self.host, self.table, self.marks = host, table, Marks()
        self.top, self.drawn = top, drawn  # what stands over the list; draws the lines around it
        table.marked = self.marks

    @property
    def said(self) -> str:
        """How many are marked, and how many of them are not in this view; empty for none."""
        count, elsewhere = len(self.marks), self.marks.elsewhere
        if elsewhere:
            return _("{n} marked, {m} not in this view").format(n=count, m=elsewhere)
        return _("{n} marked").format(n=count) if count else ""

    def turn(self) -> None:
        """Mark the case under the cursor, or take its mark away, and go on to the next one."""
        table = self.table
        if isinstance(page := self.top(), Sheet):
            page.page(1)  # what the key does wherever a page is read
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
        table = self.table
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
            key = self.host.keys.first("queue", "mark_range")
            self.host.say(_("Marked from here on; {key} again marks up to the cursor.").format(key=key))
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

        host = self.host
        background(self.table.screen, host.feed.keys(), found, host.trouble, group="marks", keys=Presses.WAIT)

    def clear(self) -> bool:
        """Take every mark away and say so; False if there was none."""
        count = self.marks.clear()
        if count:
            self.host.say(_("No case is marked any more; there were {n}.").format(n=count))
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
        desk, view, keys = self.host.desk, self.host.feed.view(), list(self.marks)

        def looked(inside: int) -> None:
            elsewhere = len(keys) - inside
            if len(keys) == len(self.marks) and elsewhere != self.marks.elsewhere:
                self.marks.elsewhere = elsewhere
                self.drawn()

        trouble = self.host.trouble
        background(
            self.table.screen, lambda: held(desk, view, keys), looked, trouble, group="marked", latest=True
        )

    def _here(self) -> int | None:
        """Return the case under the cursor of the list; else say why there is none to mark."""
        if self.top() is not None:
            back = self.host.keys.first("queue", "quit")
            said = _("This key is one of the list; {key} goes back there.")
            self.host.say(said.format(key=back), "warning")
            return None
        if self.table.case_id is None:
            self.host.say(_("There is no case under the cursor."), "warning")
        return self.table.case_id

    def _marked(self) -> None:
        self.table.refresh()
        self.drawn()
        self.follow()

    def _too_many(self) -> None:
        said = _("At most {n} cases are marked at once; narrow the view first.")
        self.host.say(said.format(n=MOST), "warning")


def held(desk: Desk, view: View, keys: list[int]) -> int:
    """Return how many of ``keys`` the view holds."""
    with desk.store.reading() as db:
        return queues.among(db, desk.store.site_id, view, keys)
