"""Which rights a role of the policy gives, and who has them. They bind once anybody is on the staff list."""

from workbench.domain import rights
from workbench.domain.organisation import BUILT_IN_ROLES, READER
from workbench.domain.policies import Rules
from workbench.domain.recipients import roles_of
from workbench.domain.regime import Role
from workbench.domain.rights import Right
from workbench.domain.terms import Name

UNKNOWN_ROLE = "handler"
_NAMELESS = Name("", "")
# where the policy has no roles of its own, or not that one
_LEADS = Role("", _NAMELESS)
_WORKS = Role("", _NAMELESS, may_not=("staff", "policy", "calendar", "warning"))
_READS = Role("", _NAMELESS, may=())


def power(rules: Rules, role: str) -> int:
    """Return how powerful a role is: its place among those of the policy, -1 for an unknown one."""
    known = roles_of(rules.policy)
    return known.index(role) if role in known else -1


def head_of(rules: Rules) -> str:
    """Return the most powerful role of the policy: that of the head of the house."""
    return roles_of(rules.policy)[-1]


def has(rules: Rules, person: str, right: Right) -> bool:
    """Say whether ``person`` has ``right`` by role; true for everybody while nobody is listed."""
    if not rules.organisation.listed:
        return True
    member = rules.organisation.members.get(person)
    if member is None or not member.active:
        return False
    return rights.gives(_role(rules, member.role), right, head=member.role == head_of(rules))


def _role(rules: Rules, role: str) -> Role:
    known = rules.policy.regime.roles.get(role)
    if known is not None:
        return known
    if role == READER:
        return _READS
    return _LEADS if power(rules, role) > BUILT_IN_ROLES.index("handler") else _WORKS


def holders(rules: Rules, right: Right) -> tuple[str, ...]:
    """Return who on the staff list has ``right``."""
    return tuple(each.name for each in rules.organisation.active() if has(rules, each.name, right))


def role_of(rules: Rules, person: str) -> Role | None:
    """Return the role of ``person``; None while no staff are listed, or where the policy has no roles.

    A role that the policy of an older case does not know counts as a handler's there.
    """
    member = rules.organisation.members.get(person)
    if member is None or not rules.organisation.listed:
        return None
    roles = rules.policy.regime.roles
    return roles.get(member.role) or roles.get(UNKNOWN_ROLE)
