"""Rows for exports: many cases, chosen columns, in the order of a queue."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from storage.engine import Db, Row
from workbench.domain.times import stamp

RECORD = "\x1e"  # between the texts of a column
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


def columns(
    db: Db, keys: Sequence[int], cuts: Sequence[Cut], now: datetime, aged: datetime
) -> Iterator[tuple[list[int], list[list[str]]]]:
    """Yield pages as ``pages`` does, but by their columns, each of texts; every cut has a mark.

    Before the columns stand the places of the cases that time may have changed. First of the columns are the
    keys. The library joins a page of each column to one text, which is cut here: that costs half of making
    every text by itself.
    """
    whole = [f"group_concat({sql}, '{RECORD}')" for sql in ("case_id", CHANGED, *(cut.sql for cut in cuts))]
    for start in range(0, len(keys), PAGE):
        page = keys[start : start + PAGE]
        marks = ",".join("?" * len(page))
        sql = f"SELECT {', '.join(whole)} FROM cases WHERE case_id IN ({marks})"  # noqa: S608 (our columns)
        joined = db.all(sql, (stamp(now), stamp(aged), *page))[0]
        if joined[0] is None:
            continue
        found = [text.split(RECORD) for text in joined]
        if any(len(column) != len(found[0]) for column in found):  # the mark stands in a text
            [rows] = pages(db, page, cuts, now, aged)
            found = [[str(each) for each in column] for column in zip(*rows, strict=True)]
        yield _in_order(page, found)


def _in_order(page: Sequence[int], found: list[list[str]]) -> tuple[list[int], list[list[str]]]:
    """Return a page in the order of the keys that were asked for."""
    wanted, here = list(map(str, page)), found[0]
    if here != wanted:
        places = {key: place for place, key in enumerate(here)}
        order = [places[key] for key in wanted if key in places]
        found = [[column[place] for place in order] for column in found]
    changed = [place for place, flag in enumerate(found[1]) if flag == "1"]
    return changed, [found[0], *found[2:]]


def people(db: Db, keys: Sequence[int]) -> int:
    """Return how many different phones the cases of ``keys`` have."""
    found: set[str] = set()
    for start in range(0, len(keys), PAGE):
        listed = ",".join(map(str, keys[start : start + PAGE]))
        sql = f"SELECT DISTINCT phone_key FROM cases WHERE case_id IN ({listed}) AND phone_key <> ''"  # noqa: S608
        found.update(row[0] for row in db.all(sql))
    return len(found)
