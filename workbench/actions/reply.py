"""The customer was told something."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """The customer may be told something at any time."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; stops the response clock by the policy."""
    channel = asked.choice("channel", asked.rules.policy.channels, asked.case.channel)
    return asked.worded("text", required=True) | {"channel": channel}


ACTION = Action(
    acts.REPLY,
    plan,
    why_not,
    fields=(
        Field("text", N_("What the customer was told"), "text", required=True, spoken=True),
        Field("channel", N_("Channel"), "choice", choices="channels",
              help=N_("By which channel; see: policy show.")),
    ),
)  # fmt: skip
