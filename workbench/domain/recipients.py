"""Whom a ladder tells: from the word in a policy to people by name, absence and substitutes considered."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from workbench.domain.cases import Case
from workbench.domain.organisation import BUILT_IN_ROLES, Organisation
from workbench.domain.policies import Policy, Rules

STEPS = {"step-1": 1, "step-2": 2, "step-3": 3}


def roles_of(policy: Policy) -> tuple[str, ...]:
    """Return the ids of the roles from the least powerful up: the policy's, else the built-in five."""
    return tuple(policy.regime.roles) or BUILT_IN_ROLES


def told(rules: Rules, case: Case, to: str, at: datetime, *, owner: str = "") -> tuple[str, ...]:
    """Return who is told at ``at`` (UTC) when a step of a ladder says ``to``; nobody known: empty.

    A person named on the case is replaced by a substitute while away. A role is looked for up the tree
    from the place of the case, a tier is answered for by the most powerful people of its unit above that
    place. A step (tier of S0) that nobody has on the case is looked for up the tree as well.

    Args:
        to: handler, first-asked, owner, head (of the task force), step-1 to step-3, a role or a tier of
            the policy; handler is the person on the case, not the role. While nobody handles it, that is
            whoever was asked first and stays accountable (S0).
        owner: Whoever owes the duty whose ladder it is: a person, a unit, or a role.

    Nobody is told of whom the case complains: then it goes up the tree (S4). Their account is theirs to give.
    """
    if not case.accused or (to == "owner" and owner in case.accused):
        return _told(rules, case, to, at, owner)
    apart = replace(rules, organisation=rules.organisation.without(case.accused))
    found = [name for name in _told(apart, case, to, at, owner) if name not in case.accused]
    return tuple(found) or _above(apart, case, to, at)


def _above(rules: Rules, case: Case, to: str, at: datetime) -> tuple[str, ...]:
    """Return who stands nearest above ``to``, and above everybody of whom the case complains."""
    roles, members = roles_of(rules.policy), rules.organisation.members
    below = [to, *(members[name].role for name in case.accused if name in members)]
    top = max((roles.index(role) for role in below if role in roles), default=0)
    found = (rules.organisation.with_role(role, case.site, at) for role in roles[top:])
    return next(filter(None, found), ())


def _told(rules: Rules, case: Case, to: str, at: datetime, owner: str) -> tuple[str, ...]:
    organisation, roles = rules.organisation, roles_of(rules.policy)
    if to == "owner" and owner in organisation.units:
        return organisation.of_unit(owner, roles, at)
    if to == "owner" and owner in roles and owner not in organisation.members:
        return organisation.with_role(owner, case.site, at)
    if (named := _named_on_case(case, to, owner)) is not None:
        return there(organisation, named, at)
    if to in STEPS:
        nearest = organisation.of_step(STEPS[to], case.site, at)
        return (nearest,) if nearest else ()
    if to in roles:
        return organisation.with_role(to, case.site, at)
    return organisation.of_tier(to, case.site, roles, at)


def _named_on_case(case: Case, to: str, owner: str) -> tuple[str, ...] | None:
    """Return whom the case itself names for ``to``, or None if that is for the tree to say."""
    match to:
        case "handler":
            return (case.handler or case.first_asked,)
        case "first-asked":
            return (case.first_asked,)
        case "owner":
            return (owner,)
        case "head":
            return (case.force.head if case.force else "",)
    step = case.tiers.get(STEPS[to]) if to in STEPS else None
    return (step,) if step else None


def standing_in(rules: Rules, accused: Iterable[str], names: Iterable[str], at: datetime) -> tuple[str, ...]:
    """Return who is there for each of ``names`` on a case that complains of ``accused``; see ``there``.

    Nobody complained about stands in for anybody there (S4).
    """
    return there(rules.organisation.with_deputies_apart(accused), names, at)


def there(organisation: Organisation, names: Iterable[str], at: datetime) -> tuple[str, ...]:
    """Return who is there for each of ``names`` at ``at``, each once, without those who have left.

    A name on no list is somebody.
    """
    members = organisation.members
    found = dict.fromkeys(organisation.present(name, at) for name in names if name)
    return tuple(name for name in found if name not in members or members[name].active)
