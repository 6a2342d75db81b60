"""What was entered after a page was printed and changes the figures of its day, entry by entry.

Only the cases of those entries are read, and folded as they stood before and after each of them.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from storage import events, later_entries
from storage.engine import Db
from storage.nights import Night
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.acts import RECORD, UNDO, VERIFY
from workbench.domain.cases import Event
from workbench.domain.times import day_bounds, stamp
from workbench.domain.upcoming import SYSTEM
from workbench.reports.case_figures import Added, added
from workbench.words import N_, Said

LATE = N_("recorded later")
AGAIN = N_("a second verdict")
TAKEN_BACK = N_("taken back: {act}")
BY_TIME = N_("brought by time, written down later")


class Change(NamedTuple):
    """What one entry changed in one figure of a day.

    Attributes:
        entry: Its number in the store.
        amount: By how much the figure rose.
        why: What the entry did.
        before_midnight: It was made after the page, and before the day was over.
    """

    entry: int
    day: str
    figure: str
    amount: int | Decimal
    why: Said
    number: str
    before_midnight: bool


def changes(desk: Desk, db: Db, nights: Iterable[Night], head: int) -> list[Change]:
    """Return what entries after ``head`` changed in the figures of ``nights``, in the order of the entries.

    What a page knew of already is no change to it.

    Raises:
        StoreError: the store cannot be read.
    """
    known = {night.day: night for night in nights}
    if not known:
        return []
    zone = desk.rules_in(db).zone
    until = stamp(day_bounds(date.fromisoformat(max(known)), zone)[1])
    keys = later_entries.cases(db, desk.store.site_id, head, until)
    found = (change for key in keys for change in _of_case(desk, db, key, known, head))
    return sorted(found, key=lambda change: change.entry)


def _of_case(desk: Desk, db: Db, key: int, nights: dict[str, Night], head: int) -> Iterator[Change]:
    site_id = desk.store.site_id
    numbered = later_entries.timeline(db, site_id, key)
    timeline = [event for _, event in numbered]
    rules, zone = desk.rules_in(db, events.policy_of(timeline)), desk.rules_in(db).zone
    before: Added = Added()
    for at, (entry, event) in enumerate(numbered, 1):
        if entry <= head and at < len(numbered) and numbered[at][0] <= head:
            continue
        now = added(timeline[:at], site_id, key, rules, zone)
        for (day, figure), amount in _difference(before, now) if entry > head else ():
            night = nights.get(day.isoformat())
            if night and entry > night.head:
                early = event.at < day_bounds(day, zone)[1]
                number = str(timeline[0].data["number"])
                yield Change(entry, night.day, figure, amount, _why(event, timeline), number, early)
        before = now


def _difference(before: Added, now: Added) -> Iterator[tuple[tuple[date, str], int | Decimal]]:
    for key in dict.fromkeys((*before, *now)):
        if amount := now[key] - before[key]:
            yield key, amount


def _why(event: Event, timeline: list[Event]) -> Said:
    """Return in words what an entry did to a day that was over."""
    if event.act == UNDO.id:
        undone = timeline[event.data["seq"] - 1]
        return Said(TAKEN_BACK, act=Said(acts.BY_ID[undone.act].title))
    if event.by == SYSTEM:
        return Said(BY_TIME)
    return Said({RECORD.id: LATE, VERIFY.id: AGAIN}.get(event.act, acts.BY_ID[event.act].title))
