"""A sum in what the customer hears: an offer, which is given first, or none."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from workbench.domain import acts
from workbench.domain.errors import OfferError
from workbench.plain.attempt import Attempt
from workbench.plain.dialogue import Back, Dialogue
from workbench.rules import slices
from workbench.rules.offers import NO_OFFER
from workbench.wording import settling
from workbench.words import _

if TYPE_CHECKING:
    from workbench.plain.acting import Acting


def asked(dialogue: Dialogue, why: OfferError, limit: str = "", *, recorded: bool = True) -> str:
    """Ask once what a sum is: ``offer``, ``none`` or ``back``.

    Raises:
        Back: somebody goes back one step.
    """
    dialogue.say(_('"{said}" is a sum, and none is granted. What is it?').format(said=why.named))
    if limit:
        dialogue.say(limit, 2)
    labels = dict(settling.OFFER) | ({} if recorded else {"offer": settling.OFFER_FIRST})
    return dialogue.choose([(value, _(label)) for value, label in labels.items()])


def settled(acting: "Acting", attempt: Attempt, why: OfferError) -> Attempt | None:
    """Return what is to be stored now; None where the text is to be written anew.

    Raises:
        Back: the sum was not granted: the text waits as a draft.
    """
    limit = slices.limit_said(acting.desk, attempt.case, acts.COMPENSATE.id)
    chosen = asked(acting.dialogue, why, str(limit or ""))
    if chosen == "none":
        return replace(attempt, given={**attempt.given, NO_OFFER.name: "yes"})
    if chosen == "back":
        return None
    acting.drafts.save(attempt.key, attempt.given)
    acting.begin(acts.COMPENSATE.id, attempt.case.case_id, amount=why.amount, text=why.named)
    case = acting.desk.case(attempt.case.case_id)
    if len(case.money) > len(attempt.case.money):
        return replace(attempt, case=case, seen=case.version)
    acting.dialogue.say(_("Your text is kept as a draft; it can be stored once the sum is granted."))
    raise Back
