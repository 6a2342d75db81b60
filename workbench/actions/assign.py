"""The case goes to another handler."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules import impartial, lightest
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said

WHY = N_("{holder} holds it: say why it changes hands; the change is counted.")


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot change hands, or None."""
    return None if case.live else Said(N_("{number} is done."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; a change of holder counts as a hand-off, the first holder does not.

    Raises:
        UsageError: somebody else holds it, and no reason is given.
    """
    to, holder = impartial.ensure_receiver(asked.case, lightest.person(asked, "to")), asked.case.handler
    reason = asked.reason(WHY, holder=holder or "") if holder not in (None, to) else asked.text("reason")
    found = {"to": to, "from": holder} | ({"reason": reason} if reason else {})
    return found | ({"instead_of": holder} if _stands_in(asked, to) else {})


def _stands_in(asked: Asked, to: str) -> bool:
    """Say whether ``to`` gets it as the substitute of whoever holds it and is away."""
    holder, organisation = asked.case.handler or "", asked.rules.organisation
    return holder != to and organisation.deputy(holder, asked.at) == to


ACTION = Action(
    acts.ASSIGN,
    plan,
    why_not,
    fields=(
        Field(
            "to",
            N_("To whom"),
            "person",
            required=True,
            help=N_("To whom; least: who is in and has the fewest cases."),
        ),
        Field("reason", N_("Why"), "line", help=N_("Why; needed where somebody else holds it.")),
    ),
)
