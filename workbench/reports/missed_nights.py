"""The nights of which nobody made the page: cron did not run, or the machine was off."""

from datetime import date, timedelta

from storage import nights
from workbench.desk import Desk

MOST = 31


def nights_missing(desk: Desk, until: date) -> list[date]:
    """Return the days after the newest kept page and before ``until``, the newest 31, the oldest first.

    None before the first page of all: nobody missed what nobody asked for.

    Raises:
        StoreError: the store cannot serve.
    """
    with desk.store.reading() as db:
        newest = nights.newest(db, desk.store.site_id)
    if not newest:
        return []
    last = date.fromisoformat(newest)
    missing = [last + timedelta(days=n) for n in range(1, (until - last).days)]
    return missing[-MOST:]
