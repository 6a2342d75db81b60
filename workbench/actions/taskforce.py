"""A task force: members of several tiers, each confirms, and only its head tells the customer (S0, S3)."""

from typing import Any

from msgspec.structs import replace

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.times import stamp
from workbench.rules import duty_rules, one_voice, permissions
from workbench.rules.action import Action, Field
from workbench.rules.dues import due, next_duty
from workbench.rules.request import Asked, option
from workbench.words import N_, Said, _

SETTING_UP = ("head", "members", "text", "due")


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why no task force can be set up or dissolved, or None."""
    return duty_rules.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; whoever is in it already and has confirmed is not asked again."""
    if asked.yes("dissolve"):
        return _dissolved(asked)
    if asked.text("reason"):
        raise UsageError(N_("goes with --dissolve only."), option=option("reason"))
    head = _speaker(asked, duty_rules.able(asked, asked.person("head"), "confirm"))
    one_voice.ensure_impartial(asked.desk, asked.db, asked.case, head)
    others = [duty_rules.able(asked, name, "confirm") for name in asked.people("members")]
    members = list(dict.fromkeys([head, *others]))
    if len(members) == 1:
        raise UsageError(N_("Name somebody besides the head."), option=option("members"))
    owing_it = [name for name in members if name not in _bound(asked)]
    first = next_duty(asked.case)
    return {
        "head": head, "members": members, "due_at": stamp(due(asked, duties.CONFIRMATION.id)),
        "duties": {name: first + at for at, name in enumerate(owing_it)},
        "informed": duty_rules.informed(asked, *members),
    } | asked.data("text")  # fmt: skip


def _speaker(asked: Asked, head: str) -> str:
    """Return ``head``, who alone will tell the customer.

    Raises:
        RefusedError: the role does not allow that.
    """
    if permissions.by_role(asked.rules, head, acts.REPLY.id) is None:
        return head
    able = [str(role.name) for role in asked.rules.policy.regime.roles.values() if role.allows(acts.REPLY.id)]
    raise RefusedError(
        N_("{name} may not tell a customer anything, and so cannot be the head; one of these can: {roles}."),
        name=head, roles=_(", ").join(able),
    )  # fmt: skip


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Let the parts of the group that the case leads have the same one voice, or none any more."""
    one_voice.bind(desk, db, after, event.data)


def _bound(asked: Asked) -> set[str]:
    """Return who need not confirm: whoever sets it up, and members that have confirmed."""
    force = asked.case.force
    pending = {duty.owner for duty in asked.case.owed(duties.CONFIRMATION.id)}
    confirmed = {name for name in force.members if name not in pending} if force else set()
    return confirmed | {asked.desk.person}


def _dissolved(asked: Asked) -> dict[str, Any]:
    for name in SETTING_UP:
        if asked.text(name):
            raise UsageError(N_("does not go with --dissolve."), option=option(name))
    reason = asked.text("reason", required=True)
    force = asked.case.force
    if force is None:
        raise RefusedError(N_("{number} has no task force."), number=asked.case.number)
    return {"dissolved": True, "reason": reason, "informed": duty_rules.informed(asked, *force.members)}


ACTION = Action(
    acts.TASKFORCE,
    plan,
    why_not,
    spread=spread,
    fields=(
        Field("head", N_("Head"), "person", help=N_("Who leads it and alone tells the customer.")),
        Field("members", N_("Members"), "people", help=N_("Who else; several with commas between them.")),
        Field("text", N_("What for"), "text"),
        replace(duty_rules.BY_WHEN, label=N_("Confirm by")),
        Field("dissolve", N_("Dissolve"), "yesno", help=N_("Dissolve it; needs --reason.")),
        Field("reason", N_("Why dissolved"), "line"),
    ),
)
