"""Staff, units and sites as the store lists them, and the log of every change of these lists."""

from datetime import datetime
from typing import Any, NamedTuple

from storage import house
from storage.engine import Db
from storage.meaning import IS_DAMAGED
from workbench.domain.errors import StoreDamagedError
from workbench.domain.house import ACTS, LISTS
from workbench.domain.organisation import Member, Organisation, Unit
from workbench.domain.times import stamp, unstamp

STANDING = """
    SELECT (SELECT role FROM staff WHERE site_id = :site_id AND name = :name AND active = 1),
           EXISTS (SELECT 1 FROM staff WHERE site_id = :site_id AND active = 1)
"""
TAKEN = """
    SELECT EXISTS (SELECT 1 FROM site WHERE site_id = :site_id AND name = :name)
        OR NOT EXISTS (SELECT 1 FROM site WHERE site_id = :site_id)
"""
STAFF = """
    SELECT name, role, active, unit, post, step, away_from, away_until, substitute, login
      FROM staff WHERE site_id = ? ORDER BY name
"""
SET_STAFF = """
    INSERT INTO staff (site_id, name, role, active, unit, post, step, away_from, away_until, substitute,
                       login)
    VALUES (:site_id, :name, :role, :active, :unit, :post, :step, :away_from, :away_until, :substitute,
            :login)
    ON CONFLICT (site_id, name) DO UPDATE SET
        role = excluded.role, active = excluded.active, unit = excluded.unit, post = excluded.post,
        step = excluded.step, away_from = excluded.away_from, away_until = excluded.away_until,
        substitute = excluded.substitute, login = excluded.login
"""
LOGINS = "SELECT login, name FROM staff WHERE site_id = ? AND active = 1 AND login IS NOT NULL"
SET_UNIT = "INSERT INTO unit (site_id, name, tier, parent) VALUES (:site_id, :name, :tier, :parent)"
SET_SITE = "INSERT INTO site (site_id, name, parent) VALUES (:site_id, :name, :parent)"


class Change(NamedTuple):
    """One change of a list; ``before`` and ``after`` are what machines read, None for nothing."""

    at: datetime
    by: str
    what: str  # the verb that brought it
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def standing(db: Db, site_id: int, name: str) -> tuple[str | None, bool]:
    """Return the role of an active member of staff, or None, and whether anybody is listed: in one look."""
    row = db.one(STANDING, {"site_id": site_id, "name": name})
    return (row[0], bool(row[1])) if row else (None, False)


def takes_site(db: Db, site_id: int, name: str) -> bool:
    """Say whether a case may be recorded for the place ``name``: any may while none is registered."""
    return bool(db.value(TAKEN, {"site_id": site_id, "name": name}))


def load(db: Db, site_id: int, lowest_tier: str) -> Organisation:
    """Return everybody and every unit; a site is a unit of ``lowest_tier``.

    Raises:
        StoreDamagedError: a time of somebody's absence is none.
    """
    places = sites(db, site_id, lowest_tier)
    tree = {unit.name: unit for unit in (*places, *units(db, site_id))}
    people = {member.name: member for member in staff(db, site_id)}
    return Organisation(tree, people, frozenset(place.name for place in places))


def staff(db: Db, site_id: int) -> list[Member]:
    """Return everybody on the list by name, those who left too; see ``load``."""
    return [_member(row) for row in db.all(STAFF, (site_id,))]


def logins(db: Db, site_id: int) -> dict[str, str]:
    """Return the names on the staff list by the system's users who they are."""
    return dict(db.all(LOGINS, (site_id,)))


def units(db: Db, site_id: int) -> list[Unit]:
    """Return the units above the sites, and the departments."""
    found = db.all("SELECT name, tier, parent FROM unit WHERE site_id = ? ORDER BY name", (site_id,))
    return [Unit(*row) for row in found]


def sites(db: Db, site_id: int, tier: str = "") -> list[Unit]:
    """Return the registered places by name, as units of ``tier``."""
    found = db.all("SELECT name, parent FROM site WHERE site_id = ? ORDER BY name", (site_id,))
    return [Unit(name, tier, parent) for name, parent in found]


def set_member(db: Db, site_id: int, member: Member) -> None:
    """Put somebody on the list, or change them."""
    since, until = member.away_from, member.away_until
    given = {
        "site_id": site_id, "name": member.name, "role": member.role, "active": int(member.active),
        "unit": member.unit, "post": member.post, "step": member.step,
        "away_from": stamp(since) if since else None, "away_until": stamp(until) if until else None,
        "substitute": member.substitute, "login": member.login or None,
    }  # fmt: skip
    db.run(SET_STAFF, given)


def set_unit(db: Db, site_id: int, unit: Unit, *, site: bool) -> None:
    """Put a unit into the tree, or change it; ``site`` says whether it is the place of cases."""
    drop(db, site_id, unit.name)
    given = {"site_id": site_id, "name": unit.name, "parent": unit.parent}
    if site:
        db.run(SET_SITE, given)
    else:
        db.run(SET_UNIT, given | {"tier": unit.tier})


def drop(db: Db, site_id: int, name: str) -> None:
    """Take a unit or a site out of the tree."""
    db.run("DELETE FROM unit WHERE site_id = ? AND name = ?", (site_id, name))
    db.run("DELETE FROM site WHERE site_id = ? AND name = ?", (site_id, name))


def log(db: Db, site_id: int, change: Change) -> None:
    """Write down a change of a list in the house log."""
    data = {"before": change.before, "after": change.after}
    house.log(db, site_id, ACTS[change.what], at=change.at, by=change.by, data=data)


def changes(db: Db, site_id: int) -> list[Change]:
    """Return every change of the lists, the oldest first.

    Raises:
        StoreDamagedError: an entry cannot be read.
    """
    found = house.entries(db, site_id, LISTS)
    return [Change(e.at, e.by, e.act, e.data.get("before"), e.data.get("after")) for e in found]


def _member(row: tuple[Any, ...]) -> Member:
    name, role, active, unit, post, step, since, until, substitute, login = row
    try:
        away = (unstamp(since) if since else None, unstamp(until) if until else None)
    except (TypeError, ValueError):
        raise StoreDamagedError(IS_DAMAGED) from None
    return Member(name, role, bool(active), unit, post, step, *away, substitute, login or "")
