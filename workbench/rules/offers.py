"""A sum that the customer hears is an offer, which a granted sum covers, or is said to be none.

Source: S3, "promise nothing beyond one's authority": an offer goes through ``compensate`` and its limit. What
is said to be none is stored with a mark, and a supervisor is told. Texts that come from a file tell what was
said elsewhere: nobody judges them here.
"""

from collections.abc import Mapping
from typing import Any

from workbench.domain import acts
from workbench.domain.errors import OfferError
from workbench.domain.recipients import roles_of, told
from workbench.rules.action import Action, Field
from workbench.rules.duty_rules import SENIOR
from workbench.rules.request import Asked, option
from workbench.words import N_

NO_OFFER = Field(
    "no_offer", N_("No offer"), "yesno",
    help=N_("A sum in the text is no offer: it is stored with a mark, and a supervisor is told."),
)  # fmt: skip
EXAMPLE = "SUM"


def marked(asked: Asked, action: Action, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mark of what ``data`` of an act tells in money and is no offer; nothing where it is covered.

    Raises:
        OfferError: a sum is named, none that was granted covers it, and nobody says that it is no offer.
    """
    said = "\n".join(str(data[field.name]) for field in action.fields if field.spoken and field.name in data)
    if not said:
        return {}
    from workbench.domain import sums  # only what is said to a customer needs its patterns

    found = sums.uncovered(sums.find(said), asked.case)
    if not found:
        return {}
    if asked.yes(NO_OFFER.name):
        people = _supervisors(asked)
        mark: dict[str, Any] = {"no_offer": [each.text for each in found]}
        return mark | ({"no_offer_told": people} if people else {})
    amounts = [each.amount for each in found if each.amount is not None]
    typed = f"{max(amounts):f}" if amounts else ""
    values = {"said": found[0].text, "option": option(NO_OFFER.name)}
    if asked.given.get("close"):  # it is being recorded and closed in one go
        template = N_(
            '"{said}" is a sum. An offer: record the case first, then compensate, then close; else: {option}'
        )
    else:
        template = N_(
            '"{said}" is a sum, none is granted. An offer: {verb} {number} --amount {amount}; else: {option}'
        )
        values |= {"verb": acts.COMPENSATE.id, "number": asked.case.number, "amount": typed or EXAMPLE}
    raise OfferError(template, amount_said=typed, **values)


def _supervisors(asked: Asked) -> list[str]:
    """Return the supervisors of the case but for whoever speaks; where there is none, whom is above them."""
    roles = roles_of(asked.rules.policy)
    above = roles[roles.index(SENIOR) :] if SENIOR in roles else ()
    for role in above if asked.rules.organisation.listed else ():
        found = [name for name in told(asked.rules, asked.case, role, asked.at) if name != asked.desk.person]
        if found:
            return found
    return []
