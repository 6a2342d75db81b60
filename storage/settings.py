"""The rules that the store keeps: policies, calendar days; a mark of what changed."""

import os
from datetime import date, datetime

from storage import house, setting
from storage.engine import Db
from storage.meaning import IS_DAMAGED
from workbench.domain.days import GRAMMAR, HOURS_ONLY
from workbench.domain.errors import StoreDamagedError
from workbench.domain.house import CALENDAR, POLICY
from workbench.domain.times import stamp

INSERT_POLICY = """
    INSERT INTO policy (site_id, version, name, text, at, actor, grammar)
    VALUES (:site_id, :version, :name, :text, :at, :actor, :grammar)
"""
SET_DAY = """
    INSERT INTO calendar_day (site_id, calendar, day, works, name, at, actor)
    VALUES (:site_id, :calendar, :day, :works, :name, :at, :actor)
    ON CONFLICT (site_id, calendar, day) DO UPDATE SET
        works = excluded.works, name = excluded.name, at = excluded.at, actor = excluded.actor
"""


def newest_policy(db: Db, site_id: int) -> int:
    """Return the version in force for new cases."""
    return int(db.value("SELECT max(version) FROM policy WHERE site_id = ?", (site_id,)))


def policy(db: Db, site_id: int, version: int) -> tuple[str, str, int]:
    """Return name and text of a policy version, and the grammar that it was written under."""
    row = db.one(
        "SELECT name, text, grammar FROM policy WHERE site_id = ? AND version = ?", (site_id, version)
    )
    assert row, f"policy version {version} is on a case but not in the store"
    return row[0], row[1], row[2] or HOURS_ONLY


def policies(db: Db, site_id: int) -> list[tuple[int, str, str, str]]:
    """Return version, name, time and person of every policy adopted here."""
    found = db.all(
        "SELECT version, name, at, actor FROM policy WHERE site_id = ? ORDER BY version", (site_id,)
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


def add_policy(db: Db, site_id: int, name: str, text: str, at: datetime, by: str) -> int:
    """Store a policy as the next version and return that."""
    version = 1 + (db.value("SELECT max(version) FROM policy WHERE site_id = ?", (site_id,)) or 0)
    given = {"site_id": site_id, "version": version, "name": name, "text": text, "at": stamp(at), "actor": by,
             "grammar": GRAMMAR}  # fmt: skip
    db.run(INSERT_POLICY, given)
    told = {"version": version, "name": name, "grammar": GRAMMAR, "digest": text_digest(text)}
    house.log(db, site_id, POLICY, at=at, by=by, data=told)
    return int(version)


def text_digest(text: str) -> str:
    """Return the digest by which the house log names the text of a policy: SHA-256, hexadecimal."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


def calendar_days(db: Db, site_id: int) -> dict[str, dict[date, tuple[bool, str]]]:
    """Return the days that this store knows better than its policy: works or not, and the name.

    Raises:
        StoreDamagedError: one of them is no day.
    """
    found: dict[str, dict[date, tuple[bool, str]]] = {}
    for calendar, day, works, name in db.all(
        "SELECT calendar, day, works, name FROM calendar_day WHERE site_id = ?", (site_id,)
    ):
        try:
            found.setdefault(calendar, {})[date.fromisoformat(day)] = (bool(works), name)
        except (TypeError, ValueError):
            raise StoreDamagedError(IS_DAMAGED) from None
    return found


def set_calendar_day(
    db: Db, site_id: int, calendar: str, day: date, works: bool, name: str, at: datetime, by: str
) -> None:
    """Say whether ``day`` is worked in ``calendar``, and write the edit down for ever."""
    given = {"site_id": site_id, "calendar": calendar, "day": day.isoformat(), "works": int(works),
             "name": name, "at": stamp(at), "actor": by}  # fmt: skip
    db.run(SET_DAY, given)
    written = {"calendar": calendar, "day": day.isoformat(), "works": works, "name": name}
    house.log(db, site_id, CALENDAR, at=at, by=by, data=written)


def rules_mark(db: Db, site_id: int) -> str:
    """Return a word that changes whenever a policy, a calendar or a list of the store does."""
    return setting.get(db, site_id, "rules_mark")


def rules_changed(db: Db, site_id: int) -> None:
    """Tell every desk on this store to read policies, calendars, staff and units again."""
    setting.put(db, site_id, "rules_mark", os.urandom(8).hex())
