"""The page of a day is kept as it was printed: what changes afterwards is a correction, and is seen.

While the day runs a newer page takes the place of the one before. Once it is over, or a later day has a page,
the page stands; a day without one gets it whenever somebody makes it. What people wrote on a case is left out
of it: the law may want that gone, and a kept page is never changed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from storage import nights
from storage.engine import Db
from storage.nights import Night
from workbench.desk import Desk
from workbench.rules import writing

WORDS = ("gist", "reason", "text")


def keep(desk: Desk, day: date, printed: Mapping[str, Any]) -> bool:
    """Keep the page of ``day`` (in the policy's zone) as ``printed`` has it; say whether it was kept.

    Args:
        desk: Who made it, and when.
        day: One whole day.
        printed: The summary of the whole house as JSON, its seal included.

    Raises:
        RefusedError: the time is given, the store is no trial, and the person may not replay.
        StoreError: it cannot be written.
    """
    if day > today(desk):
        return False
    night = Night(day.isoformat(), printed["as_of"], desk.person, _head(printed), without_words(printed))

    def work(db: Db) -> bool:
        known = nights.of_day(db, desk.store.site_id, night.day)
        if not may_keep(desk, db, day) or (known and known.head > night.head):  # somebody's is newer
            return False
        nights.keep(db, desk.store.site_id, night)
        return True

    with desk.store.reading() as db:
        if not may_keep(desk, db, day):
            return False
    return bool(writing.write(desk, work))


def may_keep(desk: Desk, db: Db, day: date) -> bool:
    """Say whether a page of ``day`` made now is the one to keep."""
    if nights.of_day(db, desk.store.site_id, day.isoformat()) is None:
        return True
    return day == today(desk) and nights.newest(db, desk.store.site_id) == day.isoformat()


def without_words(printed: Any) -> Any:
    """Return a page, or a part of it, without what people wrote on cases."""
    if isinstance(printed, Mapping):
        return {name: without_words(each) for name, each in printed.items() if name not in WORDS}
    return [without_words(each) for each in printed] if isinstance(printed, list) else printed


def today(desk: Desk) -> date:
    """Return the day that runs now in the policy's zone."""
    return desk.now().astimezone(desk.rules().zone).date()


def _head(printed: Mapping[str, Any]) -> int:
    return int(printed["seal"].partition(":")[0])
