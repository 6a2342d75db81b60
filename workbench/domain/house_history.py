"""The fold of the house log: its entries in, the lists of the house out, a row a key.

A row is what the table beside holds, by column names. Rows of customers are kept as their digests, so that
memory does not grow with a campaign.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

from msgspec import Struct, field

from workbench.domain import house as acts
from workbench.domain.cases import Event
from workbench.domain.times import stamp

Key = tuple[Any, ...]
Rows = dict[Key, dict[str, Any]]


class House(Struct):
    """The lists as the log tells them: rows by key, of customers digests by key."""

    own: dict[str, str] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)  # the last number of a day, by a replaced store
    policy: Rows = field(default_factory=dict)
    calendar_day: Rows = field(default_factory=dict)
    staff: Rows = field(default_factory=dict)
    unit: Rows = field(default_factory=dict)
    wave: Rows = field(default_factory=dict)
    surge: Rows = field(default_factory=dict)
    campaign: Rows = field(default_factory=dict)
    contact: dict[Key, bytes] = field(default_factory=dict)
    call: dict[Key, bytes] = field(default_factory=dict)
    consent: dict[Key, bytes] = field(default_factory=dict)  # of contacts, since when, by whom
    restricted: dict[Key, bool] = field(default_factory=dict)  # by number a case, by two numbers a contact


def fold(log: Iterable[Event]) -> House:
    """Return the lists that ``log``, from its first entry on, tells of.

    Raises:
        KeyError, TypeError, ValueError: an entry does not hold what its kind must hold.
    """
    house = House()
    for event in log:
        if apply := APPLIED.get(event.act):
            apply(house, event)
    return house


def told(row: Mapping[str, Any]) -> bytes:
    """Return the digest by which a row of a customer is compared."""
    return sha256(json.dumps(row, ensure_ascii=False, sort_keys=True).encode()).digest()


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row without what is not set: a column that came later is nothing in older entries."""
    return {name: value for name, value in row.items() if value not in (None, "")}


def _signed(event: Event) -> dict[str, Any]:
    """Return when and by whom; an older store's rows say so themselves."""
    return {"at": event.data.get("at", stamp(event.at)), "actor": event.data.get("by", event.by)}


def _init(house: House, event: Event) -> None:
    house.own = {name: str(event.data[name]) for name in ("site_id", "code")}


def _upgrade(house: House, event: Event) -> None:
    """The lists as they were found: what was there before the log."""
    for name, rows in event.data.get("found", {}).items():
        kept: Rows = getattr(house, name)
        kept.clear()
        for key, row in rows:
            kept[tuple(key)] = plain(row)


def _policy(house: House, event: Event) -> None:
    row = {name: event.data[name] for name in ("name", "grammar", "digest")}
    house.policy[(event.data["version"],)] = plain(row | _signed(event))


def _day(house: House, event: Event) -> None:
    data = event.data
    row = {"works": int(data["works"]), "name": data["name"]}
    house.calendar_day[data["calendar"], data["day"]] = plain(row | _signed(event))


def _staff(house: House, event: Event) -> None:
    house.staff[(event.data["after"]["name"],)] = plain(event.data["after"])


def _unit(house: House, event: Event) -> None:
    house.unit[(event.data["after"]["name"],)] = plain(event.data["after"])


def _no_unit(house: House, event: Event) -> None:
    house.unit.pop((event.data["before"]["name"],), None)


def _restored(house: House, event: Event) -> None:
    """What the replaced store had given out is given out, though no case of this one has it."""
    for day, last in event.data["counters"].items():
        house.given[day] = max(house.given.get(day, 0), last)


def _wave(house: House, event: Event) -> None:
    house.wave[(event.data["wave"],)] = plain({**event.data, **_signed(event)})


def _no_wave(house: House, event: Event) -> None:
    signed = _signed(event)
    house.wave[(event.data["wave"],)] |= {"withdrawn_at": signed["at"], "withdrawn_by": signed["actor"]}


def _surge(house: House, event: Event) -> None:
    house.surge[(event.data["warning"],)] = plain({**event.data, "state": "open"})


def _surge_decided(house: House, event: Event) -> None:
    signed = _signed(event)
    decided = {"decided_at": signed["at"], "decided_by": signed["actor"]}
    row = house.surge[(event.data["warning"],)]
    for name in ("reason", "owner", "due_at"):
        row.pop(name, None)
    row |= plain({**event.data, **decided})


def _surge_answered(house: House, event: Event) -> None:
    signed = _signed(event)
    row = {"answered_at": signed["at"], "answered_by": signed["actor"], "answer": event.data["text"]}
    house.surge[(event.data["warning"],)] |= plain(row)


def _campaign(house: House, event: Event) -> None:
    house.campaign[(event.data["campaign"],)] = plain({**event.data, **_signed(event)})


def _campaign_close(house: House, event: Event) -> None:
    signed = _signed(event)
    row = {"closed_at": signed["at"], "closed_by": signed["actor"]}
    house.campaign[(event.data["campaign"],)] |= row


def _contact(house: House, event: Event) -> None:
    data = {name: value for name, value in event.data.items() if name not in ("at", "by", "consent")}
    key = (data["campaign"], data["contact"])
    house.contact[key] = told(data)
    house.consent[key] = told({"consent": int(event.data["consent"])} | _signed(event))


def _consent(house: House, event: Event) -> None:
    key = (event.data["campaign"], event.data["contact"])
    house.consent[key] = told({"consent": int(event.data["consent"])} | _signed(event))


def _call(house: House, event: Event) -> None:
    data = {name: value for name, value in event.data.items() if name not in ("at", "by")}
    key = (data["campaign"], data["contact"], data["entry"])
    house.call[key] = told(data | _signed(event))


def _only_kept(house: House, event: Event) -> None:
    for key in acts.kept_only(event.data):
        house.restricted.pop(key, None)
        if event.act == acts.RESTRICT.id:
            house.restricted[key] = True


APPLIED: dict[str, Callable[[House, Event], None]] = {
    acts.INIT.id: _init,
    acts.UPGRADE.id: _upgrade,
    acts.POLICY.id: _policy,
    acts.CALENDAR.id: _day,
    acts.STAFF_ADD.id: _staff,
    acts.STAFF_REMOVE.id: _staff,
    acts.STAFF_AWAY.id: _staff,
    acts.STAFF_BACK.id: _staff,
    acts.RESTORE.id: _restored,
    acts.UNITS_ADD.id: _unit,
    acts.SITES_ADD.id: _unit,
    acts.UNITS_REMOVE.id: _no_unit,
    acts.SITES_REMOVE.id: _no_unit,
    acts.WAVE.id: _wave,
    acts.NO_WAVE.id: _no_wave,
    acts.SURGE.id: _surge,
    acts.SURGE_DECIDED.id: _surge_decided,
    acts.SURGE_ANSWERED.id: _surge_answered,
    acts.CAMPAIGN.id: _campaign,
    acts.CAMPAIGN_CLOSE.id: _campaign_close,
    acts.CONTACT.id: _contact,
    acts.CONSENT.id: _consent,
    acts.CONTACTED.id: _call,
    acts.RESTRICT.id: _only_kept,
    acts.RELEASE.id: _only_kept,
}
