"""Rows and keys that are read for the queue in a thread: those in sight, those as time has made them, all."""

from array import array
from collections.abc import Sequence

from msgspec.structs import replace

from storage import queues
from storage.engine import Db
from storage.queues import QueueRow, View
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case
from workbench.domain.flow import stage
from workbench.rules import in_sight


def every_key(desk: Desk, view: View) -> "array[int]":
    """Return the keys of all cases of ``view``."""
    with desk.store.reading() as db:
        return queues.ids(db, desk.store.site_id, replace(view, reach=in_sight.reach(desk, db)))


def rows_of(desk: Desk, keys: Sequence[int]) -> list[QueueRow]:
    """Return the rows of those of ``keys`` that are there."""
    with desk.store.reading() as db:
        return rows_in(db, keys)


def rows_in(db: Db, keys: Sequence[int]) -> list[QueueRow]:
    """Return the rows of those of ``keys`` that ``db`` has."""
    return list(queues.rows(db, keys).values())


def effective(desk: Desk, keys: Sequence[int]) -> list[QueueRow]:
    """Return the rows of ``keys`` with what time has brought to their cases."""
    with desk.store.reading() as db:
        return [freshened(row, desk.case_in(db, row.case_id), desk) for row in rows_in(db, keys)]


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
