"""Somebody's turn: a digest of one line a case, and the handovers that nobody has confirmed."""

from datetime import datetime
from typing import Any

from storage import inbox
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.domain.duties import OUTLIVING
from workbench.domain.policies import Rules
from workbench.domain.text import mask_numbers
from workbench.domain.times import stamp
from workbench.reports import inherited, queue_now
from workbench.rules import approvals

OPEN_END = "9999"  # sorts behind every due time


def owners(rules: Rules, person: str, at: datetime) -> tuple[str, ...]:
    """Return in whose name ``person`` may owe: oneself, the own unit and role, and whom one stands in for."""
    organisation = rules.organisation
    member = organisation.members.get(person)
    found = [person, *((member.unit, member.role) if member else ())]
    found += [each.name for each in organisation.active() if organisation.present(each.name, at) == person]
    return tuple(dict.fromkeys(name for name in found if name))


def digest(desk: Desk, *, everything: bool = False) -> list[dict[str, Any]]:
    """Return the cases on which the person at the desk owes something or was told something, gravest first.

    Args:
        everything: The other cases that the person handles, too.
    """
    now, site_id = desk.now(), desk.store.site_id
    with desk.store.reading() as db:
        names = owners(desk.rules_in(db), desk.person, now)
        keys = [*inbox.owed(db, site_id, names), *inbox.unseen(db, site_id, desk.person)]
        keys += inbox.held_late(db, site_id, desk.person, now)
        if everything:
            keys += inbox.held(db, site_id, desk.person)
        rows = [
            _line(desk, db, case, names, now) | _inherited(desk, db, case)
            for case in _cases(desk, db, keys, now)
        ]
    wanted = [row for row in rows if everything or row["owes"] or row["unseen"] or row["inherited_late"]]
    return sorted(wanted, key=lambda row: (row["severity"], row["due_at"] or OPEN_END, row["number"]))


def _cases(desk: Desk, db: Db, keys: list[int], now: datetime) -> list[Case]:
    found = queue_now.of(desk, db, list(dict.fromkeys(keys)), now)
    return [case for case in found if case.restricted is None]


def _line(desk: Desk, db: Db, case: Case, names: tuple[str, ...], now: datetime) -> dict[str, Any]:
    owed = owes(desk, db, case, names, now)
    told = [notice for notice in case.notices if notice.person == desk.person and notice.seen_at is None]
    due_at = min((duty.due_at for duty in owed), default=None)
    return {
        "number": case.number, "severity": case.severity, "hot": case.hot, "status": case.status,
        "handler": case.handler, "customer": mask_numbers(case.customer), "site": mask_numbers(case.site),
        "unit": mask_numbers(case.unit), "text": mask_numbers(case.text),
        "owes": [_duty_json(duty, now) for duty in sorted(owed, key=lambda duty: duty.due_at)],
        "unseen": len(told),
        "told": [{"what": each.what, "seq": each.seq, "at": stamp(each.at)} for each in told],
        "due_at": stamp(due_at) if due_at else None,
    }  # fmt: skip


def owes(desk: Desk, db: Db, case: Case, names: tuple[str, ...], now: datetime) -> list[Duty]:
    """Return what the person at the desk owes on ``case``, in their own name or in one of ``names``."""
    if desk.person in case.accused:  # on this case they stand in for nobody
        names = (desk.person,)
    owed = [duty for duty in case.owed() if duty.owner in names and (case.live or duty.kind in OUTLIVING)]
    return [duty for duty in owed if duty.owner == desk.person or _decides(desk, db, case, duty, now)]


def _decides(desk: Desk, db: Db, case: Case, duty: Duty, now: datetime) -> bool:
    """Say whether the person at the desk may end ``duty`` for its owner: not a request that concerns them."""
    if duty.kind != duties.APPROVAL.id:
        return True
    return approvals.may_decide(desk.rules_in(db, case.policy), desk.person, case, duty, at=now) is None


def _inherited(desk: Desk, db: Db, case: Case) -> dict[str, Any]:
    """Return the ids of the clocks that had run out before the person took the case over."""
    late = inherited.late(case, desk.person, desk.rules_in(db, case.policy))
    return {"inherited_late": [clock.id for clock in late]}


def _duty_json(duty: Duty, now: datetime) -> dict[str, Any]:
    return {
        "id": duty.id, "kind": duty.kind, "text": mask_numbers(duty.text), "owner": duty.owner,
        "by": duty.by, "due_at": stamp(duty.due_at), "overdue": duty.due_at < now,
    }  # fmt: skip


def handovers(desk: Desk) -> list[dict[str, Any]]:
    """Return the handovers that wait for the person at the desk, and those given and not confirmed."""
    now = desk.now()
    with desk.store.reading() as db:
        names = owners(desk.rules_in(db), desk.person, now)
        keys = inbox.handovers(db, desk.store.site_id, desk.person, names)
        return [handover_json(case) for case in _cases(desk, db, keys, now) if is_theirs(case, desk.person)]


def is_theirs(case: Case, person: str) -> bool:
    """Say whether a handover of ``case`` is of ``person``, who stands in for nobody if it complains of them.

    One without a handover is whose it was found for.
    """
    own = {
        name for duty in case.owed(duties.HANDOVER.id) for name in (duty.by, duty.owner, duty.data["from"])
    }
    return person not in case.accused or not own or person in {*own, case.handler}


def handover_json(case: Case) -> dict[str, Any]:
    """Return the open handover of ``case``: who gives it to whom, with which words, and by when."""
    duty = case.owed(duties.HANDOVER.id)[-1]
    return {
        "number": case.number, "from": duty.data["from"], "to": duty.owner,
        "next_step": mask_numbers(duty.data["next_step"]), "told": mask_numbers(duty.data["told"]),
        "due_at": stamp(duty.due_at), "state": duty.state,
    }  # fmt: skip
