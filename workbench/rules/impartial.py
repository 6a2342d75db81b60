"""Nobody judges their own case: what is left to a person complained about, and who acts in their stead.

Source: S4, fair to the staff complained about and to the customer; S0, independent checking.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.domain.organisation import READER, Member
from workbench.domain.policies import Rules
from workbench.domain.recipients import roles_of
from workbench.words import N_, Said

MARK = "not_impartial"  # in the data of an entry: nobody was left who stands apart or above


class Instead(Struct, frozen=True):
    """Who acts where everybody who could is barred; ``impartial`` if they stand above those."""

    people: tuple[str, ...]
    impartial: bool


def why_not(case: Case, person: str, act: str) -> Said | None:
    """Say what is left to ``person`` if ``case`` complains about them and ``act`` is more than that."""
    if person not in case.accused or acts.BY_ID[act].accused_may:
        return None
    return Said(
        N_("{name} is complained about on {number}: an account, reading and notes are open, nothing else; "
           "somebody else does this."),
        name=person, number=case.number,
    )  # fmt: skip


def receiver(case: Case, person: str) -> Said | None:
    """Say that nothing of ``case`` is given to ``person``, of whom it complains, or None."""
    if person not in case.accused:
        return None
    return Said(
        N_("{name} is complained about on {number}; name somebody else."), name=person, number=case.number
    )


def ensure_receiver(case: Case, person: str) -> str:
    """Return ``person``, to whom something of ``case`` goes.

    Raises:
        RefusedError: the case complains about them.
    """
    if reason := receiver(case, person):
        raise RefusedError.because(reason)
    return person


def instead(
    rules: Rules,
    may: Callable[[str], bool],
    barred: Callable[[str], bool],
    *,
    above: int = -1,
    last: tuple[str, ...] = (),
) -> Instead | None:
    """Return who acts where everybody who ``may`` is ``barred``; None while anybody else may.

    Those of the more powerful roles do, and where nobody is left above, everybody who is not barred.

    Args:
        above: The place among the roles above which one looks where nobody may at all; below 0, that is no
            matter of being impartial.
        last: Those of the barred who act all the same where nobody else is left.
    """
    roles = roles_of(rules.policy)
    listed = {each.name: each for each in writing(rules)}
    able = [name for name in listed if may(name)]
    if any(not barred(name) for name in able) or (not able and above < 0):
        return None
    left = {name: _power(roles, each.role) for name, each in listed.items() if not barred(name)}
    top = max([above, *(_power(roles, listed[name].role) for name in able)])
    higher = tuple(name for name, power in left.items() if power > top)
    return Instead(higher or tuple(left) or last, impartial=bool(higher))


def first_asked(rules: Rules, others: Instead, place: str, at: datetime) -> list[str]:
    """Return whom of ``others`` one asks at ``at`` (UTC): of one role, nearest to ``place``, and not away.

    Those above are asked from the least powerful up; where nobody is above, the most powerful of all.
    """
    house, order = rules.organisation, roles_of(rules.policy)
    apart = house.without(name for name in house.members if name not in others.people)
    by_power = order if others.impartial else order[::-1]
    for role in by_power:
        found = [name for name in apart.with_role(role, place, at) if apart.members[name].here(at)]
        if found:
            return found
    return list(others.people)


def writing(rules: Rules) -> Iterator[Member]:
    """Yield everybody on the staff list who may write."""
    return (each for each in rules.organisation.active() if each.role != READER)


def _power(roles: tuple[str, ...], role: str) -> int:
    return roles.index(role) if role in roles else 0


def marked(others: Instead | None, person: str) -> Mapping[str, Any]:
    """Return what an entry of ``person`` says where nobody impartial was left."""
    return {MARK: True} if others and not others.impartial and person in others.people else {}
