"""The order of one view, and the rows around the eye.

Keys stand in an ``Order``; rows are read in the background when they come near, and kept by case. What is not
there yet is asked for once: ``missing`` says what.
"""

from array import array
from collections import OrderedDict
from collections.abc import Iterable

from screens.queue.looking import Look
from screens.queue.order import Order
from storage import queues
from storage.queues import QueueRow

AHEAD = 64  # rows read on both sides of those that are looked at
ROWS_KEPT = 3000
NEIGHBOURHOOD = 4096


class QueueSource:
    """Rows by position. It reads nothing, and belongs to the event loop."""

    def __init__(self) -> None:
        self.order = Order()
        self.queue = queues.QUEUES[0]
        self._rows: OrderedDict[int, QueueRow | None] = OrderedDict()  # None: the case has gone
        self._old: set[int] = set()  # rows that may be others by now
        self._asked: set[int] = set()

    def __len__(self) -> int:
        return self.order.total

    @property
    def ids(self) -> "array[int]":
        """The keys that were read: the first of the view, or all of them."""
        return self.order.ids

    def replace(self, order: Order) -> None:
        """Show another order; rows stay until they are read again."""
        self.order = order
        self.forget_rows()

    def bring_up_to_date(self, found: Look) -> None:
        """Take over what was found.

        Raises:
            LostError: the order is not what it should be: it has to be read anew.
        """
        if found.order is not None:
            self.replace(found.order)
        elif found.change is not None:
            self.order.patch(found.change.left, found.change.came, found.change.near)
        if found.more is not None:
            self.order.extend(found.more.ids, found.more.marked, to_the_end=found.more.to_the_end)
        self.take(found.rows)

    def forget_rows(self) -> None:
        """Read rows again when they are next looked at; until then they are shown as they were."""
        self._old = set(self._rows)
        self._asked.clear()

    def key(self, position: int) -> int | None:
        """Return the case at ``position``; None where nobody has read that far."""
        return self.order.ids[position] if position < len(self.order.ids) else None

    def row(self, position: int) -> QueueRow | None:
        """Return the row at ``position`` as it is known; None where it is not there."""
        key = self.key(position)
        found = self._rows.get(key) if key is not None else None
        return counted_by(found, self.queue) if found else None

    def has_gone(self, position: int) -> bool:
        """Say whether the case at ``position`` was looked for, and is not there."""
        key = self.key(position)
        return key is not None and key in self._rows and self._rows[key] is None

    def missing(self, first: int, last: int) -> list[int]:
        """Return the keys around ``first`` and ``last`` whose rows have to be read, and note that they are.

        Nothing is missing while everything from ``first`` to ``last`` is there, or has been asked for.
        """
        if not any(self._lacks(key) for key in self.order.ids[first:last]):
            return []
        around = self.order.ids[max(first - AHEAD, 0) : last + AHEAD]
        wanted = [key for key in around if self._lacks(key)]
        self._asked.update(wanted)
        return wanted

    def _lacks(self, key: int) -> bool:
        return (key not in self._rows or key in self._old) and key not in self._asked

    def take(self, rows: Iterable[QueueRow], asked: Iterable[int] = ()) -> None:
        """Keep rows that were read; what was ``asked`` for and did not come has gone."""
        came = {row.case_id: row for row in rows}
        for key in {*came, *asked}:
            known, new = self._rows.get(key), came.get(key)
            if known is None or new is None or new.version >= known.version:
                self._rows[key] = new
            self._rows.move_to_end(key)
            self._old.discard(key)
            self._asked.discard(key)
        while len(self._rows) > ROWS_KEPT:
            self._old.discard(self._rows.popitem(last=False)[0])

    def give_up(self, asked: Iterable[int]) -> None:
        """Note that ``asked`` could not be read: it may be asked for again."""
        self._asked.difference_update(asked)

    def position_of(self, case_id: int, near: int) -> int | None:
        """Return where ``case_id`` stands, looking around ``near`` first; None if it is not in the view."""
        start = max(near - NEIGHBOURHOOD, 0)
        for bounds in ((start, near + NEIGHBOURHOOD), (0, len(self.order.ids))):
            try:
                return self.order.ids.index(case_id, *bounds)
            except ValueError:
                continue
        return None


def counted_by(row: QueueRow, queue: str) -> QueueRow:
    """Return ``row`` with the countdown that its queue is about: the promise, or the end of the pause."""
    if queue == "promises":
        return row._replace(next_due_at=row.promise_due_at, next_clock="promise")
    return row._replace(next_due_at=row.pause_until) if queue == "waiting" else row
