"""Who gives the verdict: by role, as somebody who neither did the work nor is of the unit complained about.

Nor is it somebody of a unit under that one, who would judge those above; a more powerful role stands above no
matter where.

Source: S0, an independent party establishes the facts; S4, fair to the staff complained about.
"""

from collections.abc import Callable

from msgspec.structs import replace

from workbench.domain.cases import Case
from workbench.domain.policies import Rules
from workbench.domain.recipients import roles_of
from workbench.rules import impartial
from workbench.words import N_, Said, _


def roles(rules: Rules) -> tuple[str, ...]:
    """Return the ids of the roles that verify by the policy; empty for all that may."""
    return rules.policy.regime.verification.roles


def near(rules: Rules, case: Case, person: str) -> Said | None:
    """Say what makes ``person`` no independent judge of ``case``, or None."""
    if reason := _worked(case, person) or _stands_in(rules, case, person):
        return reason
    if person in case.accused:
        return Said(N_("{name} is complained about on {number}; somebody else verifies it."),
                    name=person, number=case.number)  # fmt: skip
    own = _unit(rules, person)
    under = (_unit(rules, name) for name in case.accused if _is_under(rules, person, name))
    unit = next(under, "")
    return _of_the_unit(case, person, own, unit) if unit else None


def _is_under(rules: Rules, person: str, accused: str) -> bool:
    """Say whether ``person`` is of the unit of ``accused``, or under it and of no role above theirs."""
    own, unit = _unit(rules, person), _unit(rules, accused)
    if not unit or own == unit:
        return bool(unit)
    power = {name: at for at, name in enumerate(roles_of(rules.policy))}
    members = rules.organisation.members
    above = power.get(members[person].role, 0) > power.get(members[accused].role, 0) if own else True
    return not above and unit in rules.organisation.up_from(own)


def _of_the_unit(case: Case, person: str, own: str, unit: str) -> Said:
    """Say that ``person``, of the unit ``own``, is of ``unit``, that of the complaint, or under it."""
    if own == unit:
        template = N_("{name} is of {unit}, like who is complained about on {number}; "
                      "somebody of another unit verifies it.")  # fmt: skip
    else:
        template = N_("{name} is of {own}, under {unit}, of which somebody is complained about on {number}; "
                      "somebody of neither verifies it.")  # fmt: skip
    return Said(template, name=person, own=own, unit=unit, number=case.number)


def _worked(case: Case, person: str) -> Said | None:
    template = None
    if person == case.handler:
        template = N_("{name} handles {number}; somebody else verifies it.")
    elif person in case.handed_on:
        template = N_("{name} has handled {number}; somebody else verifies it.")
    elif case.force and person == case.force.head:
        template = N_("{name} heads the task force of {number}; somebody else verifies it.")
    return Said(template, name=person, number=case.number) if template else None


def _stands_in(rules: Rules, case: Case, person: str) -> Said | None:
    """Say that ``person`` is, since the case came, the substitute of who handles it or whom it is about."""
    near_to = (case.handler, *case.handed_on, *case.accused)
    for each in rules.organisation.active():
        began, until = each.away_from, each.away_until
        over = began is None or (until is not None and until <= case.received_at)
        if each.substitute == person and each.name in near_to and not over:
            return Said(
                N_("{name} stands in for {other}, whom {number} concerns; somebody else verifies it."),
                name=person, other=each.name, number=case.number,
            )  # fmt: skip
    return None


def _unit(rules: Rules, person: str) -> str:
    member = rules.organisation.members.get(person)
    return member.unit if member else ""


def instead(rules: Rules, case: Case, allowed: Callable[[str], bool]) -> impartial.Instead | None:
    """Return who verifies where nobody whose role does is independent; None while somebody is.

    That goes up the tree; where nobody is left above, anybody else does it who did not work on it, and where
    everybody did, anybody but the people complained about.

    Args:
        allowed: Says whether the role of somebody allows a verdict at all.
    """
    members, order = rules.organisation.members, roles_of(rules.policy)
    named = roles(rules) or order

    def may(name: str) -> bool:
        return members[name].role in named and allowed(name)

    def barred(name: str) -> bool:
        return near(rules, case, name) is not None

    top = max(order.index(role) for role in named if role in order)
    found = impartial.instead(rules, may, barred, above=top)
    if found is None or found.people:
        return found
    others = [each.name for each in impartial.writing(rules) if each.name not in case.accused]
    apart = [name for name in others if _worked(case, name) is None]
    return replace(found, people=tuple(apart or others))


def why_not(rules: Rules, case: Case, person: str, others: impartial.Instead | None) -> Said | None:
    """Say why ``person`` does not verify ``case``, or None; ``others`` do it instead of the roles."""
    if others and person in others.people:
        return None
    if reason := near(rules, case, person):
        return reason
    if others:
        return Said(
            N_("Nobody who usually verifies can on {number}; a verdict is given by: {names}."),
            number=case.number, names=_(", ").join(others.people),
        )  # fmt: skip
    member = rules.organisation.members.get(person)
    if not roles(rules) or member is None or member.role in roles(rules):
        return None
    known = rules.policy.regime.roles
    names = _(", ").join(str(known[role].name) for role in roles(rules) if role in known)
    return Said(N_("A verdict on {number} is given by: {roles}; ask there."), number=case.number, roles=names)
