"""The lists that give power against the log of the house: whoever changes a list by hand is seen."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from storage import campaigns, house, organisation
from storage.check_report import Problem, note
from storage.engine import Db
from storage.settings import text_digest
from workbench.domain.errors import StoreDamagedError
from workbench.domain.house_history import House, Key, fold, plain, told
from workbench.words import N_, Said

TITLES = {
    "setting": N_("Settings"),
    "policy": N_("Policies"),
    "calendar_day": N_("Calendar days"),
    "staff": N_("Staff"),
    "unit": N_("Units and sites"),
    "wave": N_("Planned waves"),
    "surge": N_("Early warnings of places"),
    "campaign": N_("Campaigns"),
    "contact": N_("Customers of campaigns"),
    "consent": N_("Consent to be called"),
    "call": N_("Calls of campaigns"),
    "counter": N_("Numbers of the day"),
    "restricted": N_("What is only kept of persons"),
}
DIFFERS = N_("{list}: {key} is not what the house log tells.")
ADDED = N_("{list}: the house log does not know {key}.")
MISSING = N_("{list}: {key} is missing; the house log tells of it.")
COUNTED_WRONG = N_("{list}: {key} stands at {last}, the highest number of that day is {highest}.")
UNREADABLE = N_("The house log cannot be replayed: {why}")
BROKEN = (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, IndexError)
# of each list its key, and its columns
SELECTS = {
    "policy": (1, "version, name, grammar, at, actor, text", "policy"),
    "calendar_day": (2, "calendar, day, works, name, at, actor", "calendar_day"),
    "wave": (1, "wave, site, category, since, until, reason, at, actor, withdrawn_at, withdrawn_by", "wave"),
    "surge": (
        1, "warning, subject, site, category, fact, at, state, decided_at, decided_by, reason, owner, due_at,"
        " answered_at, answered_by, answer", "warning"),
    "campaign": (1, "campaign, name, kind, by_day, at, actor, closed_at, closed_by", "campaign"),
    "contact": (2, "campaign, contact, identity, customer, phone, site, unit", "campaign_contact"),
    "consent": (2, "campaign, contact, consent, at, actor", "campaign_contact"),
    "call": (
        3, "campaign, contact, entry, at, actor, act, reached, csi, nps, mood, text, again_at, case_id",
        "campaign_call"),
}  # fmt: skip
OF_NO_CASE = " AND case_id IS NULL"
IN_KEY = {"policy": ("version",), "calendar_day": ("calendar", "day"), "consent": ("campaign", "contact")}
KEPT = "SELECT number FROM cases INDEXED BY case_restricted WHERE site_id = ? AND restricted_at IS NOT NULL"
NUMBERS = "SELECT number FROM cases WHERE site_id = ?"
_NUMBER = re.compile(r".*?(\d{6})-(\d{4,})\d")


def lists(db: Db, site_id: int) -> Iterator[Problem]:
    """Yield where staff, units, policies and the other lists are not what the house log tells."""
    try:
        known = fold(house.stream(db, site_id))
    except StoreDamagedError as why:
        yield note(Said(UNREADABLE, why=str(why)))
        return
    except BROKEN as why:
        yield note(Said(UNREADABLE, why=f"{type(why).__name__}: {why}"))
        return
    yield from _settings(db, site_id, known)
    yield from _counters(db, site_id, known)
    yield from _compared("staff", _staff(db, site_id), known.staff)
    yield from _compared("unit", _units(db, site_id, known), known.unit)
    yield from _compared("restricted", _kept(db, site_id), known.restricted)
    for name in SELECTS:
        yield from _compared(name, _rows(db, site_id, name), getattr(known, name))


def _compared(name: str, rows: Iterator[tuple[Key, Any]], known: Mapping[Key, Any]) -> Iterator[Problem]:
    left = dict.fromkeys(known)
    for key, row in rows:
        if key not in known:
            yield _note(ADDED, name, key)
        elif known[key] != row:
            yield _note(DIFFERS, name, key)
        left.pop(key, None)
    for key in left:
        yield _note(MISSING, name, key)


def _note(template: str, name: str, key: Key, **more: object) -> Problem:
    return note(Said(template, list=Said(TITLES[name]), key="/".join(str(part) for part in key), **more))


def _rows(db: Db, site_id: int, name: str) -> Iterator[tuple[Key, Any]]:
    length, columns, table = SELECTS[name]
    names = columns.split(", ")
    sql = f"SELECT {columns} FROM {table} WHERE site_id = ?"  # noqa: S608 (names of ours)
    for row in db.stream(sql + (OF_NO_CASE if name == "surge" else ""), (site_id,)):
        found: dict[str, str] = dict(zip(names, row, strict=True))
        if name == "policy":
            found["digest"] = text_digest(str(found.pop("text")))
        key = row[:length]
        for part in IN_KEY.get(name, ()):
            del found[part]
        customers = name in ("contact", "consent", "call")
        yield key, told(found) if customers else plain(found)


def _staff(db: Db, site_id: int) -> Iterator[tuple[Key, Any]]:
    for member in organisation.staff(db, site_id):
        yield (member.name,), plain(member.as_json())


def _units(db: Db, site_id: int, known: House) -> Iterator[tuple[Key, Any]]:
    """Yield the tree; of a site the table knows no tier, so that the log's own stands for it."""
    for unit in organisation.units(db, site_id):
        yield (unit.name,), plain(unit.as_json())
    for site in organisation.sites(db, site_id):
        tier = known.unit.get((site.name,), {}).get("tier")
        yield (site.name,), plain(site.as_json() | {"tier": tier})


def _kept(db: Db, site_id: int) -> Iterator[tuple[Key, Any]]:
    for (number,) in db.all(KEPT, (site_id,)):
        yield (number,), True
    for campaign, contact, _phone in campaigns.restricted(db, site_id):
        yield (campaign, contact), True


def _settings(db: Db, site_id: int, known: House) -> Iterator[Problem]:
    found: dict[str, str] = dict(
        db.all("SELECT key, value FROM setting WHERE site_id = ? AND key IN ('code', 'site_id')", (site_id,))
    )
    for name in found.keys() | known.own.keys():
        if found.get(name) != known.own.get(name):
            yield _note(DIFFERS, "setting", (name,))


def _counters(db: Db, site_id: int, known: House) -> Iterator[Problem]:
    """Yield days whose counter is not at the highest number that a case has: numbers would be given twice."""
    highest = dict(known.given)
    for (number,) in db.stream(NUMBERS, (site_id,)):
        if found := _NUMBER.fullmatch(number):
            day = "-".join((found[1][:2], found[1][2:4], found[1][4:]))
            highest[day] = max(highest.get(day, 0), int(found[2]))
    last: dict[str, int] = dict(db.all("SELECT day, last FROM counter WHERE site_id = ?", (site_id,)))
    for day in sorted(highest.keys() | last.keys()):
        if highest.get(day, 0) != last.get(day, 0):
            yield _note(COUNTED_WRONG, "counter", (day,), last=last.get(day, 0), highest=highest.get(day, 0))
