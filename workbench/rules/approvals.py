"""What is above somebody's authority becomes a request to the right role, with a clock of its own."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from workbench.domain import acts, duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case, Event
from workbench.domain.clock_verdicts import stopped_by
from workbench.domain.errors import RefusedError
from workbench.domain.policies import Rules
from workbench.domain.regime import Role
from workbench.domain.times import stamp
from workbench.rules import authority, impartial, permissions
from workbench.rules.dues import due_of, next_duty
from workbench.rules.role_rights import role_of
from workbench.words import N_, Said, _

JUDGED_WHEN_DECIDED = ("severity", "severity_reasons", "hot", "hot_reasons", "rose", "dues", "informed")


def entry_of(
    person: str, case: Case, act: str, data: dict[str, Any], at: datetime, rules: Rules,
    read_at: datetime | None = None,
) -> Event:  # fmt: skip
    """Return the entry of an act by ``person``; of the request for it where it is above their authority.

    ``read_at`` is what the clock said, by which verdicts are judged, where the entry stands at another time.
    """
    roles = authority.deciders(rules, person, case, act, data)
    others = alone(rules, person, case, roles)
    if roles and not others:
        wanted = request(case, act, data, person, roles, at, rules)
        return Event(case.version + 1, at, person, acts.REQUEST_APPROVAL.id, wanted)
    data |= impartial.marked(others, person)
    inner = data["act"] if act == acts.APPROVE.id else act
    if stopped := stopped_by(case, inner, data, read_at or at, rules):
        data["stopped"] = stopped
    return Event(case.version + 1, at, person, act, data)


def alone(rules: Rules, person: str, case: Case, roles: Sequence[Role]) -> impartial.Instead | None:
    """Return that ``person`` decides what only ``roles`` may: nobody but them is not complained about."""
    others = instead_of_deciders(rules, case, person, [role.id for role in roles])
    return others if others and person in others.people else None


def request(
    case: Case, act: str, asked: Mapping[str, Any], by: str, roles: Sequence[Role], at: datetime, rules: Rules
) -> dict[str, Any]:
    """Return the data of a request by ``by`` that one of ``roles`` decides on ``act``.

    Args:
        asked: What would be done.
        roles: Those that may decide, the least powerful first.

    Raises:
        RefusedError: somebody has asked to close the case already, and nobody has decided yet; or nobody
            on the staff list may decide.
    """
    if waiting := next(
        (duty for duty in case.owed(duties.APPROVAL.id) if duty.data["act"] == act == acts.CLOSE.id), None
    ):
        raise RefusedError(
            N_("{number}: {owner} has been asked already to decide on closing."),
            number=case.number, owner=waiting.owner,
        )  # fmt: skip
    role, people = asked_of(case, act, by, roles, at, rules)
    wanted = {name: value for name, value in asked.items() if name not in JUDGED_WHEN_DECIDED}
    return {
        "duty": next_duty(case),
        "act": act,
        "asked": wanted,
        "role": role.id,
        "owner": people[0],
        "informed": people,
        "due_at": stamp(due_of(duties.APPROVAL.id, at, rules)),
        "text": str(asked.get("outcome") or asked.get("text") or asked.get("reason") or ""),
    }


def asked_of(
    case: Case, act: str, by: str, roles: Sequence[Role], at: datetime, rules: Rules
) -> tuple[Role, list[str]]:
    """Return the least powerful role, and who of it may decide, or stands in; if nobody, one further up.

    Raises:
        RefusedError: nobody on the list may decide.
    """
    apart = rules.organisation.without(case.accused)
    able = []
    for role in roles:
        found = apart.with_role(role.id, case.site, at)
        people = [name for name in found if name != by and permissions.may_decide(rules, name, act)]
        own = [each.id for each in roles]  # with borrowed authority nobody decides on their own case
        people = [name for name in people if apart.members[name].role in own or not _concerned(case, name)]
        if any(apart.members[name].here(at) for name in people):
            return role, people
        able += [(role, people)] if people else []
    if able:
        return able[0]
    if others := instead_of_deciders(rules, case, by, [role.id for role in roles]):
        return roles[-1], impartial.first_asked(rules, others, case.site, at)
    raise RefusedError(
        N_("This is above your authority, and nobody on the staff list may decide it: it needs {roles}."),
        roles=_(", ").join(str(role.name) for role in roles),
    )


def instead_of_deciders(
    rules: Rules, case: Case, by: str, roles: Collection[str]
) -> impartial.Instead | None:
    """Return who decides on what ``by`` asked for where all of ``roles`` are complained about, or None.

    Those whose role approves anything come before all others. Where nobody else is left, that is ``by``.
    """
    if not case.accused:
        return None

    def may(name: str) -> bool:
        role = role_of(rules, name)
        return role is not None and role.id in roles and name != by

    last = () if by in case.accused else (by,)
    found = impartial.instead(rules, may, {by, *case.accused}.__contains__, last=last)
    if found is None:
        return None
    able = [name for name in found.people if permissions.by_role(rules, name, acts.APPROVE.id) is None]
    return replace(found, people=tuple(able) or found.people)


def stepping_in(
    rules: Rules, case: Case, duty: Duty, asked: Mapping[str, Any] | None = None
) -> impartial.Instead | None:
    """Return who decides on ``duty`` where everybody with the authority is complained about, or None."""
    wanted = asked or duty.data["asked"]
    every = rules.policy.regime.roles.values()
    roles = [role.id for role in every if authority.reaches(role, case, duty.data["act"], wanted)]
    return instead_of_deciders(rules, case, duty.by, roles)


def may_decide(
    rules: Rules,
    person: str,
    case: Case,
    duty: Duty,
    asked: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Said | None:
    """Say why ``person`` may not decide on the request ``duty``, or None.

    Only a role whose authority reaches so far may, and whoever asked only where nobody else is left. Who
    stands in for somebody who is away has that authority too.

    Args:
        asked: Stands for what the request says where less is to be granted.
        at: When it is decided (UTC), for absences; None for the last thing that happened on the case.
    """
    act, wanted = duty.data["act"], asked or duty.data["asked"]
    others = stepping_in(rules, case, duty, wanted)
    steps_in = others is not None and person in others.people
    if person == duty.by and not steps_in:
        return Said(N_("{name} asked for it; somebody else decides."), name=person)
    if reason := impartial.why_not(case, person, acts.APPROVE.id):
        return reason
    own = role_of(rules, person)
    if own is None or steps_in:
        return None
    standing = roles_held(rules, person, own, at or case.last_at or case.received_at)
    if any(authority.reaches(role, case, act, wanted) for role in standing):
        return None if authority.reaches(own, case, act, wanted) else only_stands_in(case, person)
    roles = rules.policy.regime.roles.values()
    able = _(", ").join(str(each.name) for each in roles if authority.reaches(each, case, act, wanted))
    return Said(N_("This is above the authority of {name}; it is for: {roles}."), name=person, roles=able)


def roles_held(rules: Rules, person: str, own: Role, at: datetime) -> Iterator[Role]:
    """Yield the role of ``person``, and those of all for whom the person stands in."""
    yield own
    organisation = rules.organisation
    for member in organisation.active():
        role = role_of(rules, member.name)
        if role and member.away(at) and organisation.deputy(member.name, at) == person:
            yield role


def only_stands_in(case: Case, person: str) -> Said | None:
    """Say that ``person`` does not decide with borrowed authority what concerns them, or None."""
    if not _concerned(case, person):
        return None
    return Said(
        N_("{name} only stands in for somebody who may decide, and handles or has handled {number}: somebody "
           "else decides."),
        name=person, number=case.number,
    )  # fmt: skip


def _concerned(case: Case, person: str) -> bool:
    return person == case.handler or person in case.handed_on
