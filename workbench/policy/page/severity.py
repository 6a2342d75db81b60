"""The severity rules of a policy in words."""

from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.policies import Flag, Policy, SeverityRules
from workbench.policy.page.words import duration, with_semicolons
from workbench.words import _

CENT = Decimal("0.01")


def severity(policy: Policy) -> Iterator[str]:
    """Yield the rules of each level, and what makes a case hot."""
    for level in (1, 2, 3):
        said = with_semicolons(_rules(policy, level)) or _("by hand only")
        yield _("Level {level}: {rules}.").format(level=level, rules=said)
    yield _("Level 4: everything else.")
    yield _("Hot: {rules}.").format(rules=with_semicolons(_hot(policy)) or _("nothing"))
    span = duration(policy.repeat_within_seconds)
    second = _(
        "A second complaint: by the same customer, of the same category, within {time} of the closing."
    )
    yield second.format(time=span)
    yield _("The gravest rule holds. Other kinds are judged by flags and by hand only.")


def _rules(policy: Policy, level: int) -> Iterator[str]:
    rules = policy.severity
    yield from _heads(rules, level)
    yield from _claims(rules, level)
    for impact, given in rules.impact.items():
        if given == level:
            yield _("impact: {fact}").format(fact=policy.impacts[impact].name)
    yield from (_flag(flag) for flag in policy.flags.values() if flag.level == level)
    if rules.repeat == level:
        yield _("a second complaint after it was handled")
    if rules.passed_up == level:
        yield _("passed up by hand")
    for age in rules.ages:
        if age.level == level:
            yield _age(age.months, age.days)
    if rules.cluster and rules.cluster.level == level:
        yield _cluster(rules.cluster.complainants, rules.cluster.months)


def _flag(flag: Flag) -> str:
    return _("flag: {fact}").format(fact=flag.name)


def _heads(rules: SeverityRules, level: int) -> Iterator[str]:
    above: int | None = None
    for at_least, given in rules.people:
        if given == level and above is None:
            yield _("{n} people or more").format(n=at_least)
        elif given == level and above == at_least + 1:
            yield _("{n} people").format(n=at_least)
        elif given == level and above is not None:
            yield _("{low} to {high} people").format(low=at_least, high=above - 1)
        above = at_least


def _claims(rules: SeverityRules, level: int) -> Iterator[str]:
    above: Decimal | None = None
    for at_least, given in rules.claim:
        if given == level and above is None:
            yield _("a claim or compensation of {yuan} yuan or more").format(yuan=at_least)
        elif given == level and above is not None:
            yield _("a claim or compensation of {low} to {high} yuan").format(low=at_least, high=above - CENT)
        above = at_least


def _age(months: int, days: int) -> str:
    span = _months(months) if months else _("{n} days").format(n=days)
    return _("unsolved {span} after receipt, through our own fault").format(span=span)


def _cluster(complainants: int, months: int) -> str:
    template = _("the same category and site from {n} different customers within {span}")
    return template.format(n=complainants, span=_months(months))


def _months(months: int) -> str:
    return _("1 month") if months == 1 else _("{n} months").format(n=months)


def _hot(policy: Policy) -> Iterator[str]:
    rules = policy.severity
    yield from (_flag(flag) for flag in policy.flags.values() if flag.hot)
    if rules.hot_people:
        yield _("{n} people or more").format(n=rules.hot_people)
    if rules.cluster:
        yield _cluster(rules.cluster.complainants, rules.cluster.months)
    for age in rules.ages:
        if age.level is None:
            yield _age(age.months, age.days)
