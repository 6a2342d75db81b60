"""Who may do what, when: roles, the flow, the one line of command, and authority over money and closing.

Roles bind once anybody is on the staff list. Source: S2 (gates and nodes), S0 (task force), S3 (authority,
one line of command).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from workbench.domain import flow
from workbench.domain.cases import Case
from workbench.domain.effects.money import total
from workbench.domain.policies import Rules
from workbench.domain.regime import Role
from workbench.domain.severity import LOWEST
from workbench.words import N_, Said

TELLS_THE_CUSTOMER = ("acknowledge", "reply", "propose", "promise", "close", "callback", "compensate")
LIMITED = ("close", "compensate")


def role_of(rules: Rules, person: str) -> Role | None:
    """Return the role of ``person``; None while no staff are listed, or for a role the policy lacks."""
    member = rules.organisation.members.get(person)
    if member is None or not rules.organisation.listed:
        return None
    return rules.policy.regime.roles.get(member.role)


def why_not(rules: Rules, person: str, case: Case, act: str) -> Said | None:
    """Say what stands before ``act`` by ``person``, or None; the act's own rule is asked besides."""
    if reason := by_role(rules, person, act):
        return reason
    if case.merged_into and act in TELLS_THE_CUSTOMER and act != "callback":
        return Said(
            N_("{number} is merged into {into}; act there."), number=case.number, into=case.merged_into.number
        )
    if case.force and act in TELLS_THE_CUSTOMER and not speaks(rules, person, case):
        return Said(
            N_("A task force stands: only its head, {head}, tells the customer."), head=case.force.head
        )
    role = role_of(rules, person)
    return flow.why_not(case, act, role.id if role else None, rules.policy)


def by_role(rules: Rules, person: str, act: str) -> Said | None:
    """Say whose it is to do ``act`` if the role of ``person`` does not allow it, or None."""
    role = role_of(rules, person)
    if role is None or role.allows(act):
        return None
    able = [str(each.name) for each in rules.policy.regime.roles.values() if each.allows(act)]
    return Said(N_("{name} may not do this; it is for: {roles}."), name=person, roles=", ".join(able))


def speaks(rules: Rules, person: str, case: Case) -> bool:
    """Say whether ``person`` is the one who tells the customer."""
    if case.force is None:
        return True
    at = case.last_at or case.received_at
    return person in (case.force.head, rules.organisation.present(case.force.head, at))


def within(role: Role, case: Case, act: str, data: Mapping[str, Any]) -> bool:
    """Say whether ``role`` decides this by itself. Level 4 is always closed by whoever handles it."""
    if act == "close":
        return case.severity == LOWEST or case.severity >= role.closes
    if act == "compensate":
        limit = role.compensates
        return limit is None or total(case) + Decimal(data["amount"]) <= limit
    return True


def decider(rules: Rules, person: str, case: Case, act: str, data: Mapping[str, Any]) -> Role | None:
    """Return the least powerful role that may decide this instead of ``person``; None if nobody need.

    The roles run from the least powerful up, so that the request goes no higher than it must.
    """
    own = role_of(rules, person)
    if act not in LIMITED or own is None or within(own, case, act, data):
        return None
    roles = rules.policy.regime.roles.values()
    # a policy whose roles leave something that nobody decides is not taken into use
    return next(r for r in roles if r.allows("approve") and r.allows(act) and within(r, case, act, data))
