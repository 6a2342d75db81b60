"""What makes a case grave or hot: every rule that applies, with the fact that it stands on.

Source: domain.md of the regimes, table ``vanke`` (S3); the numbers are in the policy.
"""

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain import masks
from workbench.domain.cases import Case, Reason
from workbench.domain.effects.money import total
from workbench.domain.policies import Policy
from workbench.words import N_, Said

LOWEST = 4
MONEY = ("claim", "compensation")  # one rule: the greater sum decides

SENTENCES = {
    "people": N_("{fact} people complain together"),
    "claim": N_("{fact} yuan claimed"),
    "compensation": N_("{fact} yuan of compensation"),
    "impact": N_("impact: {fact}"),
    "flag": N_("flag: {fact}"),
    "repeat": N_("a second complaint after it was handled"),
    "passed-up": N_("passed up by hand"),
    "age": N_("unsolved {fact} after receipt, through our own fault"),
    "cluster": N_("{fact} different customers complain of the same at this site within a month"),
    "manual": N_("set by hand: {fact}"),
}


def levels(case: Case, policy: Policy) -> tuple[Reason, ...]:
    """Return the reasons that the facts on ``case`` give for a level, the gravest first."""
    rules = policy.severity
    found = [_flag_reason(case, policy, flag) for flag in case.flags]
    if is_graded(case, policy):
        if case.people is not None:
            found.append(_first_at_least("people", case.people, rules.people))
        found.append(_money_reason(case, policy))
        if case.impact and case.impact in rules.impact:
            found.append(Reason("impact", rules.impact[case.impact], case.impact))
        if case.repeat and rules.repeat:
            found.append(Reason("repeat", rules.repeat))
        if case.passed_up and rules.passed_up:
            found.append(Reason("passed-up", rules.passed_up))
    return tuple(sorted((reason for reason in found if reason), key=lambda reason: reason.level or LOWEST))


def hot(case: Case, policy: Policy) -> tuple[Reason, ...]:
    """Return the reasons that the facts on ``case`` give for the hot mark."""
    known = policy.flags
    found = [Reason("flag", None, flag) for flag in case.flags if flag in known and known[flag].hot]
    at_least = policy.severity.hot_people
    if is_graded(case, policy) and at_least is not None and (case.people or 0) >= at_least:
        found.append(Reason("people", None, str(case.people)))
    return tuple(found)


def is_graded(case: Case, policy: Policy) -> bool:
    """Say whether the rules judge this kind; other kinds are graded by flags and by hand only."""
    kind = policy.kinds.get(case.kind)
    return bool(kind and kind.graded)


def gravest(reasons: tuple[Reason, ...]) -> int:
    """Return the level that ``reasons`` give: 1 is the gravest, 4 if none says anything."""
    return min((reason.level for reason in reasons if reason.level), default=LOWEST)


def same(reason: Reason) -> str:
    """Return what makes two reasons the same rule: each flag is one, all money is one."""
    if reason.rule == "flag":
        return f"flag {reason.fact}"
    return "money" if reason.rule in MONEY else reason.rule


def sentence(reason: Reason, policy: Policy, *, unmask: bool = False) -> Said:
    """Return the reason in words; what a person typed is masked in it, a sum is not."""
    fact = reason.fact if unmask else masks.of_reason(reason.rule, reason.fact)
    if reason.rule == "impact" and fact in policy.impacts:
        fact = str(policy.impacts[fact].name)
    if reason.rule == "flag" and fact in policy.flags:
        fact = str(policy.flags[fact].name)
    return Said(SENTENCES[reason.rule], fact=age_words(fact) if reason.rule == "age" else fact)


def age_key(months: int, days: int) -> str:
    """Return an age rule as the timeline keeps it: ``1m``, ``15d``."""
    return f"{months}m" if months else f"{days}d"


def age_words(key: str) -> Said:
    """Return ``1m`` or ``15d`` in words."""
    if key == "1m":
        return Said(N_("1 month"))
    return Said(N_("{n} months") if key.endswith("m") else N_("{n} days"), n=key[:-1])


def _flag_reason(case: Case, policy: Policy, flag: str) -> Reason | None:
    known = policy.flags.get(flag)
    return Reason("flag", known.level, flag) if known and known.level else None


def _money_reason(case: Case, policy: Policy) -> Reason | None:
    """Return what the greater of the claim and of all compensation together says."""
    claimed, given = case.claim or Decimal(0), total(case)
    rule = MONEY[given > claimed]
    return _first_at_least(rule, max(claimed, given), policy.severity.claim) if claimed or given else None


def _first_at_least(
    rule: str, value: int | Decimal, steps: Sequence[tuple[int, int]] | Sequence[tuple[Decimal, int]]
) -> Reason | None:
    reached = [level for at_least, level in steps if value >= at_least]
    return Reason(rule, min(reached), str(value)) if reached else None
