"""Every kind of thing that somebody can owe on a case: one record a kind, which everything else reads."""

from collections.abc import Mapping

from msgspec import Struct

from workbench.domain.acts import (
    ACCEPT,
    ACCOUNT,
    ANSWER,
    APPROVE,
    CONFIRM,
    KEEP,
    PAY,
    REFUSE,
    RETURN,
    VISITED,
    Act,
)
from workbench.words import N_


class DutyKind(Struct, frozen=True, eq=False):
    """One kind of duty.

    Attributes:
        called: How it is called where the policy has no word of its own for it.
        ended_by: The act with which whoever owes it meets it.
        refused_by: The act with which they refuse it; None where it cannot be refused.
        returned_by: The entry by which it comes back when nobody has met it in time, if it does.
        outlives: Still owed though the case is done.
        goes_with_the_case: Owed by whoever handles the case, so that it changes hands with it.
    """

    id: str
    called: str
    ended_by: Act
    refused_by: Act | None
    returned_by: Act | None
    outlives: bool
    goes_with_the_case: bool

    @property
    def settled_by(self) -> tuple[str, ...]:
        """The ids of the acts by which it ends, the one that meets it first."""
        return tuple(act.id for act in (self.ended_by, self.refused_by) if act)


STAYS, ENDS = True, False  # when the case is done
MOVES, PERSONAL = True, False  # when the case changes hands

PROMISE = DutyKind("promise", N_("Promise"), KEEP, None, None, STAYS, MOVES)
DISPATCH = DutyKind("dispatch", N_("Dispatch"), ACCEPT, REFUSE, RETURN, ENDS, PERSONAL)
REQUEST = DutyKind("request", N_("Request"), ANSWER, None, None, STAYS, PERSONAL)
PRESS = DutyKind("press", N_("Press"), ANSWER, None, None, STAYS, MOVES)
APPROVAL = DutyKind("approval", N_("Approval"), APPROVE, REFUSE, None, ENDS, PERSONAL)
ACCOUNTING = DutyKind("account", N_("Account"), ACCOUNT, None, None, ENDS, PERSONAL)
CONFIRMATION = DutyKind("confirmation", N_("Confirmation"), CONFIRM, None, None, ENDS, PERSONAL)
TIER = DutyKind("tier", N_("Tier"), CONFIRM, None, None, ENDS, PERSONAL)
HANDOVER = DutyKind("handover", N_("Handover"), CONFIRM, REFUSE, None, ENDS, PERSONAL)
LEVEL = DutyKind("level-check", N_("Level to confirm"), CONFIRM, None, None, ENDS, PERSONAL)
VISIT = DutyKind("visit", N_("Visit"), VISITED, None, None, ENDS, PERSONAL)
WORD = DutyKind("word", N_("Customer's word"), ANSWER, None, None, STAYS, MOVES)
LOOK = DutyKind("look", N_("Word of the source"), ANSWER, None, None, STAYS, MOVES)
PAYMENT = DutyKind("payment", N_("Payment"), PAY, None, None, STAYS, MOVES)
FOLLOW_UP = DutyKind("follow-up", N_("Follow-up"), ANSWER, None, None, ENDS, PERSONAL)
PREVENTION = DutyKind("prevention", N_("Prevention"), ANSWER, None, None, STAYS, PERSONAL)
FINDING = DutyKind("finding", N_("Audit finding"), ANSWER, None, None, STAYS, PERSONAL)

BY_ID: Mapping[str, DutyKind] = {
    each.id: each for each in list(globals().values()) if isinstance(each, DutyKind)
}
"""Every record by its id, in the order of this page."""

OUTLIVING = tuple(kind.id for kind in BY_ID.values() if kind.outlives)
"""The kinds that are owed though the case is done."""


def ended_by(act: Act) -> tuple[str, ...]:
    """Return the ids of the kinds that ``act`` meets."""
    return tuple(kind.id for kind in BY_ID.values() if kind.ended_by is act)


def refused_by(act: Act) -> tuple[str, ...]:
    """Return the ids of the kinds that ``act`` refuses."""
    return tuple(kind.id for kind in BY_ID.values() if kind.refused_by is act)
