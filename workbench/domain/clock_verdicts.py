"""Which clocks of a case an act stops, and the verdicts (in time or too late) that its entry keeps."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workbench.domain import clocks
from workbench.domain.acts import CALLBACK, MERGE, RECORD, REOPEN
from workbench.domain.cases import Case
from workbench.domain.clocks import Clock
from workbench.domain.flow import nodes, to_come
from workbench.domain.policies import OPINION, Rules
from workbench.domain.times import stamp

ACT_THAT_ENDS_WORK = "close"  # stops an imported clock, for which no rule is written
_ALWAYS = {ACT_THAT_ENDS_WORK, REOPEN.id, MERGE.id}  # may stop a clock under any policy


def left_behind(before: Case, after: Case, at: datetime, rules: Rules) -> dict[str, Any]:
    """Return the verdicts of the nodes' clocks that ran on ``before`` and have no more place on ``after``.

    In time is only a node that was passed. What was missed stays missed; else the clock is withdrawn.
    """
    if after.clocks is before.clocks:
        return {}
    running = {(clock.id, clock.cycle) for clock in after.clocks}
    gone = [c for c in before.clocks if not c.stopped_at and (c.id, c.cycle) not in running]
    gone = [clock for clock in gone if _is_timed(clock, rules)]
    passed = _passed(after, rules) if gone else set()
    frozen = {}
    for clock in gone:
        ended = clocks.stop(clock, max(at, clock.started_at), rules.calendars[clock.calendar])
        if clock.id in passed or ended.verdict == "missed":
            frozen[f"{clock.id}#{clock.cycle}"] = [stamp(ended.due_at or at), ended.verdict]
    return frozen


def _passed(case: Case, rules: Rules) -> set[str]:
    ahead = to_come(case, rules.policy)
    return {node.clock for node in nodes(case, rules.policy) if node not in ahead}


def _is_timed(clock: Clock, rules: Rules) -> bool:
    return any(node.clock == clock.id for node in rules.policy.regime.nodes.values())


def stopped_by(case: Case, act: str, data: Mapping[str, Any], at: datetime, rules: Rules) -> dict[str, Any]:
    """Return the verdicts that ``act`` at ``at`` freezes, as its event keeps them.

    ``at`` is what the clock said (``timing.read``); no clock stops before it starts.
    """
    if act == CALLBACK.id and not data.get("reached"):
        return {}
    acts = (act, REOPEN.id) if data.get("reopened") else (act,)
    if rules.policy.stopping.isdisjoint(acts) and _ALWAYS.isdisjoint(acts):
        return {}
    frozen = {}
    for clock in case.clocks:
        if clock.stopped_at or not any(_stops(clock, name, at, rules) for name in acts):
            continue
        if act == CALLBACK.id and not _reaches_the_last(case, data.get("of"), clock, rules):
            continue
        ended = clocks.stop(clock, max(at, clock.started_at), rules.calendars[clock.calendar])
        frozen[f"{clock.id}#{clock.cycle}"] = [stamp(ended.due_at or at), ended.verdict]
    return frozen


def _reaches_the_last(case: Case, of: int | None, clock: Clock, rules: Rules) -> bool:
    """Say whether nobody is left to be called back once the customer, or complainant ``of``, is reached.

    For a clock that began before closing, a call about progress counts as well (S0: two days from receipt).
    """
    rule = rules.policy.clocks.get(clock.id)
    before = rule is None or RECORD.id in rule.starts
    others = [
        each
        for each in case.complainants
        if each.id != of and not each.reached_at and not (before and each.called_at)
    ]
    return not others and (of is None or case.reached or (before and case.called))


def _stops(clock: Clock, act: str, at: datetime, rules: Rules) -> bool:
    rule = rules.policy.clocks.get(clock.id)
    if act == REOPEN.id:  # what was missed in the first cycle stays missed; what was not due is withdrawn
        ends = rules.policy.reopen == "restart" or clock.id == OPINION
        return ends and clocks.overdue(clock, at, rules.calendars[clock.calendar])
    if act == MERGE.id:  # likewise: that it goes on elsewhere has answered nobody
        return ends_with_work(clock, rules) and clocks.overdue(clock, at, rules.calendars[clock.calendar])
    return act in (rule.stops if rule else (ACT_THAT_ENDS_WORK,))


def ends_with_work(clock: Clock, rules: Rules) -> bool:
    """Say whether closing would stop ``clock``: a callback is owed all the same."""
    rule = rules.policy.clocks.get(clock.id)
    return ACT_THAT_ENDS_WORK in (rule.stops if rule else (ACT_THAT_ENDS_WORK,))
