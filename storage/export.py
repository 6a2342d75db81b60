"""Rows for exports: many cases, chosen columns, in the order of a queue."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from storage.engine import Db, Row
from workbench.domain.times import stamp

PAGE = 200  # cases: more at once do not fit where a processor keeps what it works on
# the same as in ``due.CHANGED``: a step of a ladder changes nothing that is exported
CHANGED = "coalesce(watch_at <= ?1 AND (coalesce(pause_until <= ?1, 0) OR received_at <= ?2), 0)"


class Cut(NamedTuple):
    """One value of a row that is read: a column, or the texts of several as one.

    A text that the library makes is worth a third of a column, so what needs no look is read in one.

    Attributes:
        columns: Columns of the table ``cases``.
        mark: Stands between the texts of all of them, of which an empty one is nothing; "": the one column,
            of texts, is an empty text where it is nothing; None: the one column as it is stored.
    """

    columns: tuple[str, ...]
    mark: str | None = None

    @property
    def sql(self) -> str:
        """The expression that reads it."""
        if self.mark is None:
            return self.columns[0]
        if self.mark == "":
            return f"ifnull({self.columns[0]}, '')"
        if len(self.columns) == 1:
            return f"ifnull({self.columns[0]} || '', '')"
        return f"printf('{self.mark.join(['%s'] * len(self.columns))}', {', '.join(self.columns)})"

    def of(self, row: Mapping[str, Any]) -> Any:
        """Return the same of a row in memory."""
        if self.mark is None:
            return row[self.columns[0]]
        return self.mark.join(["" if row[name] is None else _text(row[name]) for name in self.columns])


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def pages(
    db: Db, keys: Sequence[int], cuts: Sequence[Cut], now: datetime, aged: datetime
) -> Iterator[list[Row]]:
    """Yield the cases of ``keys`` in that order, a page at a time; a case that is gone is left out.

    Each row has the key, whether time may have changed the case since it was written, and then ``cuts``.

    Args:
        aged: The newest receipt for which any rule of age can hold at ``now`` (both UTC).
    """
    wanted = ", ".join(("case_id", CHANGED, *(cut.sql for cut in cuts)))
    given = (stamp(now), stamp(aged))
    for start in range(0, len(keys), PAGE):
        page = keys[start : start + PAGE]
        marks = ",".join("?" * len(page))  # the same words each time, which are then read once
        found = db.all(f"SELECT {wanted} FROM cases WHERE case_id IN ({marks})", (*given, *page))  # noqa: S608 (our columns)
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
