"""The customer came again."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """A customer may come again at any time."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; no clock stops or restarts by itself."""
    return asked.spoken()


ACTION = Action(
    acts.HEARD,
    plan,
    why_not,
    fields=(
        Field("text", N_("What the customer said"), "text", required=True),
        Field("channel", N_("Channel"), "choice", choices="channels",
              help=N_("By which channel; see: policy show.")),
    ),
)  # fmt: skip
