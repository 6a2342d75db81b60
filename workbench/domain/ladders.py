"""The ladders: who is told when so much of a clock, or of the time for a duty, is used up.

A ladder counts in the calendar of its clock; each step is taken once and in order. A duty falls due at an
instant that was told to somebody, so its steps lie on the line from the start to that instant.
Source: S0, S2 (each overrun climbs from project to company to group); the steps are in the policy.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from workbench.domain import acts, clocks, days, duties
from workbench.domain.calendars import Calendar
from workbench.domain.case_parts import OPEN, Duty
from workbench.domain.cases import Case
from workbench.domain.clocks import Clock
from workbench.domain.coming import Coming
from workbench.domain.days import Days
from workbench.domain.policies import Rules
from workbench.domain.recipients import standing_in
from workbench.domain.recipients import told as people_told
from workbench.domain.regime import Escalation

WHOLE = 100


def of_clocks(case: Case, rules: Rules) -> Iterator[Coming]:
    """Yield the next step of each running clock's ladder."""
    for clock in case.clocks:
        rule = rules.policy.clocks.get(clock.id)
        if not rule or clock.stopped_at or clock.paused_at:
            continue
        step = _next(case, clock.id, clock.cycle, rule.escalate)
        if step and (at := _instant(clock, step, rules)):
            yield _coming(at, clock.id, clock.cycle, step)


def of_duties(case: Case, rules: Rules) -> Iterator[Coming]:
    """Yield the next step of each open duty's ladder; some duties outlive the case."""
    for duty in case.duties:
        rule = rules.policy.regime.duties.get(duty.kind)
        if not rule or duty.state != OPEN or not (case.live or duties.BY_ID[duty.kind].outlives):
            continue
        if step := _next(case, duty.kind, duty.id, rule.escalate):
            at = _on_the_line(duty, step, rules.calendars[rule.calendar])
            yield _coming(at, duty.kind, duty.id, step)


def told(case: Case, coming: Coming, at: datetime, rules: Rules) -> tuple[str, ...]:
    """Return the people whom a step, a duty that comes back, or an alert tells; empty: nobody is known."""
    data = coming.data
    if coming.act == acts.ALERT.id:
        everybody = (name for to in data["to"] for name in people_told(rules, case, to, at))
        return tuple(dict.fromkeys(everybody))
    wanted = data.get("clock", data.get("kind", duties.DISPATCH.id))
    found = [duty for duty in case.duties if duty.kind == wanted]
    number = data.get("cycle", data.get("duty"))
    duty = next((duty for duty in found if duty.id == number), None)
    if coming.act == acts.RETURN.id:
        return standing_in(rules, case.accused, (duty.by,), at) if duty else ()
    return people_told(rules, case, data["to"], at, owner=duty.owner if duty else "")


def _next(case: Case, name: str, cycle: int, ladder: tuple[Escalation, ...]) -> Escalation | None:
    for step in ladder:
        if (name, cycle, step.key) not in case.escalated:
            return step
    return None


def _coming(at: datetime, name: str, cycle: int, step: Escalation) -> Coming:
    data = {"clock": name, "cycle": cycle, "step": step.key, "percent": step.percent, "to": step.to}
    return Coming(at, acts.ESCALATE.id, data)


def _instant(clock: Clock, step: Escalation, rules: Rules) -> datetime | None:
    calendar = rules.calendars[clock.calendar]
    if step.overrun_seconds:
        return clocks.overrun_at(clock, step.overrun_seconds, calendar)
    return clocks.percent_at(clock, step.percent, calendar)


def _on_the_line(duty: Duty, step: Escalation, calendar: Calendar) -> datetime:
    if isinstance(step.overrun_seconds, Days):
        return days.due(step.overrun_seconds, duty.due_at, calendar, ended=True)
    if step.overrun_seconds:
        return duty.due_at + timedelta(seconds=step.overrun_seconds)
    return duty.started_at + (duty.due_at - duty.started_at) * (step.percent / WHOLE)
