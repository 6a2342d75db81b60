"""To whom goes what somebody leaves behind who has left the house."""

from datetime import datetime
from typing import Any

from workbench.domain import duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.domain.duties import OUTLIVING
from workbench.domain.policies import Rules
from workbench.domain.recipients import roles_of, told
from workbench.rules import approvals, duty_rules, permissions

# what only the person could give goes up: a receiver cannot stand in for it
PERSONAL = (duties.ACCOUNTING.id,)


def entry(case: Case, person: str, receiver: str, rules: Rules, at: datetime) -> dict[str, Any]:
    """Return the data of the entry that ``person`` has left ``case`` to ``receiver`` (empty for nobody).

    Whoever is complained about receives nothing. Without a receiver the duties go up, to the nearest
    supervisor or further; where nobody is left above they stay as they are.
    """
    heir = "" if receiver in case.accused else receiver
    owed = [duty for duty in _owed(case) if duty.owner == person and duty.kind != duties.CONFIRMATION.id]
    owners = [(duty, _owner(case, duty, person, heir, rules, at)) for duty in owed]
    found: dict[str, Any] = {"from": person, "owed": [[d.kind, d.id, owner] for d, owner in owners if owner]}
    if heir:
        found["to"] = heir
    if case.force and case.force.head == person and (head := heir or above(case, person, rules, at)):
        found["head"] = head
    orphaned = case.handler == person and not heir
    leaders = told(rules, case, duty_rules.SENIOR, at) if orphaned else ()
    people = dict.fromkeys((*leaders, *([heir] if heir else ()), *(owner for _, owner in owners if owner)))
    return found | {"informed": list(people)}


def _owed(case: Case) -> list[Duty]:
    return [duty for duty in case.owed() if case.live or duty.kind in OUTLIVING]


def _owner(case: Case, duty: Duty, person: str, heir: str, rules: Rules, at: datetime) -> str | None:
    """Return who owes ``duty`` from now on; None where nobody is left."""
    if heir and duty.kind not in PERSONAL and _can(case, duty, heir, rules, at):
        return heir
    return above(case, person, rules, at, duty)


def _can(case: Case, duty: Duty, name: str, rules: Rules, at: datetime) -> bool:
    if duty.kind == duties.APPROVAL.id:
        return approvals.may_decide(rules, name, case, duty, at=at) is None
    return permissions.by_role(rules, name, duties.BY_ID[duty.kind].ended_by.id) is None


def above(case: Case, person: str, rules: Rules, at: datetime, duty: Duty | None = None) -> str | None:
    """Return the nearest supervisor of the place of ``case``, or whoever stands further up; None for nobody.

    Neither ``person`` nor whoever is complained about, and somebody who may end ``duty``.
    """
    roles, apart = roles_of(rules.policy), rules.organisation.without(case.accused)
    for role in roles[roles.index(duty_rules.SENIOR) :]:
        for name in apart.with_role(role, case.site, at):
            if name not in (person, *case.accused) and (duty is None or _can(case, duty, name, rules, at)):
                return name
    return None
