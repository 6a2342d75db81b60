"""Counts of a place and a category now and before, and the waves that were planned for them."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from storage import house
from storage.engine import Db
from workbench.domain.house import NO_WAVE, WAVE
from workbench.domain.times import stamp

# By the key alone, and by the receipt alone: with more conditions SQLite takes an index that holds them
# all, and reads it from end to end.
NEWEST_CASE = "SELECT max(case_id) FROM cases"
ARRIVED = "SELECT site, category, received_at FROM cases WHERE case_id > ? AND kind IN ({kinds})"
LATELY = """
    SELECT DISTINCT site, category FROM cases
     WHERE site_id = ? AND received_at >= ? AND received_at <= ? AND kind IN ({kinds})
"""
COUNTED = """
    SELECT count(*) FILTER (WHERE received_at >= ?), count(*) FILTER (WHERE received_at < ?), max(received_at)
      FROM cases
     WHERE site_id = ? AND site = ? AND category = ? AND site <> ''
       AND received_at >= ? AND received_at < ? AND kind IN ({kinds})
"""
# from one category to the next by the index, however many cases the place has
FIRST = """
    WITH RECURSIVE known (category) AS (
        SELECT min(category) FROM cases WHERE site_id = :site_id AND site = :site AND site <> ''
         UNION ALL
        SELECT (SELECT min(category) FROM cases
                 WHERE site_id = :site_id AND site = :site AND site <> '' AND category > known.category)
          FROM known WHERE known.category IS NOT NULL)
    SELECT min((SELECT min(received_at) FROM cases
                 WHERE site_id = :site_id AND site = :site AND site <> '' AND category = known.category))
      FROM known
"""
WAVES = """
    SELECT wave, site, category, since, until, reason, at, actor FROM wave
     WHERE site_id = ? AND withdrawn_at IS NULL ORDER BY since, wave
"""
ADD_WAVE = """
    INSERT INTO wave (site_id, wave, site, category, since, until, reason, at, actor)
    SELECT :site_id, coalesce(max(wave), 0) + 1, :site, :category, :since, :until, :reason, :at, :by
      FROM wave WHERE site_id = :site_id
"""
WITHDRAW = """
    UPDATE wave SET withdrawn_at = ?, withdrawn_by = ?
     WHERE site_id = ? AND wave = ? AND withdrawn_at IS NULL
"""


class Pair(NamedTuple):
    """A place and a category."""

    site: str
    category: str


class Wave(NamedTuple):
    """A rise that is expected at a place from ``since`` up to ``until`` (UTC text); no category means all."""

    number: int
    site: str
    category: str
    since: str
    until: str
    reason: str
    at: str
    by: str


def newest_case(db: Db) -> int:
    """Return the key of the case that was recorded last, 0 in an empty store."""
    return int(db.value(NEWEST_CASE) or 0)


def arrived(db: Db, after: int, kinds: list[str]) -> Iterator[tuple[Pair, str]]:
    """Yield pair and receipt (UTC text) of the cases recorded since the one with the key ``after``."""
    sql = ARRIVED.format(kinds=",".join("?" * len(kinds)))
    rows = db.stream(sql, [after, *kinds])
    return ((Pair(site, category), at) for site, category, at in rows if site)


def lately(db: Db, site_id: int, since: datetime, now: datetime, kinds: list[str]) -> list[Pair]:
    """Return the pairs that received cases between two instants."""
    sql = LATELY.format(kinds=",".join("?" * len(kinds)))
    return [Pair(*row) for row in db.all(sql, [site_id, stamp(since), stamp(now), *kinds]) if row[0]]


def count(
    db: Db, site_id: int, pair: Pair, kinds: list[str], past: datetime, since: datetime, until: datetime
) -> tuple[int, int, str]:
    """Return how many cases of ``pair`` came in [since, until) and in [past, since), and the last receipt."""
    sql = COUNTED.format(kinds=",".join("?" * len(kinds)))
    start = stamp(since)
    given = [start, start, site_id, pair.site, pair.category, stamp(past), stamp(until), *kinds]
    row = db.all(sql, given)[0]
    return row[0], row[1], row[2] or ""


def first_receipt(db: Db, site_id: int, site: str) -> str | None:
    """Return when the first case of a place was received (UTC text)."""
    found = db.value(FIRST, {"site_id": site_id, "site": site})
    return str(found) if found else None


# ---------------------------------------------------------------- waves


def waves(db: Db, site_id: int) -> list[Wave]:
    """Return the planned waves that stand, the earliest first."""
    return [Wave(*row) for row in db.all(WAVES, (site_id,))]


def add_wave(
    db: Db, site_id: int, pair: Pair, since: datetime, until: datetime, reason: str, at: datetime, by: str
) -> int:
    """Plan a wave and return its number."""
    given = {"site": pair.site, "category": pair.category, "since": stamp(since), "until": stamp(until),
             "reason": reason}  # fmt: skip
    db.run(ADD_WAVE, given | {"site_id": site_id, "at": stamp(at), "by": by})
    number = int(db.value("SELECT max(wave) FROM wave WHERE site_id = ?", (site_id,)))
    house.log(db, site_id, WAVE, at=at, by=by, data={"wave": number} | given)
    return number


def withdraw_wave(db: Db, site_id: int, number: int, at: datetime, by: str) -> bool:
    """Take a planned wave back; False if there is none of that number."""
    if not db.run(WITHDRAW, (stamp(at), by, site_id, number)):
        return False
    house.log(db, site_id, NO_WAVE, at=at, by=by, data={"wave": number})
    return True
