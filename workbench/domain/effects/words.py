"""What a further word of the customer changes: who waits for whom, and whether the case opens again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from workbench.domain import acts, duties
from workbench.domain.case_clocks import withdraw
from workbench.domain.cases import Case, Event
from workbench.domain.effects.base import Effect, waiting
from workbench.domain.effects.duties import APPLIED as DUTIES
from workbench.domain.effects.handling import APPLIED as HANDLING
from workbench.domain.effects.owing import end, owe
from workbench.domain.policies import Rules
from workbench.domain.regime import Insists


def wants_answer(data: Mapping[str, Any]) -> bool:
    """Say whether the customer waits for us after a word: a thanks does not, nor what stands elsewhere."""
    return not (data.get("no_answer") or data.get("again") == "no" or "to" in data)


def _heard(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    if data.get("reopened"):
        HANDLING[acts.REOPEN.id](case, event, at, rules)
    elif case.unsolved and wants_answer(data):
        case.heard = (*case.heard, at)
        case.insists = case.insists or _comes_often(case, rules.policy.regime.warnings.insists)
    if "duty" in data:
        owe(case, event, at, duties.WORD.id)
    if wants_answer(data):
        waiting(case, at)
    if "decided" in data:
        end(case, data["decided"], "answered", at, data["text"])
        _only_a_word(case, rules)


def _comes_often(case: Case, rule: Insists | None) -> bool:
    """Say whether the customer came ``times`` within the span of the rule, on the case as it is open."""
    if rule is None:
        return False
    times = sorted(case.heard)
    firsts = times[: len(times) - rule.times + 1]
    lasts = times[rule.times - 1 :]
    within = timedelta(seconds=rule.within_seconds)
    return any(last - first <= within for first, last in zip(firsts, lasts, strict=True))


def _answered(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    word = any(duty.id == event.data["duty"] for duty in case.owed(duties.WORD.id))
    DUTIES[acts.ANSWER.id](case, event, at, rules)
    if word:
        _only_a_word(case, rules)


def _only_a_word(case: Case, rules: Rules) -> None:
    """What was only a word has no answer to wait for: the clock that it began is withdrawn."""
    case.unanswered_since = None
    withdraw(case, acts.HEARD.id, rules)


APPLIED: dict[str, Effect] = {acts.HEARD.id: _heard, acts.ANSWER.id: _answered}
