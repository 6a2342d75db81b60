"""Pages of nights as they were printed: kept once, and checked against the entries that they knew of.

``head`` is the newest entry that the page knew of. ``digest`` covers the row and the digest of the night that
was kept before it (``last``), so that a page that was altered, and one that was taken out, are seen.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from storage.engine import Db, Row
from storage.meaning import IS_DAMAGED
from workbench.domain.errors import StoreDamagedError

COLUMNS = "day, made_at, actor, head, printed, last, digest"
NIGHT = f"SELECT {COLUMNS} FROM night WHERE site_id = ? AND day = ?"  # noqa: S608 (our column names)
BETWEEN = f"""
    SELECT {COLUMNS} FROM night WHERE site_id = ? AND day >= ? AND day < ? ORDER BY day
"""  # noqa: S608
BEFORE = "SELECT digest FROM night WHERE site_id = ? AND day < ? ORDER BY day DESC LIMIT 1"
NEWEST = "SELECT max(day) FROM night WHERE site_id = ?"
KEEP = """
    INSERT INTO night (site_id, day, made_at, actor, head, printed, last, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, day) DO UPDATE SET
        made_at = excluded.made_at, actor = excluded.actor, head = excluded.head,
        printed = excluded.printed, digest = excluded.digest
"""
FIRST = b""  # stands for the night before the first


class Night(NamedTuple):
    """A kept page: ``day`` as in JSON, ``made_at`` UTC text, ``printed`` as ``summary --json`` had it."""

    day: str
    made_at: str
    by: str
    head: int
    printed: dict[str, Any]


def written(printed: Mapping[str, Any]) -> str:
    """Return figures as they are kept: the same figures are the same text."""
    return json.dumps(printed, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def keep(db: Db, site_id: int, night: Night) -> None:
    """Keep a page, in the place of an earlier one of the same day; runs inside a write transaction."""
    known = db.one(NIGHT, (site_id, night.day))
    last = known[5] if known else db.value(BEFORE, (site_id, night.day)) or FIRST
    row = (night.day, night.made_at, night.by, night.head, written(night.printed), last)
    db.run(KEEP, (site_id, *row, digest_of(row)))


def digest_of(row: Row) -> bytes:
    """Return the digest of a kept page: of its columns in their order, without the digest itself."""
    *told, last = row[:6]
    return sha256(last + json.dumps(told, ensure_ascii=False).encode()).digest()


def of_day(db: Db, site_id: int, day: str) -> Night | None:
    """Return the kept page of a day, or None.

    Raises:
        StoreDamagedError: it cannot be read.
    """
    row = db.one(NIGHT, (site_id, day))
    return _night(row) if row else None


def between(db: Db, site_id: int, first: str, until: str) -> list[Night]:
    """Return the kept pages of the days from ``first`` up to, but not of, ``until``, the oldest first."""
    return [_night(row) for row in db.all(BETWEEN, (site_id, first, until))]


def newest(db: Db, site_id: int) -> str:
    """Return the newest day of which a page is kept; empty for none."""
    return str(db.value(NEWEST, (site_id,)) or "")


def _night(row: Row) -> Night:
    try:
        printed = json.loads(row[4])
    except ValueError:
        raise StoreDamagedError(IS_DAMAGED) from None
    day, made_at, by, head = row[:4]
    return Night(day, made_at, by, head, printed)
