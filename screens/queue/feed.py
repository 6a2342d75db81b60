"""Keeps the table true: which view is shown, when it is read again, and the counts on the tabs.

What somebody else commits shows within a second: the rows in sight are read again at once, the order of
the whole view in the background, and never while a key has just been pressed.
"""

from array import array
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from time import monotonic
from typing import TypeVar

from textual.worker import Worker

from screens import memory
from screens.background import Presses, background
from screens.queue.table import QueueTable
from storage import queues
from storage.filters import Condition
from storage.queues import QUEUES, QueueRow, View
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case
from workbench.domain.errors import StoreError, WorkbenchError
from workbench.domain.flow import stage
from workbench.reports import queue_now
from workbench.rules import in_sight

QUIET_SECONDS = 0.3  # after the last key, before a long vector is exchanged
WAITING = "waiting-for-me"  # among the counts: what the desk of decisions holds for this person
FIRST = 200  # cases in the first picture
REST_SECONDS = 0.1  # after it, before the rest is read
SMALL = 20_000  # a vector of this many ids is read in a few milliseconds


Result = TypeVar("Result")


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
        self.watch = desk.store.watch()
        self.stale = False
        self.last_key = 0.0
        self._next_load = 0.0
        self._go_to: int | None = None
        self._keys = Presses.GO_ON
        self._turn = Lock()
        self._reading: Worker[None] | None = None
        self._wanted: View | None = None
        self._fresh: set[int] = set()
        self.whole = False  # whether the table has the whole view by now

    def view(self) -> View:
        """Return the view as it is asked for now."""
        return replace(self.filter, queue=self.queue, now=self.desk.now())

    def first(self) -> None:
        """Read the top of the opening view at once, so that the first picture is the queue itself."""
        ids = self._top(self.view())
        self.table.show(ids, keep=False)
        self.whole = len(ids) < FIRST
        self.table.call_after_refresh(self.table.set_timer, REST_SECONDS, self.load)

    def open(self, queue: str) -> None:
        """Show another queue: its top at once, the rest when it has been read."""
        self.queue, self.whole = queue, False
        view = self.view()

        def done(ids: "array[int]") -> None:
            if view.queue == self.queue and not self.whole:
                self.table.source.queue = view.queue
                self.table.show(ids, keep=False)
                self.table.set_timer(REST_SECONDS, rest)

        def rest() -> None:
            if view.queue == self.queue and not self.whole:
                self.load()

        self._in_turn(lambda: self._top(view), done, Presses.WAIT)

    def narrow(self, typed: str, where: tuple[Condition, ...], words: str) -> None:
        """Show only what fits the filter, in this queue and in those opened after it."""
        self.typed = typed
        self.filter = replace(self.filter, where=where, text=words)
        self.counted()  # the lines around the table say so at once
        self.load(keep=False, keys=Presses.WAIT)

    def load(self, *, keep: bool = True, go_to: int | None = None, keys: Presses = Presses.GO_ON) -> None:
        """Read the view again in the background; then put the cursor on the case ``go_to``, if any.

        ``keys`` says whether keys wait for it: somebody asked for what it shows.
        """
        self.stale = False
        # A later reading may come before this one has answered: the wish outlives it.
        self._go_to = go_to if go_to is not None else self._go_to
        self._keys = keys if keys is not Presses.GO_ON else self._keys
        self._wanted = view = self.view()
        began = monotonic()

        def done(found: tuple["array[int]", dict[str, int]]) -> None:
            # A million ids take a while to read: others get their turn before the next time.
            self._next_load = monotonic() + 5 * (monotonic() - began)
            self._keys = Presses.GO_ON
            ids, self.counts = found
            if (view.queue, view.where, view.text) == (self.queue, self.filter.where, self.filter.text):
                self._fresh.clear()
                self.whole = True
                self.table.show(ids, keep=keep)
                memory.give_back()
                if self._go_to is not None:
                    self.table.go_to(self._go_to)
                    self._go_to = None
            self.counted()

        self._reading = self._in_turn(lambda: self._read(view), done, self._keys)

    def _in_turn(
        self, read: Callable[[], Result], done: Callable[[Result], None], keys: Presses
    ) -> Worker[None]:
        """Read for the table in the background; the answer of an earlier reading is dropped."""
        return background(self.table, read, done, self.failed, group="queue", latest=True, keys=keys)

    def poll(self) -> None:
        """Look whether anybody has committed; called twice a second."""
        source = self.table.source
        try:
            changed = self.watch.changed() or source.trouble is not None
        except StoreError as why:
            self.failed(why)
            return
        if changed:
            if source.trouble is not None:
                self.failed(source.trouble)
            source.trouble, self.stale = None, True
            self.forget_rows()
        now = monotonic()
        quiet = len(self.table.source) < SMALL or now - self.last_key > QUIET_SECONDS
        reading = self._reading is not None and not self._reading.is_finished
        if self.stale and quiet and now >= self._next_load and not reading:
            self.load()

    def forget_rows(self) -> None:
        """Read the rows in sight again."""
        self._fresh.clear()
        self.table.source.forget_rows()
        self.table.refresh()

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
                self.table, lambda: self._effective(wanted), self.table.put, self.failed, group="fresh"
            )

    def _effective(self, wanted: list[int]) -> list[QueueRow]:
        with self.desk.store.reading() as db:
            rows = queues.rows(db, wanted)
            return [
                freshened(rows[key], self.desk.case_in(db, key), self.desk) for key in wanted if key in rows
            ]

    def _top(self, view: View) -> "array[int]":
        with self.desk.store.reading() as db:
            seen = replace(view, reach=in_sight.reach(self.desk, db))
            return queues.ids(db, self.desk.store.site_id, seen, FIRST)

    def _read(self, view: View) -> tuple["array[int]", dict[str, int]]:
        # One vector at a time: several would take the processor from the keys, and memory.
        with self._turn, self.desk.store.reading() as db:
            if view is not self._wanted:
                return array("q"), {}  # nobody waits for it any more
            view = replace(view, reach=in_sight.reach(self.desk, db))
            # Where nobody may sweep, what time has brought is reckoned with at every look.
            read_only = self.desk.read_only
            ids = (
                queue_now.ids(self.desk, db, view)
                if read_only
                else queues.ids(db, self.desk.store.site_id, view)
            )
            counts = queues.counts(db, self.desk.store.site_id, view)
        return ids, counts | {WAITING: self._waiting()}

    def _waiting(self) -> int:
        from workbench.reports import desk  # not needed for the first picture

        return desk.waiting(self.desk)


def freshened(row: QueueRow, case: Case, desk: Desk) -> QueueRow:
    """Return ``row`` with what time has brought to its case."""
    rules = desk.rules(case.policy)
    due_at, clock = upcoming.next_due(case, rules) or (None, "")
    return row._replace(
        severity=case.severity,
        hot=case.hot,
        status=case.status,
        stage=stage(case, rules.policy),
        next_due_at=due_at,
        next_clock=clock,
        pause_until=case.pause.until if case.pause else None,
    )
