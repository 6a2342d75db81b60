"""What is lawful in a policy, and yet looks like a slip: hours of an office that were meant as days."""

from collections.abc import Iterator
from typing import NamedTuple

from workbench.domain.days import Limit
from workbench.domain.policies import ClockRule, Policy
from workbench.domain.regime import DutyRule
from workbench.policy.page.words import limit as in_words
from workbench.words import N_, Said

DAY = 86_400
DAYS_MEANT = N_("{hours}, in the hours of the calendar {calendar}; for {n} working days write {n}d.")
MAYBE_DAYS = N_("{hours}, in the hours of the calendar {calendar}; if days are meant, write them: 2d.")


class Hint(NamedTuple):
    """What may be a slip, and the key where it stands."""

    key: str
    said: Said


def hints(policy: Policy) -> list[Hint]:
    """Return the limits in hours that are longer than a working day of their calendar."""
    rules: dict[str, ClockRule | DutyRule] = {}
    for clock_id, clock in policy.clocks.items():
        rules[f"{'clocks' if clock.starts else 'nodes'}.{clock_id}"] = clock
    rules |= {f"duties.{kind}": duty for kind, duty in policy.regime.duties.items()}
    return [
        Hint(f"{where}.{key}", said)
        for where, rule in rules.items()
        if rule.calendar != "always"
        for key, given in _limits(rule)
        if (said := _slip(policy, rule.calendar, given))
    ]


def _limits(rule: ClockRule | DutyRule) -> Iterator[tuple[str, Limit]]:
    yield "target", rule.target_seconds
    if isinstance(rule, ClockRule):
        yield from ((f"by_level.{level}", given) for level, given in rule.by_level.items())
        yield from ((f"by_category.{category}", given) for category, given in rule.by_category.items())
    yield from ((f"escalate.{at}.overrun", step.overrun_seconds) for at, step in enumerate(rule.escalate, 1))


def _slip(policy: Policy, name: str, given: Limit) -> Said | None:
    calendar = policy.calendars[name]
    if calendar.always or not isinstance(given, int) or given <= calendar.longest_day:
        return None
    days, rest = divmod(given, DAY)
    template = MAYBE_DAYS if rest else DAYS_MEANT
    return Said(template, hours=in_words(policy, given, name), calendar=name, n=days)
