"""Keeps the table true: which view is shown, what has changed in it, and the counts on the tabs.

Everything is read in the background, one look at a time. What somebody else commits shows within a second:
the entries since the last look say what to change in the order, the rows and the counts. Only where they
cannot tell is everything read anew, and never while a key has just been pressed.
"""

import dataclasses
from array import array
from asyncio import Lock
from collections.abc import Callable, Iterable
from time import monotonic

from msgspec.structs import replace

from screens import memory
from screens.background import Presses, background
from screens.queue.looking import Look, Wish, look
from screens.queue.order import LostError
from screens.queue.rows import effective, every_key, rows_of
from screens.queue.table import QueueTable
from storage.filters import Condition
from storage.queues import QUEUES, QueueRow, View
from storage.store import Watch
from workbench.desk import Desk
from workbench.domain.errors import WorkbenchError
from workbench.reports.queue_change import Known
from workbench.reports.urgent import News

QUIET_SECONDS = 0.3  # after the last key, before a long order is exchanged
WAITING = "waiting-for-me"  # among the counts: what the desk of decisions holds for this person
SMALL = 20_000  # an order of this many keys is read in a few milliseconds
NEAR_THE_END = 1_000  # keys from the last that was read: then more are read


class Feed:
    """Reads the view into the table."""

    def __init__(
        self,
        desk: Desk,
        table: QueueTable,
        counted: Callable[[], None],
        failed: Callable[[WorkbenchError], None],
    ) -> None:
        self.desk, self.table = desk, table
        self.counted, self.failed = counted, failed
        self.queue = QUEUES[0]
        self.filter = View(queue=self.queue, person=desk.person, now=desk.now())
        self.typed = ""  # the filter as somebody typed it
        self.counts: dict[str, int] = {}
        self._watch: Watch | None = None
        self.stale = False
        self.last_key = 0.0
        self.whole = False  # whether the table has the whole view by now, or knows how long it is
        self._shown: View | None = None  # whose order the table has
        self._known: Known | None = None
        self._next_load = 0.0
        self._go_to: int | None = None
        self._turn = Lock()
        self._looks = 0  # that wait for their turn, or run
        self._polling = self._troubled = False
        self._fresh: set[int] = set()
        self.told: Callable[[News], None] = lambda _news: None  # gets what came that cannot wait
        self.telling: Callable[[], Iterable[int]] = tuple  # the cases of which that says still that they came
        table.wanted = self.want_rows

    def view(self) -> View:
        """Return the view as it is asked for now."""
        return replace(self.filter, queue=self.queue, now=self.desk.now())

    def first(self) -> None:
        """Read the top of the opening view, then the counts."""
        self._look(Wish(counts=False), keep=False, keys=Presses.WAIT, then=self.load)

    def open(self, queue: str) -> None:
        """Show another queue in its own order: its top, and how long it is."""
        self.queue, self.whole = queue, False
        self.filter = replace(self.filter, order="")
        self._look(Wish(), keep=False, keys=Presses.WAIT)

    def narrow(self, typed: str, where: tuple[Condition, ...], words: str) -> None:
        """Show only what fits the filter, in this queue and in those opened after it."""
        self.typed = typed
        self.filter = replace(self.filter, where=where, text=words)
        self.counted()  # the lines around the table say so at once
        self._look(Wish(), keep=False, keys=Presses.WAIT)

    def forget(self) -> None:
        """Narrow nothing any more; whoever opens another queue reads it."""
        self.typed = ""
        self.filter = replace(self.filter, where=(), text="", order="")

    def show(self, asked: View, typed: str) -> None:
        """Show what is ``asked`` for in place of everything: queue, filter and order; ``typed`` says it."""
        self.queue, self.whole, self.typed = asked.queue, False, typed
        self.filter = replace(self.filter, where=asked.where, text=asked.text, order=asked.order)
        self.counted()
        self._look(Wish(), keep=False, keys=Presses.WAIT)

    def load(self, *, go_to: int | None = None, keys: Presses = Presses.GO_ON, anew: bool = False) -> None:
        """Bring the view up to date in the background; then put the cursor on the case ``go_to``, if any.

        ``keys`` says whether keys wait for it: somebody asked for what it shows.
        """
        self.stale = False
        self._go_to = go_to if go_to is not None else self._go_to
        wish = Wish(go_to=self._go_to, holding=self.table.case_id, anew=anew)
        self._look(wish, keep=True, keys=keys)

    def again(self) -> None:
        """Read everything anew; what came meanwhile that cannot wait is told all the same."""
        self._shown = None
        self.load(anew=True)

    def reach(self, position: int) -> None:
        """Read on where ``position`` comes near the last key that was read."""
        order = self.table.source.order
        if not order.whole and position + NEAR_THE_END > len(order.ids) and not self._looks:
            self._look(Wish(reach=position), keep=True)

    def _look(
        self,
        wish: Wish,
        *,
        keep: bool,
        keys: Presses = Presses.GO_ON,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Look at the store when every earlier look has been shown."""
        if not self.table.is_attached:  # the program is being left
            return
        self._looks += 1
        began = monotonic()
        wish = dataclasses.replace(wish, told=frozenset(self.telling()))

        def work() -> Look:
            return look(self.desk, self.view(), self._known, self._shown, self.table.source.order, wish)

        def done(found: Look) -> None:
            self._looks -= 1
            if found.anew:  # a million keys take a while to read: others get their turn before the next time
                self._next_load = monotonic() + 5 * (monotonic() - began)
            self._show(found, keep=keep)
            then()

        def failed(why: WorkbenchError) -> None:
            self._looks -= 1
            self._trouble(why)

        background(self.table.screen, work, done, failed, group="queue", keys=keys, turn=self._turn)

    def _show(self, found: Look, *, keep: bool) -> None:
        """Bring the table up to date."""
        known, view = found.known, found.view
        wanted = self.filter
        if (view.queue, view.where, view.text, view.order) != (
            self.queue,
            wanted.where,
            wanted.text,
            wanted.order,
        ):
            return  # somebody has gone on; what they want is read next
        self._known = known or self._known
        self.told(found.news)
        if known is not None:
            self.counts = {**known.counts, WAITING: known.waiting}
        self._shown = view
        self.table.source.queue = view.queue
        try:
            moved = self.table.update(found, keep=keep and not found.opened)
        except LostError:
            self.again()
            return
        if found.order is not None:
            memory.give_back()
        self.whole = known is not None or self.whole or self.table.source.order.whole
        if found.rows:
            self._fresh.difference_update(row.case_id for row in found.rows)
            self.freshen()
        if found.wish.go_to is not None:
            if not self.table.go_to(found.wish.go_to):
                self.table.slid_at = monotonic()
            self._go_to = None
        if moved or known is not None:
            self.counted()

    def _trouble(self, why: WorkbenchError) -> None:
        self._troubled = True
        self.failed(why)

    def poll(self) -> None:
        """Look whether anybody has committed; called twice a second."""
        if self._polling or not self.table.is_attached:
            return
        self._polling = True

        def done(changed: bool) -> None:
            self._polling = False
            if self._troubled:
                self._troubled = False
                self.stale = True
                self.table.source.forget_rows()
                self.table.refresh()
            self.stale = self.stale or changed
            self._load_if_quiet()

        def failed(why: WorkbenchError) -> None:
            self._polling = False
            self.failed(why)

        background(self.table.screen, self._committed, done, failed, group="poll")

    def _committed(self) -> bool:
        """Say whether anybody may have committed since the last look."""
        if self._watch is None:
            self._watch = self.desk.store.watch()
            return True
        return self._watch.changed()

    def _load_if_quiet(self) -> None:
        now = monotonic()
        quiet = len(self.table.source.ids) < SMALL or now - self.last_key > QUIET_SECONDS
        if self.stale and quiet and now >= self._next_load and not self._looks:
            self.load()

    def forget_rows(self) -> None:
        """Read the rows in sight again."""
        self._fresh.clear()
        self.table.source.forget_rows()
        self.table.refresh()
        self.want_rows()

    def want_rows(self) -> None:
        """Read in the background the rows in sight that are not there, and those near them."""
        self.reach(self.table.cursor)
        first, last = self.table.near()
        asked = [] if self._troubled else self.table.source.missing(first, last)
        if not asked or not self.table.is_attached:
            return

        def failed(why: WorkbenchError) -> None:
            self.table.source.give_up(asked)
            self._trouble(why)

        def done(rows: list[QueueRow]) -> None:
            self.table.take(rows, asked)

        background(self.table.screen, lambda: rows_of(self.desk, asked), done, failed, group="rows")

    def keys(self) -> Callable[[], "array[int]"]:
        """Return what gives every key of the view as it is now, in the background."""
        order, view = self.table.source.order, self.view()
        ids = order.ids[:]
        return (lambda: ids) if order.whole else (lambda: every_key(self.desk, view))

    def freshen(self) -> None:
        """Draw the rows in sight as time has made them, before anybody has written that down."""
        now = self.desk.now()
        due = [
            row.case_id for row in self.table.in_sight() if row.watch_at is not None and row.watch_at <= now
        ]
        wanted = [case_id for case_id in due if case_id not in self._fresh]
        if wanted:
            self._fresh.update(wanted)
            background(
                self.table.screen,
                lambda: effective(self.desk, wanted),
                self.table.take,
                self.failed,
                group="fresh",
            )
