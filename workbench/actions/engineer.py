"""A repair has one engineer from report to finish; a change needs a reason and counts (S3)."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why no engineer can be named, or None."""
    return duty_rules.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; open visits go over to the new engineer.

    Raises:
        UsageError: a change without a reason.
        RefusedError: it is the engineer already.
    """
    to = duty_rules.able(asked, asked.person("to"), "visited")
    known = asked.case.repair.engineer
    if to == known:
        raise RefusedError(N_("{name} is the engineer of {number} already."), name=to,
                           number=asked.case.number)  # fmt: skip
    if known is not None and not asked.text("reason"):
        raise UsageError(
            N_("The engineer is {known}; say why it changes."), option=option("reason"), known=known
        )
    return {"to": to, "informed": duty_rules.informed(asked, to, known or "")} | asked.data("reason")


ACTION = Action(
    acts.ENGINEER,
    plan,
    why_not,
    fields=(Field("to", N_("Who"), "person", required=True), Field("reason", N_("Why it changes"), "line")),
)
