"""What one customer, or one home, was promised within the policy's span counts together, over all cases.

A sum in slices is no way around a limit: what was promised, and what is asked for and not decided yet, on
other cases of the same phone, person or home, and on what is merged with them, counts with the sum that is
typed. A phone or home that was corrected counts on, unless nobody had built on it.
Source: S3, "promise nothing beyond one's authority"; the span is ours, in the policy.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from storage import events, groups, slices
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts, duties, upcoming
from workbench.domain.acts import Authority, Origin, Voice, Weight
from workbench.domain.cases import Case, Event
from workbench.domain.policies import Rules
from workbench.domain.text import phone_key
from workbench.domain.times import stamp
from workbench.rules import authority
from workbench.rules.request import Asked
from workbench.words import Said

NOTHING = Decimal(0)
Home = tuple[str, str]  # site and unit


class Known(NamedTuple):
    """Phones (``phone_key``) and homes under which cases stand, or stood."""

    phones: set[str]
    homes: set[Home]

    def meets(self, other: "Known") -> bool:
        """Say whether the two have a phone or a home in common."""
        return bool(self.phones & other.phones or self.homes & other.homes)

    def joined(self, other: "Known") -> "Known":
        """Return both together."""
        return Known(self.phones | other.phones, self.homes | other.homes)


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
    others = [each for each in same(desk, db, case, since) if each.case_id != case.case_id]
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


def same(desk: Desk, db: Db, case: Case, since: datetime) -> list[Case]:
    """Return the cases with money since then (UTC) of the customers and homes of ``case`` and its merger."""
    site_id = desk.store.site_id
    family = _merged_with(desk, db, case.case_id)
    wanted = _known(desk, db, family)
    near = family.union(*(groups.of_customer(db, site_id, key) for key in family))
    return [
        desk.stored_in(db, each.case_id)[0]
        for each in slices.recent(db, site_id, stamp(since))
        if each.case_id in near or _shares(desk, db, each, wanted, near)
    ]


def _shares(desk: Desk, db: Db, each: slices.Moneyed, wanted: Known, near: set[int]) -> bool:
    """Say whether ``each``, or what it is merged with, is or was of a phone or home of ``wanted``."""
    if wanted.meets(Known({each.phone} - {""}, {(each.site, each.unit)} if each.unit else set())):
        return True
    if not (each.changed or each.joined):
        return False
    family = _merged_with(desk, db, each.case_id) if each.joined else {each.case_id}
    return bool(family & near) or wanted.meets(_known(desk, db, family))


def _asked_for(case: Case) -> Decimal:
    """Return the yuan that are asked for on ``case`` and not decided yet."""
    waiting = (duty for duty in case.owed(duties.APPROVAL.id) if duty.data["act"] == acts.COMPENSATE.id)
    return sum((Decimal(duty.data["asked"]["amount"]) for duty in waiting), NOTHING)


def _merged_with(desk: Desk, db: Db, key: int) -> set[int]:
    """Return the case ``key`` with the one into which it is merged, and all that is merged into that."""
    case = desk.stored_in(db, key)[0]
    head = case.merged_into
    parts = groups.parts(db, desk.store.site_id, head.number if head else case.number)
    merged = {part for part in parts if desk.stored_in(db, part)[0].merged_into is not None}
    return {key, *((head.case_id,) if head else ()), *merged}


def _known(desk: Desk, db: Db, keys: set[int]) -> Known:
    found = Known(set(), set())
    for key in keys:
        found = found.joined(known_as(events.of_case(db, desk.store.site_id, key)))
    return found


def known_as(timeline: list[Event]) -> Known:
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
    return Known(phones, homes)


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
