"""What a form for a new case comes to by now: what saving will do, who rings, and their earlier cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from storage import lookup, queues, restrictions
from storage.engine import Db
from storage.queues import QueueRow
from workbench.actions import foreseen
from workbench.actions.foreseen import Preview
from workbench.desk import Desk
from workbench.domain import masks
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.policies import Rules
from workbench.domain.text import phone_key
from workbench.rules import in_sight

FEWEST_DIGITS = 7  # of a phone number, before anybody is looked for
MOST_COUNTED = 1000  # cases of one phone


class Place(NamedTuple):
    """Where the last case of a phone was, to be taken over, and the number of that case."""

    site: str
    unit: str
    number: str


@dataclass(frozen=True)
class Caller:
    """Who rings, by the cases of the same phone that the person at the desk reads."""

    phone: str  # ``phone_key``
    name: str = ""
    open: int = 0
    done: int = 0
    consent: bool | None = None  # to be called
    place: Place | None = None


@dataclass(frozen=True)
class Outlook:
    """What a form comes to by now; no preview while something in it cannot be understood (``why``)."""

    shown: Preview | None
    why: UsageError | RefusedError | None
    earlier: list[QueueRow]
    caller: Caller | None = None  # None before the phone is long enough
    restricted: bool = False  # earlier cases of the phone are only kept


def outlook(desk: Desk, given: Mapping[str, str]) -> Outlook:
    """Return what saving would do now, who rings, and earlier cases of the same phone or unit.

    Open cases of the phone come first, each sort from the newest on.

    Raises:
        StoreError: the store cannot be read.
    """
    shown, why = _foreseen(desk, given)
    phone = given.get("phone", "")
    key = phone_key(phone) if len(phone_key(phone)) >= FEWEST_DIGITS else ""
    with desk.store.reading() as db:
        site_id, reach = desk.store.site_id, in_sight.reach(desk, db)
        own = queues.of_reach(db, lookup.by_phone(db, site_id, key, MOST_COUNTED), reach) if key else []
        unsolved = lookup.unsolved(db, own)
        at = {"site": given.get("site", "").strip(), "unit": given.get("unit", "").strip()}
        near = queues.of_reach(db, lookup.earlier(db, site_id, phone="", **at), reach)
        others = sorted({*own[: lookup.MOST_EARLIER], *near}, reverse=True)
        keys = list(dict.fromkeys([*unsolved, *others]))[: lookup.MOST_EARLIER]
        rows = queues.rows(db, keys)
        caller = _caller(desk, db, key, own, len(unsolved)) if key else None
        restricted = restrictions.is_restricted(db, site_id, phone)
    return Outlook(shown, why, [rows[each] for each in keys if each in rows], caller, restricted)


def _foreseen(
    desk: Desk, given: Mapping[str, str]
) -> tuple[Preview | None, UsageError | RefusedError | None]:
    try:
        shown = foreseen.preview(desk, given)
    except (UsageError, RefusedError) as why:
        return None, why
    if shown.still_open is not None and shown.still_open.restricted:
        shown = shown._replace(still_open=None)
    return shown, shown.refused


def _caller(desk: Desk, db: Db, key: str, own: Sequence[int], unsolved: int) -> Caller:
    """Return who rings with the phone ``key``, by the newest of their cases ``own``."""
    cases = [desk.case_in(db, each) for each in own[: lookup.MOST_EARLIER]]
    rules = desk.rules_in(db)
    return Caller(
        key,
        next((case.customer for case in cases if case.customer), ""),
        unsolved,
        len(own) - unsolved,
        next((case.profile.consent for case in cases if case.profile.consent is not None), None),
        next((_place(case) for case in cases if _is_known(case.site, rules)), None),
    )


def _place(case: Case) -> Place:
    """Return where ``case`` was; what is masked everywhere is not filled in either."""
    shown = {name: masks.of(case, name) for name in ("site", "unit")}
    site, unit = (text if text == getattr(case, name) else "" for name, text in shown.items())
    return Place(site, unit, case.number)


def _is_known(site: str, rules: Rules) -> bool:
    """Say whether a case may be recorded at ``site``: any, while none is registered."""
    return bool(site) and (not rules.organisation.sites or site in rules.organisation.sites)
