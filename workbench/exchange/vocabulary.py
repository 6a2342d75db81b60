"""The words that a file may use for the ids of the policy: the ids themselves, and their names."""

from workbench.domain import facts, vocabularies
from workbench.domain.fact import Mapped
from workbench.domain.policies import Policy
from workbench.exchange.mapping import LISTED, key_of
from workbench.wording import names
from workbench.words import LANGUAGES, said_in


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


def outcomes(field: str) -> dict[str, str]:
    """Return what the folded ids and words of ``resolution`` or ``accepted`` mean, in either language."""
    ids = facts.BY_NAME[field].ids
    named = {key_of(said_in(language, names.OTHER[each])): each for language in LANGUAGES for each in ids}
    return named | {each: each for each in ids}
