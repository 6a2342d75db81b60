"""What a fact that is chosen from a list may be: ids of the policy with their words, or a fixed list."""

from collections.abc import Mapping

from workbench.domain import facts
from workbench.domain.flow import STAGES
from workbench.domain.policies import Policy, Term


def terms(name: str, policy: Policy) -> Mapping[str, Term]:
    """Return the list of the policy from which the fact ``name`` is chosen; empty where there is none."""
    listed = facts.BY_NAME[name].terms
    return getattr(policy, listed) if listed else {}


def ids(name: str, policy: Policy) -> tuple[str, ...]:
    """Return every id that the fact ``name`` may have; none where it is not chosen from a list."""
    if name == facts.STAGE.name:
        return tuple(dict.fromkeys((*policy.regime.nodes, *STAGES)))
    return tuple(terms(name, policy)) or facts.BY_NAME[name].ids
