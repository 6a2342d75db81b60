"""The choices where an act cannot be stored as it was asked for: somebody was first, or a sum is told."""

from typing import Literal

from workbench.words import N_

Conflict = Literal["apply", "note", "reload"]
Offer = Literal["offer", "none", "back"]

CONFLICT: tuple[tuple[Conflict, str], ...] = (
    ("apply", N_("apply mine to the new state")),
    ("note", N_("keep only what I wrote, as a note")),
    ("reload", N_("reload and look; what I typed is kept as a draft")),
)
OFFER: tuple[tuple[Offer, str], ...] = (
    ("offer", N_("an offer: give the sum now, then this is stored")),
    ("none", N_("no offer: store it with a mark; a supervisor is told")),
    ("back", N_("back to the text")),
)
OFFER_FIRST = N_("an offer: record the case first, give the sum, then close")  # of a case not recorded yet
