"""Who may decide how much: money, closing and the length of a pause, and who decides what is above that.

Source: S3 (authority).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from workbench.domain import acts
from workbench.domain.acts import Authority
from workbench.domain.cases import Case
from workbench.domain.effects.money import total
from workbench.domain.policies import Rules
from workbench.domain.regime import Role
from workbench.domain.severity import LOWEST
from workbench.policy.page.words import duration
from workbench.rules.permissions import decides, role_of
from workbench.words import N_, Said


def within(role: Role, case: Case, act: str, data: Mapping[str, Any]) -> bool:
    """Say whether ``role`` decides this by itself. Level 4 is always closed by whoever handles it.

    ``as_level`` of a closing stands for a graver level than that of the case: see ``close``. ``over_limit``
    marks a pause that is longer than the policy lets everybody decide.
    """
    if acts.BY_ID[act].authority is Authority.LEVEL:
        level: int = min(case.severity, data.get("as_level", LOWEST))
        return level == LOWEST or level >= role.closes
    if acts.BY_ID[act].authority is Authority.MONEY:
        limit = role.compensates
        return limit is None or total(case) + Decimal(data["amount"]) <= limit
    if acts.BY_ID[act].authority is Authority.TIME:
        return role.leads or not data.get("over_limit")
    return True


def limit_said(rules: Rules, person: str, case: Case, act: str) -> Said | None:
    """Say what ``person`` may decide on ``case`` by themselves, before anything is typed; None: all of it.

    Source: S4, response: limits stand on the screen to decide by.
    """
    own = role_of(rules, person)
    if own is None:
        return None
    if acts.BY_ID[act].authority is Authority.MONEY and own.compensates is not None:
        left = max(own.compensates - total(case), Decimal(0))
        return Said(N_("You may give {yuan} yuan more; above that somebody decides."), yuan=f"{left:,.2f}")
    if acts.BY_ID[act].authority is Authority.LEVEL and not within(own, case, act, {}):
        return Said(N_("Level {level} is above your authority: somebody decides."), level=case.severity)
    if acts.BY_ID[act].authority is Authority.TIME and not own.leads:
        time = duration(rules.policy.pause_limit_seconds)
        return Said(N_("Above {time}, all pauses of this round together, a supervisor decides."), time=time)
    return None


def reaches(role: Role, case: Case, act: str, data: Mapping[str, Any]) -> bool:
    """Say whether ``role`` may decide this for somebody else."""
    return decides(role, act) and role.allows(act) and within(role, case, act, data)


def deciders(rules: Rules, person: str, case: Case, act: str, data: Mapping[str, Any]) -> list[Role]:
    """Return the roles that may decide this instead of ``person``; none if nobody need.

    They run from the least powerful up, so that the request goes no higher than it must.
    """
    own = role_of(rules, person)
    if own is None or within(own, case, act, data):
        return []
    # a policy whose roles leave something that nobody decides is not taken into use
    return [role for role in rules.policy.regime.roles.values() if reaches(role, case, act, data)]
