"""Rows for exports: many cases, chosen columns, in the order of a queue."""

from collections.abc import Iterator, Sequence

from storage.engine import Db, Row

PAGE = 500
WATCHED = "watch_at"


def pages(db: Db, keys: Sequence[int], columns: Sequence[str]) -> Iterator[list[Row]]:
    """Yield the cases of ``keys`` in that order, a page at a time.

    Each row has the key, the moment (UTC text or None) at which time will change the case, and then
    ``columns``, which must be columns of the table ``cases``. A case that is gone is left out.
    """
    names = ", ".join(("case_id", WATCHED, *columns))
    for start in range(0, len(keys), PAGE):
        page = keys[start : start + PAGE]
        marks = ",".join("?" * len(page))
        found = db.all(f"SELECT {names} FROM cases WHERE case_id IN ({marks})", list(page))  # noqa: S608
        by_key = {row[0]: row for row in found}
        yield [by_key[key] for key in page if key in by_key]
