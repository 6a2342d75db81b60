"""The ids of one view, and the rows around the eye.

A million cases are a vector of 64-bit ids (8 MB); rows are read in pages of 128 when they come into
sight. A position therefore never moves under the finger until the vector is replaced as a whole.
"""

from array import array
from collections import OrderedDict
from collections.abc import Sequence

from storage import queues
from storage.queues import QueueRow
from storage.store import Store
from workbench.domain.errors import StoreError

PAGE = 128
PAGES_KEPT = 24
NEIGHBOURHOOD = 4096


class QueueSource:
    """Rows by position. Not for use from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ids: array[int] = array("q")
        self.queue = queues.QUEUES[0]
        self.trouble: StoreError | None = None
        self.pages: OrderedDict[int, dict[int, QueueRow]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.ids)

    def replace(self, ids: "array[int]") -> None:
        """Show another vector; every page is read again."""
        self.ids = ids
        self.pages.clear()

    def forget_rows(self) -> None:
        """Read rows again when they are next looked at; the order stays."""
        self.pages.clear()

    def row(self, position: int) -> QueueRow | None:
        """Return the row at ``position``; None where the case has gone, or the store cannot be read now.

        Rows are read while the screen is drawn: what went wrong waits in ``trouble`` to be said.
        """
        page = position // PAGE
        rows = self.pages.get(page)
        if rows is None:
            try:
                rows = self._read(self.ids[page * PAGE : (page + 1) * PAGE])
            except StoreError as why:
                self.trouble, rows = why, {}
            self.pages[page] = rows
            if len(self.pages) > PAGES_KEPT:
                self.pages.popitem(last=False)
        else:
            self.pages.move_to_end(page)
        return rows.get(self.ids[position])

    def put(self, row: QueueRow, near: int) -> int | None:
        """Take a row as it stands by now; return where it is drawn, if anywhere."""
        position = self.position_of(row.case_id, near)
        page = self.pages.get(position // PAGE) if position is not None else None
        if page is not None:
            page[row.case_id] = counted_by(row, self.queue)
        return position

    def position_of(self, case_id: int, near: int) -> int | None:
        """Return where ``case_id`` stands, looking around ``near`` first; None if it is not in the view."""
        start = max(near - NEIGHBOURHOOD, 0)
        for bounds in ((start, near + NEIGHBOURHOOD), (0, len(self.ids))):
            try:
                return self.ids.index(case_id, *bounds)
            except ValueError:
                continue
        return None

    def _read(self, ids: Sequence[int]) -> dict[int, QueueRow]:
        with self.store.reading() as db:
            return {key: counted_by(row, self.queue) for key, row in queues.rows(db, ids).items()}


def counted_by(row: QueueRow, queue: str) -> QueueRow:
    """Return ``row`` with the countdown that its queue is about: the promise, or the end of the pause."""
    if queue == "promises":
        return row._replace(next_due_at=row.promise_due_at, next_clock="promise")
    return row._replace(next_due_at=row.pause_until) if queue == "waiting" else row
