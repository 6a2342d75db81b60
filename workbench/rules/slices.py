"""What one customer, or one home, was promised within the policy's span counts together, over all cases.

A sum in slices is no way around a limit: what was promised, and what is asked for and not decided yet, on
other cases of the same phone, person or home, and on what is merged with them, counts with the sum that is
typed. A phone or home that was corrected counts on, unless nobody had built on it.
Source: S3, "promise nothing beyond one's authority"; the span is ours, in the policy.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from storage import events, groups, slices
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts, duties, upcoming
from workbench.domain.acts import Authority, Origin, Voice, Weight
from workbench.domain.cases import Case, Event
from workbench.domain.policies import Rules
from workbench.domain.text import phone_key
from workbench.rules import authority
from workbench.rules.request import Asked
from workbench.words import Said

NOTHING = Decimal(0)
Home = tuple[str, str]  # site and unit


def counted(asked: Asked, *, deciding: bool = False) -> dict[str, str]:
    """Return ``elsewhere`` of a sum on the case: what counts with it and is not promised on the case itself.

    Args:
        deciding: A request is being decided: what else is asked for counts when that is decided.
    """
    sum_ = elsewhere(asked.desk, asked.db, asked.case, asked.rules, asked.at, asked_too=not deciding)
    return {"elsewhere": str(sum_)} if sum_ else {}


def elsewhere(
    desk: Desk, db: Db, case: Case, rules: Rules, at: datetime, *, asked_too: bool = True
) -> Decimal:
    """Return the yuan promised, or asked for, to the same customer or home within the span before ``at``.

    ``at`` is UTC. What is promised on ``case`` itself is not among it, what is asked for there is.
    """
    own = _asked_for(case) if asked_too else NOTHING
    months = rules.policy.compensation_months
    if not months:
        return own
    since = upcoming.later(at, -months, 0, rules.zone)
    others = [each for each in same(desk, db, case) if each.case_id != case.case_id]
    promised = (sum_.amount for each in others for sum_ in each.money if sum_.at >= since)
    asked = (_asked_for(each) for each in others) if asked_too else ()
    return sum(promised, own) + sum(asked, NOTHING)


def limit_said(desk: Desk, case: Case, act: str) -> Said | None:
    """Say what the person at the desk may decide on ``case``, with what counts besides; see ``authority``."""
    rules = desk.rules(case.policy)
    if acts.BY_ID[act].authority is not Authority.MONEY or not rules.organisation.listed:
        return authority.limit_said(rules, desk.person, case, act)
    with desk.store.reading() as db:
        sum_ = elsewhere(desk, db, case, rules, desk.now())
    return authority.limit_said(rules, desk.person, case, act, sum_)


def same(desk: Desk, db: Db, case: Case) -> list[Case]:
    """Return the cases with money of the same customer or home as ``case``, or as what is merged with it."""
    site_id = desk.store.site_id
    family = _merged_with(desk, db, {case.case_id})
    phones, homes = _known(desk, db, family)
    near = set().union(*(slices.of_person(db, site_id, key) for key in family))
    sure = near | family
    maybe = slices.of_phones(db, site_id, phones) | slices.of_homes(db, site_id, homes)
    sure |= {key for key in maybe - sure if _shares(desk, db, key, phones, homes)}
    keys = slices.with_money(db, site_id, _merged_with(desk, db, sure))
    return [desk.stored_in(db, key)[0] for key in keys]


def _asked_for(case: Case) -> Decimal:
    """Return the yuan that are asked for on ``case`` and not decided yet."""
    waiting = (duty for duty in case.owed(duties.APPROVAL.id) if duty.data["act"] == acts.COMPENSATE.id)
    return sum((Decimal(duty.data["asked"]["amount"]) for duty in waiting), NOTHING)


def _merged_with(desk: Desk, db: Db, keys: set[int]) -> set[int]:
    """Return ``keys`` with the cases into which they are merged, and all that is merged into those."""
    found = set(keys)
    for key in keys:
        case = desk.stored_in(db, key)[0]
        head = case.merged_into.case_id if case.merged_into else key
        number = case.merged_into.number if case.merged_into else case.number
        found |= {head, *groups.parts(db, desk.store.site_id, number)} if _merges(case) else set()
    return found


def _merges(case: Case) -> bool:
    return case.merged_into is not None or any(link.kind == "merged" for link in case.links)


def _shares(desk: Desk, db: Db, key: int, phones: set[str], homes: set[Home]) -> bool:
    known, places = known_as(events.of_case(db, desk.store.site_id, key))
    return bool(known & phones or places & homes)


def _known(desk: Desk, db: Db, keys: set[int]) -> tuple[set[str], set[Home]]:
    phones: set[str] = set()
    homes: set[Home] = set()
    for key in keys:
        known, places = known_as(events.of_case(db, desk.store.site_id, key))
        phones |= known
        homes |= places
    return phones, homes


def known_as(timeline: list[Event]) -> tuple[set[str], set[Home]]:
    """Return the phones and homes under which a case stood while somebody built on it, and stands now."""
    undone = {event.data["seq"] for event in timeline if event.act == acts.UNDO.id}
    phones: set[str] = set()
    homes: set[Home] = set()
    now: dict[str, Any] = {}
    typed_by = ""
    for event in timeline:
        if event.seq in undone:
            continue
        if now and _builds(event, typed_by):
            _keep(now, phones, homes)
        if event.act == acts.COMPLAINANT.id:
            _keep({**event.data, "site": now.get("site")}, phones, homes)
        elif said := {name: event.data[name] for name in ("phone", "site", "unit") if name in event.data}:
            now |= said
            typed_by = event.by
    _keep(now, phones, homes)
    return phones, homes


def _builds(event: Event, typed_by: str) -> bool:
    """Say whether ``event`` rests on the phone and home that ``typed_by`` wrote down."""
    act = acts.BY_ID[event.act]
    if act.weight is Weight.QUIET or event.by == upcoming.SYSTEM:
        return False
    told = act.voice is Voice.TELLS or act.origin is Origin.RULE or act in (acts.PAY, acts.APPROVE)
    return told or event.by != typed_by


def _keep(said: dict[str, Any], phones: set[str], homes: set[Home]) -> None:
    if key := phone_key(said.get("phone") or ""):
        phones.add(key)
    if unit := (said.get("unit") or "").strip():
        homes.add(((said.get("site") or "").strip(), unit))
