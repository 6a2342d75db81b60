"""Where somebody acts: on the cases of their unit and below, and on those that have come to them.

From the first unit on that binds everybody who works at one; who works at none acts everywhere, as the role
says, and a case of no registered place is everybody's. Source: S2 (project, company, group), S3 (one line of
command).
"""

from collections.abc import Iterator
from datetime import datetime

from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.organisation import DEPARTMENT, Organisation
from workbench.domain.policies import Rules
from workbench.domain.recipients import told
from workbench.words import N_, Said, _

LEADER = "supervisor"


def why_not(rules: Rules, person: str, case: Case, act: str, at: datetime) -> Said | None:
    """Say who holds ``case``, and how to get it, if ``act`` there is not for ``person`` at ``at`` (UTC)."""
    if acts.BY_ID[act].anywhere or not bound(rules, person) or is_open(rules, person, case, at):
        return None
    # whoever is complained about is told so, and a verdict is for somebody who stands apart
    if person in case.accused or (act == acts.VERIFY.id and case.accused):
        return None
    member = rules.organisation.members[person]
    if case.handler:
        return Said(
            N_("{number} is a case of {site}, and {name} works at {unit}. {holder} holds it: ask there to "
               "have it dispatched or assigned to you; a note, or words of the customer, anybody may write."),
            number=case.number, site=case.site, name=person, unit=member.unit, holder=case.handler,
        )  # fmt: skip
    leaders = [name for name in told(rules, case, LEADER, at) if name != person]
    return Said(
        N_("{number} is a case of {site}, and {name} works at {unit}. Nobody holds it: ask {leaders} to "
           "have it dispatched or assigned to you; a note, or words of the customer, anybody may write."),
        number=case.number, site=case.site, name=person, unit=member.unit,
        leaders=_(", ").join(leaders) or case.first_asked,
    )  # fmt: skip


def bound(rules: Rules, person: str) -> bool:
    """Say whether ``person`` works at a unit, and so acts there and below."""
    member = rules.organisation.members.get(person)
    return member is not None and member.active and bool(member.unit)


def is_open(rules: Rules, person: str, case: Case, at: datetime) -> bool:
    """Say whether ``case`` is of the unit of ``person`` or below, or has come to them by ``at`` (UTC).

    Who stands in for somebody who is away acts where that person does.
    """
    house = rules.organisation
    if case.site not in house.units:
        return True
    way, theirs = tuple(house.up_from(case.site)), set(_come_to(case))
    return _reaches(house, person, way, theirs) or any(
        _reaches(house, name, way, theirs) for name in stood_in_for(house, person, at)
    )


def _reaches(house: Organisation, person: str, way: tuple[str, ...], theirs: set[str]) -> bool:
    """Say whether ``person`` works at a unit on ``way``, or at none, or something has come to them."""
    member = house.members[person]
    near = not member.unit or workplace(house, member.unit) in way
    return near or not theirs.isdisjoint((person, member.role, member.unit))


def workplace(house: Organisation, unit: str) -> str:
    """Return the unit at which somebody of ``unit`` works: of a department, the one above it."""
    while unit in house.units and house.units[unit].tier == DEPARTMENT and house.units[unit].parent:
        unit = house.units[unit].parent
    return unit


def stood_in_for(house: Organisation, person: str, at: datetime) -> tuple[str, ...]:
    """Return those who are away at ``at`` (UTC) and for whom ``person`` stands in."""
    absent = (member.name for member in house.active() if member.away(at))
    return tuple(name for name in absent if house.deputy(name, at) == person)


def _come_to(case: Case) -> Iterator[str]:
    """Yield those to whom ``case`` has come: people, units and roles."""
    yield case.first_asked
    yield from filter(None, (case.handler, case.repair.engineer))
    yield from case.tiers.values()
    yield from (case.force.head, *case.force.members) if case.force else ()
    yield from (duty.owner for duty in case.owed() if duty.kind != duties.ACCOUNTING.id)
    yield from (notice.person for notice in case.notices if notice.what == acts.ESCALATE.id)
