"""Another department owes help when asked: a request with a clock of its own (S0)."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts, duties, values
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.recipients import roles_of
from workbench.domain.times import stamp
from workbench.rules import duty_rules, permissions
from workbench.rules.action import Action, Field
from workbench.rules.dues import due, next_duty
from workbench.rules.request import Asked, option
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nobody can be asked, or None."""
    return duty_rules.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; of a unit its most powerful people are told, and anybody of it may answer."""
    text = asked.text("text", required=True)
    to, owner, people = _asked_of(asked)
    due_at = stamp(due(asked, duties.REQUEST.id))
    return {
        "duty": next_duty(asked.case), "to": to, "owner": owner, "text": text, "due_at": due_at,
        "informed": duty_rules.informed(asked, *people),
    }  # fmt: skip


def _asked_of(asked: Asked) -> tuple[str, str, tuple[str, ...]]:
    """Return the unit or the person, who owes the answer, and who is told.

    Raises:
        UsageError: neither a unit nor somebody on the staff list.
        RefusedError: a unit of nobody, oneself, or somebody whose role gives no answers.
    """
    organisation = asked.rules.organisation
    name = asked.text("of", required=True).strip()
    if name in organisation.units:
        impartial_ones = organisation.without(asked.case.accused)
        people = impartial_ones.of_unit(name, roles_of(asked.rules.policy), asked.at)
        if organisation.listed and not people:
            raise RefusedError(N_("Nobody on the staff list is of {unit}; ask a person."), unit=name)
        return name, name, people
    member = organisation.members.get(name)
    if organisation.listed and (member is None or not member.active):
        raise _unknown(name, [*organisation.units, *(each.name for each in organisation.active())])
    if name == asked.desk.person:
        raise RefusedError(N_("A request goes to somebody else."))
    owner = _in_stead(asked, duty_rules.able(asked, name, "answer"))
    return name, owner, (owner,)


def _in_stead(asked: Asked, name: str) -> str:
    """Return ``name``, or who is nearest above where ``name`` is away, the substitute complained about.

    Where nobody is above either, it waits for ``name``.
    """
    house, accused = asked.rules.organisation, asked.case.accused
    if house.deputy(name, asked.at) not in accused:
        return name
    apart, order = house.without((*accused, name)), roles_of(asked.rules.policy)
    member = house.members[name]
    for role in order[order.index(member.role) :] if member.role in order else ():
        for found in apart.with_role(role, member.unit, asked.at):
            able = permissions.by_role(asked.rules, found, acts.ANSWER.id) is None
            if able and found != asked.desk.person and apart.members[found].here(asked.at):
                return found
    return name


def _unknown(name: str, known: list[str]) -> UsageError:
    near = values.nearest(name, known)
    template = (
        N_("{name} is neither a unit nor on the staff list; did you mean {near}?")
        if near
        else N_("{name} is neither a unit nor on the staff list; see: workbench units list")
    )
    return UsageError(template, option=option("of"), name=name, near=near)


ACTION = Action(
    acts.ASK,
    plan,
    why_not,
    fields=(
        Field("of", N_("Of whom"), "person", required=True, choices="departments", metavar="UNIT|STAFF"),
        Field("text", N_("What is asked"), "text", required=True),
        duty_rules.BY_WHEN,
    ),
)
