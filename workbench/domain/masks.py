"""What may be seen of a value, by the name under which it stands: in a case, a part of it, or an entry.

A name that nobody has decided on is masked. Source: the contract; names are shown, phones and identity
numbers are masked, digests and ids never.
"""

from collections.abc import Callable
from numbers import Number

from workbench.domain.cases import Case
from workbench.domain.fact import Privacy
from workbench.domain.facts import where
from workbench.domain.personal import mask_cut
from workbench.domain.text import mask_numbers, mask_phone

INSIDE = frozenset(
    {
        "sha256", "seal", "hash", "prev", "op_id", "newest", "merged_into",
        "same_as", "act", "clock", "calendar", "state", "node", "gate", "rule", "key",
        "standard", "cause", "role", "temperament", "style", "motive", "alert", "phrases", "amount",
        "by", "to", "of", "owner", "person", "head", "members", "informed", "engineer", "asked_by",
        "approved_by", "verified_by", "no_offer_told",
    }
)  # fmt: skip
"""Keys of parts and entries that hold an id, a digest, a sum or a member of staff."""

IN_SENTENCES = frozenset({"id", "ids", "numbers", "examples", "into"})
"""Further places of sentences that name entries and cases."""

BY_HAND = "manual"  # the rule of a level that somebody set
WHOLE = INSIDE | set(where(lambda fact: fact.privacy in (Privacy.ID, Privacy.NEUTRAL)))
PHONES = frozenset(where(lambda fact: fact.privacy is Privacy.PHONE))


def mask_of(name: str) -> Callable[[str], str] | None:
    """Return what masks a text that stands under ``name``; None where it is shown whole."""
    if name in WHOLE:
        return None
    return mask_phone if name in PHONES else mask_numbers


def shown(name: str, text: str) -> str:
    """Return ``text``, which stands under ``name``, as anybody may see it who has not asked for more."""
    mask = mask_of(name)
    return mask(text) if mask else text


def cut(name: str, text: str, mark: str = "...") -> str:
    """Return ``text``, the beginning of what stands under ``name`` (``mark`` at the cut), like ``shown``."""
    return mask_cut(text, mark) if mask_of(name) else text


def of_reason(rule: str, fact: str) -> str:
    """Return the fact on which a reason for a level stands; only what is set by hand has typed words."""
    return mask_numbers(fact) if rule == BY_HAND else fact


def of(case: Case, name: str) -> str:
    """Return the fact ``name``, a text, as anybody may see it; empty where ``case`` has none."""
    return shown(name, getattr(case, name) or "")


def in_sentence(name: str, value: object) -> object:
    """Return ``value``, at the place ``name`` of a sentence, without personal numbers."""
    if isinstance(value, Number) or name in WHOLE or name in IN_SENTENCES:
        return value
    return mask_numbers(str(value))
