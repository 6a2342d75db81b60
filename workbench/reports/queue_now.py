"""The cases of a queue as they truly stand at a moment, whether or not anybody has swept."""

from array import array
from typing import NamedTuple

from storage import ageing, as_of, changed_by_time, queues
from storage.engine import Db
from storage.queues import View
from workbench.desk import Desk
from workbench.reports.unswept import BY_OTHER_TIME, Row, Unswept, ages, otherwise, stand
from workbench.reports.unswept import newest_that_aged as newest_that_aged
from workbench.reports.unswept import of as of

MOST_COUNTED = 300  # aged cases that are read only to be counted: more take longer than the page itself


def ids(desk: Desk, db: Db, view: View) -> "array[int]":
    """Return the keys of the cases in ``view``, the most urgent first, by what holds at ``view.now``.

    Raises:
        UsageError: a condition that cannot be asked.
    """
    site_id, rows = desk.store.site_id, list[Row]()
    if changed_by_time.some(db, site_id, view.now):
        keys = otherwise(desk, db, view) + ageing.aged(db, site_id, view, ages(desk, db, view.now))
        rows = list(stand(desk, db, keys, view.now).values())
    return as_of.ids(db, site_id, view, rows)


class Top(NamedTuple):
    """The first keys of a queue and how many cases it holds: at least so many where it is not ``exact``.

    ``read`` is how many cases had to be read because nobody has written down what time brought to them.
    """

    keys: "array[int]"
    total: int
    exact: bool = True
    read: int = 0


def top(desk: Desk, db: Db, view: View, most: int, *, counted: bool = True) -> Top:
    """Return the first ``most`` of the keys that ``ids`` gives, and how many there are in all.

    Of the cases that age alone has changed only those are read that can stand among the first. Where it is
    not ``counted``, the number is that of the keys; where each would have to be read to be counted, and they
    are many, it is one that holds whatever they have become.
    """
    site_id = desk.store.site_id
    if not changed_by_time.some(db, site_id, view.now):
        return Top(queues.ids(db, site_id, view, most)[:most], queues.count(db, site_id, view))
    if view.order:
        keys = ids(desk, db, view)
        return Top(keys[:most], len(keys))
    page = Unswept(desk, db, view, most)
    decides = bool(ageing.AGES.intersection(condition.field for condition in view.where))
    decides = decides or (view.queue == "overdue" and not page.dues_stay)
    if view.text.strip() or (decides and view.queue in BY_OTHER_TIME):
        keys = page.among(page.aged())
        return Top(keys[:most], len(keys), read=len(page.rows))
    if not decides:
        keys = page.as_ordered() if page.order_stays else page.first()
        return Top(keys, page.count() if counted else len(keys), read=len(page.rows))
    first = page.in_slices if page.dues_stay else page.first
    if not counted:
        keys = first()
        return Top(keys, len(keys), read=len(page.rows))
    if len(found := page.aged(most=MOST_COUNTED)) < MOST_COUNTED:
        keys = page.among(found)
        return Top(keys[:most], len(keys), read=len(page.rows))
    page.most += 1  # whether there are more
    keys = first()
    return Top(keys[:most], max(len(keys), page.that_stay()), exact=False, read=len(page.rows))
