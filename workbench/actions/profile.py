"""How a customer wants to be served: temperament, social style, motive, consent to further calls."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

CONSENT = (("yes", N_("May be called")), ("no", N_("Wants no calls")))


def why_not(desk: Desk, case: Case) -> Said | None:
    """What is known of a customer may be written down at any time."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: what was chosen.

    Raises:
        UsageError: nothing was chosen, or an id that the policy does not know.
    """
    regime = asked.rules.policy.regime
    known = {"temperament": regime.temperaments, "style": regime.styles, "motive": regime.motives}
    data: dict[str, Any] = {}
    for name, allowed in known.items():
        if chosen := asked.choice(name, allowed):
            data[name] = chosen
    if consent := asked.choice("consent", [value for value, _ in CONSENT]):
        data["consent"] = consent == "yes"
    if not data:
        raise UsageError(N_("Choose at least one of them."), option=option("temperament"))
    return data


ACTION = Action(
    acts.PROFILE,
    plan,
    why_not,
    fields=(
        Field("temperament", N_("Temperament"), "choice", choices="temperaments",
              help=N_("Temperament; see: policy show.")),
        Field("style", N_("Social style"), "choice", choices="styles",
              help=N_("Social style; see: policy show.")),
        Field("motive", N_("Motive"), "choice", choices="motives", help=N_("Motive; see: policy show.")),
        Field("consent", N_("Further calls"), "choice", choices=CONSENT,
              help=N_("Whether further calls are welcome."), metavar="YES|NO"),
    ),
)  # fmt: skip
