"""Cases as they were at an entry of the store and as they are, folded from their timelines."""

from typing import Any, NamedTuple

from storage import cases, events
from storage.engine import Row
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.domain.history import fold


class Past(NamedTuple):
    """A case as it was and as it is; ``row`` is how it was stored, None where there was none."""

    before: Case | None
    after: Case
    row: dict[str, Any] | None


def by_case(entries: list[Row]) -> dict[int, list[Row]]:
    """Return the timeline of each case, given rows of ``storage.queue_change.since`` in any order."""
    found: dict[int, list[Row]] = {}
    for row in sorted(entries, key=lambda row: (row[1], row[2])):
        found.setdefault(row[1], []).append(row)
    return found


def past(desk: Desk, key: int, rows: list[Row], seen: int) -> Past:
    """Fold a timeline up to the entry ``seen`` of the store, and to its end."""
    timeline = [events.event(row[2:]) for row in rows]
    rules = desk.rules(events.policy_of(timeline))
    after = fold(desk.store.site_id, key, timeline, rules)
    known = [event for event, row in zip(timeline, rows, strict=True) if row[0] <= seen]
    if not known:
        return Past(None, after, None)
    before = fold(desk.store.site_id, key, known, rules)
    return Past(before, after, cases.row(before, rules, b""))
