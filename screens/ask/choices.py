"""What can be chosen in a field: ids and their words."""

from collections.abc import Mapping, Sequence

from workbench.domain.cases import Case
from workbench.domain.policies import Policy, Term
from workbench.domain.regime import Manner
from workbench.domain.text import gist
from workbench.rules.action import Field
from workbench.wording import names
from workbench.words import N_, _

KINDS = frozenset({"choice", "yesno", "promise", "level", "flags"})
YES_NO = (("yes", N_("yes")), ("no", N_("no")))
NOT_SET = ("", N_("not set"))


def of(field: Field, policy: Policy, case: Case | None) -> list[tuple[str, str]]:
    """Return ``(id, word)`` for each choice of ``field``; one that need not be made may stay unset."""
    if field.kind == "promise":
        return [
            (str(p.id), f"{gist(p.text, 30)}") for p in (case.promises if case else ()) if p.state == "open"
        ]
    if field.kind == "level":
        found = [(str(level), names.level(level)) for level in range(field.low, field.high + 1)]
    elif isinstance(field.choices, str):
        found = _vocabulary(field.choices, policy)
    else:
        found = [(value, _(label)) for value, label in field.choices or YES_NO]
    may_be_unset = not field.required and not field.default and field.kind != "flags"
    return [(NOT_SET[0], _(NOT_SET[1])), *found] if may_be_unset else found


def is_chosen(field: Field) -> bool:
    """Say whether a field chooses among what the policy, the case or the act itself names."""
    return field.kind in KINDS


def untouched(field: Field, case: Case | None, options: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """Return what a control holds before anybody touches it: a choice of one holds that one."""
    held, offered = default(field, case), options.get(field.name, ())
    return offered[0][0] if field.kind != "flags" and not held and len(offered) == 1 else held


def default(field: Field, case: Case | None) -> str:
    """Return what a field holds before anybody has filled it: a level the one that the case has now."""
    return str(case.severity) if field.kind == "level" and case else field.default


def strategy(field: Field, chosen: str, policy: Policy) -> str:
    """Return how to serve a customer of the temperament, style or motive that is chosen; else nothing."""
    if field.kind != "choice" or field.choices not in ("temperaments", "styles", "motives"):
        return ""
    manners: Mapping[str, Manner] = getattr(policy.regime, str(field.choices))
    return str(manners[chosen].strategy) if chosen in manners else ""


def _vocabulary(name: str, policy: Policy) -> list[tuple[str, str]]:
    terms: Mapping[str, Term] = getattr(policy.regime if hasattr(policy.regime, name) else policy, name)
    return [(term.id, str(term.name)) for term in terms.values()]
