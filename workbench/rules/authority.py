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
from workbench.rules.permissions import decides
from workbench.rules.role_rights import role_of
from workbench.words import N_, Said


def bound(rules: Rules, case: Case) -> int:
    """Return at which level ``case`` is closed, and money on it decided: the gravest of the cycle.

    A level that a correction, or somebody who might not close the case, made milder binds until it is
    confirmed; see ``rules.binding``.
    """
    level = min(case.severity, *(reason.level or LOWEST for reason in case.binds), LOWEST)
    for by, was in reversed(case.lowered):
        role = role_of(rules, by)
        if role is None or closes(role, was):
            break
        level = min(level, was)
    return level


def binding(rules: Rules, case: Case) -> dict[str, int]:
    """Return ``as_level`` of an entry on ``case`` where a graver level than its own binds."""
    level = bound(rules, case)
    return {"as_level": level} if level < case.severity else {}


def closes(role: Role, level: int) -> bool:
    """Say whether ``role`` closes a case of ``level`` by itself; level 4 is always closed by its handler."""
    return role.allows(acts.CLOSE.id) and (level == LOWEST or level >= role.closes)


def within(role: Role, case: Case, act: str, data: Mapping[str, Any]) -> bool:
    """Say whether ``role`` decides this by itself. Level 4 is always closed by whoever handles it.

    ``as_level`` stands for a graver level than that of the case: see ``bound`` and ``close``. ``over_limit``
    marks a pause that is longer than the policy lets everybody decide.
    """
    if acts.BY_ID[act].authority is Authority.LEVEL:
        level: int = min(case.severity, data.get("as_level", LOWEST))
        return level == LOWEST or level >= role.closes
    if acts.BY_ID[act].authority is Authority.MONEY:
        if not _may_pass(role, data):
            return False
        limit = role.compensates
        return limit is None or counted(case, data) + Decimal(data["amount"]) <= limit
    if acts.BY_ID[act].authority is Authority.TIME:
        return role.leads or not data.get("over_limit")
    return True


def _may_pass(role: Role, data: Mapping[str, Any]) -> bool:
    """Say whether no level binds that ``role`` does not close by itself."""
    return "as_level" not in data or closes(role, data["as_level"])


def counted(case: Case, data: Mapping[str, Any]) -> Decimal:
    """Return the yuan that count with a sum on ``case``: what is promised there, and ``elsewhere``."""
    return total(case) + Decimal(data.get("elsewhere", 0))


def limit_said(
    rules: Rules, person: str, case: Case, act: str, elsewhere: Decimal = Decimal(0)
) -> Said | None:
    """Say what ``person`` may decide on ``case`` by themselves, before anything is typed; None: all of it.

    ``elsewhere``: what counts besides what is promised on the case, see ``slices``.
    Source: S4, response: limits stand on the screen to decide by.
    """
    own = role_of(rules, person)
    if own is None:
        return None
    unconfirmed = binding(rules, case)
    if acts.BY_ID[act].authority is Authority.MONEY and not _may_pass(own, unconfirmed):
        return Said(
            N_("Level {level} binds until it is confirmed: somebody decides."), level=unconfirmed["as_level"]
        )
    if acts.BY_ID[act].authority is Authority.MONEY and own.compensates is not None:
        left = max(own.compensates - total(case) - elsewhere, Decimal(0))
        return Said(N_("You may give {yuan} yuan more; above that somebody decides."), yuan=f"{left:,.2f}")
    if acts.BY_ID[act].authority is Authority.LEVEL and not within(own, case, act, unconfirmed):
        level = unconfirmed.get("as_level", case.severity)
        return Said(N_("Level {level} is above your authority: somebody decides."), level=level)
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
