"""Why it came about, so that it goes back to where it arose. Source: S2, S4."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """A cause may be named at any time, after the case is done too."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; an earlier cause stays on the timeline."""
    cause = asked.choice("cause", asked.rules.policy.regime.causes)
    if not cause:
        raise UsageError(N_("Say which cause; see: policy show."), option=option("cause"))
    found = {"cause": cause, "text": asked.text("text", required=True)}
    return found | ({"from": asked.case.check.cause} if asked.case.check.cause else {})


ACTION = Action(
    acts.CAUSE,
    plan,
    why_not,
    fields=(
        Field("cause", N_("Root cause"), "choice", required=True, choices="causes",
              help=N_("The root cause; see: policy show.")),
        Field("text", N_("Why it came about"), "text", required=True),
    ),
)  # fmt: skip
