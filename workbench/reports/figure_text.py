"""What pages of figures share: how a figure is written, what stands where there is none."""

from collections.abc import Mapping

from workbench.domain.policies import Rules, Term
from workbench.words import N_

NOT_KNOWN = "-"
NONE_GIVEN = N_("(none)")
MORE = N_("and {n} more")


def terms_of(rules: Rules | None, vocabulary: str) -> Mapping[str, Term]:
    """Return a vocabulary of the policy by its name, empty for none."""
    found: Mapping[str, Term] = getattr(rules.policy, vocabulary) if rules and vocabulary else {}
    return found


def figure_text(key: str, value: float | int | str | None) -> str:
    """Return a figure as people read it: shares in per cent, ``-`` where nothing counts."""
    if value is None:
        return NOT_KNOWN
    if key.endswith("rate") and isinstance(value, float | int):
        return f"{100 * value:.1f} %"
    return str(value)
