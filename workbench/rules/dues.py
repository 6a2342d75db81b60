"""By when a duty is owed, and the number that it gets."""

from datetime import datetime, timedelta

from workbench.domain import clocks, duties
from workbench.domain.cases import Case
from workbench.domain.clocks import Clock
from workbench.domain.errors import RefusedError
from workbench.domain.policies import Rules
from workbench.domain.times import until_echo
from workbench.rules.request import Asked
from workbench.words import N_

UNLESS_SAID = timedelta(hours=24)  # for a kind of duty on which the policy says nothing
# ours, for policies from before there were such duties
USUAL = {duties.PAYMENT.id: timedelta(days=15), duties.FOLLOW_UP.id: timedelta(days=3),
         duties.FINDING.id: timedelta(days=14)}  # fmt: skip


def next_duty(case: Case) -> int:
    """Return the number of the next duty on ``case``; promises count by themselves."""
    return 1 + sum(duty.kind != duties.PROMISE.id for duty in case.duties)


def due_of(kind: str, at: datetime, rules: Rules) -> datetime:
    """Return when a duty of ``kind`` that begins at ``at`` falls due if nobody says otherwise (UTC)."""
    rule = rules.policy.regime.duties.get(kind)
    if rule is None:
        return at + USUAL.get(kind, UNLESS_SAID)
    clock = Clock(kind, 1, rule.calendar, at, target_seconds=rule.target_seconds)
    return clocks.due_at(clock, rules.calendars[rule.calendar]) or at + UNLESS_SAID


def due(asked: Asked, kind: str, name: str = "due") -> datetime:
    """Return when the duty falls due as somebody typed it, else by the policy (UTC).

    Raises:
        UsageError: a malformed time.
        RefusedError: it has passed.
    """
    typed = asked.time(name, date_means="end")
    if typed is None:
        return due_of(kind, asked.at, asked.rules)
    if typed <= asked.at:
        raise RefusedError(N_("The time lies in the past: {due}."), due=until_echo(typed, asked.rules.zone))
    return typed
