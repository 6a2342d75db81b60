"""Who owes a duty, which of several is meant, and who may be asked: for the acts on duties."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from workbench.domain import acts
from workbench.domain.case_parts import OPEN, Duty
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.organisation import READER
from workbench.domain.policies import Rules
from workbench.domain.recipients import roles_of, standing_in
from workbench.rules import impartial, permissions
from workbench.rules.action import Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

MOST_DUTIES = 10_000
SENIOR = "supervisor"
BY_WHEN = Field("due", N_("By when"), "time", help=N_("By when; a date is its end; default by the policy."))


def which(*kinds: str) -> Field:
    """Return the field that says which of the open duties of ``kinds`` is meant."""
    help_ = N_("Its number on the case; the only open one may be left out.")
    return Field("id", N_("Which"), f"duty:{','.join(kinds)}", low=1, high=MOST_DUTIES, help=help_)


def stands_for(rules: Rules, person: str, owner: str, at: datetime) -> bool:
    """Say whether ``person`` may end at ``at`` (UTC) what ``owner`` owes.

    That is the owner, and a substitute while the owner is away; for a unit or a role everybody of it, and
    for somebody who has left every supervisor.
    """
    organisation = rules.organisation
    known = organisation.members.get(owner)
    if known is not None and not known.active:
        return is_senior(rules, person)
    group = known is None and (owner in organisation.units or owner in roles_of(rules.policy))
    owners = [m.name for m in organisation.active() if owner in (m.unit, m.role)] if group else [owner]
    return any(person in (name, organisation.present(name, at)) for name in owners)


def stands_for_on(rules: Rules, case: Case, person: str, owner: str, at: datetime) -> bool:
    """Say whether ``person`` may end at ``at`` (UTC) what ``owner`` owes on ``case``; see ``stands_for``.

    Nobody stands in for somebody on a case that complains about them.
    """
    apart = rules.organisation.with_deputies_apart(case.accused)
    return stands_for(replace(rules, organisation=apart), person, owner, at)


def own(rules: Rules, case: Case, person: str, at: datetime, *kinds: str) -> tuple[Duty, ...]:
    """Return the open duties of ``kinds`` that ``person`` may end at ``at`` (UTC); see ``stands_for_on``."""
    return tuple(duty for duty in case.owed(*kinds) if stands_for_on(rules, case, person, duty.owner, at))


def chosen(asked: Asked, found: Sequence[Duty], kinds: Sequence[str], name: str = "id") -> Duty:
    """Return the one of ``found`` that was meant; the only one need not be named.

    Raises:
        UsageError: none of the case's duties of ``kinds`` has this number, or it must be said which is meant.
        RefusedError: it has ended, or somebody else owes it.
    """
    number = asked.whole(name, 1, MOST_DUTIES)
    if number is None:
        if len(found) > 1:
            ids = ", ".join(str(duty.id) for duty in found)
            raise UsageError(N_("Several are open ({ids}); say which."), option=option(name), ids=ids)
        return found[0]
    duty = next((each for each in asked.case.duties if each.id == number and each.kind in kinds), None)
    if duty is None:
        raise UsageError(
            N_("There is no number {id} of this sort on the case."), option=option(name), id=number
        )
    if duty.state != OPEN:
        raise RefusedError(N_("Number {id} has ended already."), id=number)
    if duty not in found:
        raise RefusedError(N_("Number {id} is owed by {owner}."), id=number, owner=duty.owner)
    return duty


def able(asked: Asked, person: str, act: str) -> str:
    """Return ``person``, who may do ``act``, by which the duty would end.

    Raises:
        RefusedError: the role does not allow it, or the case complains about them.
    """
    if not acts.BY_ID[act].accused_may:
        impartial.ensure_receiver(asked.case, person)
    member = asked.rules.organisation.members.get(person)
    if member is not None and member.role == READER:
        raise RefusedError(N_("{name} may read only."), name=person)
    if reason := permissions.by_role(asked.rules, person, act):
        raise RefusedError.because(reason)
    return person


def informed(asked: Asked, *names: str) -> list[str]:
    """Return who is told: whoever is there for each of ``names``, but not the person who acts."""
    found = standing_in(asked.rules, asked.case.accused, names, asked.at)
    return [name for name in found if name != asked.desk.person]


def is_senior(rules: Rules, person: str) -> bool:
    """Say whether ``person`` is a supervisor or more; everybody is while no staff are listed."""
    if not rules.organisation.listed:
        return True
    member = rules.organisation.members.get(person)
    roles = roles_of(rules.policy)
    return member is not None and member.role in roles[roles.index(SENIOR) :]


def done(case: Case) -> Said | None:
    """Say that nothing more can be done on ``case``, if it is done."""
    return None if case.live else Said(N_("{number} is done; reopen it first."), number=case.number)
