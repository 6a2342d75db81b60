"""The case is passed up by hand, with a reason (S3); what a ladder tells by time sets no level."""

from typing import Any

from msgspec.structs import replace

from workbench.desk import Desk
from workbench.domain import acts, values
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.policies import Policy
from workbench.domain.recipients import roles_of, told
from workbench.rules import duty_rules, impartial, levels
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be passed up, or None."""
    return duty_rules.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: who is told, the level that the policy gives, the dues that moved."""
    to, people = _up(asked)
    data = {"to": to, "reason": asked.text("reason", required=True), "informed": people}
    judged = levels.again(asked, replace(asked.case, passed_up=True))
    return levels.with_dues(asked, acts.ESCALATE.id, data | judged)


def _up(asked: Asked) -> tuple[str, list[str]]:
    """Return to whom it goes, and who is told: a role or a tier looked for up the tree, or a person.

    Raises:
        UsageError: neither a role, nor a tier, nor somebody on the staff list.
        RefusedError: nobody is there to be told, or only oneself.
    """
    rules, organisation = asked.rules, asked.rules.organisation
    to = _id_of(asked.text("to", required=True).strip(), rules.policy)
    words = (*roles_of(rules.policy), *rules.policy.regime.tiers)
    member = organisation.members.get(to)
    if to in words:
        found = told(rules, asked.case, to, asked.at)
    elif organisation.listed and (member is None or not member.active):
        raise _unknown(to, [*words, *(each.name for each in organisation.active())])
    else:
        found = (duty_rules.able(asked, impartial.ensure_receiver(asked.case, to), "seen"),)
    people = duty_rules.informed(asked, *found)
    if found and not people:
        raise RefusedError(N_("That is yourself; name somebody further up."))
    if organisation.listed and not people:
        raise RefusedError(N_("Nobody stands there for {to}; name somebody else."), to=to)
    return to, people


def _id_of(to: str, policy: Policy) -> str:
    """Return the id of a role or a tier that somebody called by its name; anything else as it is."""
    terms = (*policy.regime.roles.values(), *policy.regime.tiers.values())
    return next((each.id for each in terms if to in (each.name.zh, each.name.en)), to)


def _unknown(name: str, known: list[str]) -> UsageError:
    near = values.nearest(name, known)
    template = (
        N_("{name} is no role, no tier and not on the staff list; did you mean {near}?")
        if near
        else N_("{name} is no role, no tier and not on the staff list; see: workbench staff list")
    )
    return UsageError(template, option=option("to"), name=name, near=near)


ACTION = Action(
    acts.ESCALATE,
    plan,
    why_not,
    fields=(
        Field("to", N_("To whom"), "person", required=True, choices="roles",
              help=N_("To whom; the nearest up the tree."), metavar="ROLE|TIER|STAFF"),
        Field("reason", N_("Why"), "line", required=True),
    ),
)  # fmt: skip
