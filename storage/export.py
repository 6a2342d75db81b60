"""Rows for exports: many cases, chosen columns, in the order of a queue."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from storage.engine import Db, Row
from workbench.domain.times import stamp

PAGE = 500
# the same as in ``due.CHANGED``: a step of a ladder changes nothing that is exported
CHANGED = "coalesce(watch_at <= :now AND (coalesce(pause_until <= :now, 0) OR received_at <= :aged), 0)"


def pages(
    db: Db, keys: Sequence[int], columns: Sequence[str], now: datetime, aged: datetime
) -> Iterator[list[Row]]:
    """Yield the cases of ``keys`` in that order, a page at a time; a case that is gone is left out.

    Each row has the key, whether time may have changed the case since it was written, and then
    ``columns``, which must be columns of the table ``cases``.

    Args:
        aged: The newest receipt for which any rule of age can hold at ``now`` (both UTC).
    """
    names = ", ".join(("case_id", CHANGED, *columns))
    given = {"now": stamp(now), "aged": stamp(aged)}
    for start in range(0, len(keys), PAGE):
        page = keys[start : start + PAGE]
        listed = ",".join(map(str, page))
        found = db.all(f"SELECT {names} FROM cases WHERE case_id IN ({listed})", given)  # noqa: S608 (whole numbers)
        by_key = {row[0]: row for row in found}
        yield [by_key[key] for key in page if key in by_key]


def people(db: Db, keys: Sequence[int]) -> int:
    """Return how many different phones the cases of ``keys`` have."""
    found: set[str] = set()
    for start in range(0, len(keys), PAGE):
        listed = ",".join(map(str, keys[start : start + PAGE]))
        sql = f"SELECT DISTINCT phone_key FROM cases WHERE case_id IN ({listed}) AND phone_key <> ''"  # noqa: S608
        found.update(row[0] for row in db.all(sql))
    return len(found)
