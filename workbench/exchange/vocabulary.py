"""The words that a file may use for the ids of the policy: the ids themselves, and their names."""

from workbench.domain import facts, vocabularies
from workbench.domain.fact import Mapped
from workbench.domain.policies import Policy
from workbench.exchange.mapping import LISTED, key_of


def of_policy(policy: Policy) -> dict[str, dict[str, str]]:
    """Return, for each fact that has a list, what its folded ids and names in zh and en mean."""
    found: dict[str, dict[str, str]] = {}
    for field in facts.where(lambda fact: fact.kind in LISTED and fact.mapped is not Mapped.NEVER):
        terms = vocabularies.terms(field, policy)
        words: dict[str, str] = {}
        for term in terms.values():
            words.setdefault(key_of(term.name.zh), term.id)
            words.setdefault(key_of(term.name.en), term.id)
        found[field] = words | {term_id: term_id for term_id in terms}
    return found
