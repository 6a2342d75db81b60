"""The customer came again."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules import customer_words
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """A customer may come again at any time."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: what was said, and what becomes of a case that was closed or merged."""
    return customer_words.passed_on(asked) if asked.case.merged_into else customer_words.heard(asked)


ACTION = Action(
    acts.HEARD,
    plan,
    why_not,
    spread=customer_words.spread,
    fields=(
        Field("text", N_("What the customer said"), "text", required=True),
        Field("channel", N_("Channel"), "choice", choices="channels",
              help=N_("By which channel; see: policy show.")),
        Field("again", N_("Again?"), "choice", choices=customer_words.AGAIN, on="closed", metavar="YES|NO",
              help=N_("On a closed case: yes opens it as a repeat (default for graded kinds), no does not.")),
        Field("no_answer", N_("No answer wanted"), "yesno", on="open",
              help=N_("The customer waits for no answer: a thanks.")),
    ),
)  # fmt: skip
