"""Nobody raises themselves or a peer: only who stands above gives a role, changes it, or takes it away."""

from workbench.desk import Desk
from workbench.domain.errors import RefusedError
from workbench.domain.organisation import Member
from workbench.domain.policies import Rules, name_of
from workbench.rules.role_rights import power
from workbench.words import N_

PEERS = N_(
    "{name} is {role}: only somebody above changes this entry; whoever owns the store file names a head:"
    " workbench staff recover NAME"
)
TOO_HIGH = N_(
    "{by} may give roles below {own} only, and {role} is not; whoever owns the store file names a head:"
    " workbench staff recover NAME"
)


def ensure_above(desk: Desk, rules: Rules, old: Member | None, new: Member | None) -> None:
    """Refuse a change of the staff list that the person at the desk is not above; see the module.

    Args:
        old: The entry as it is; None for somebody new.
        new: As it would be; None where somebody is taken off.

    Raises:
        RefusedError: names the roles, and who may.
    """
    sitter = rules.organisation.members[desk.person]
    own = power(rules, sitter.role)
    roles = rules.policy.regime.roles
    if old is not None and old.active and old.name != sitter.name and power(rules, old.role) >= own:
        raise RefusedError(PEERS, name=old.name, role=name_of(roles, old.role))
    if new is None or (old is not None and old.active and new.role == old.role):
        return
    lowers_oneself = new.name == sitter.name and power(rules, new.role) < own
    if power(rules, new.role) >= own and not lowers_oneself:
        raise RefusedError(
            TOO_HIGH, by=sitter.name, own=name_of(roles, sitter.role), role=name_of(roles, new.role)
        )
