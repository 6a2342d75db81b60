"""What time alone brings to a case, and when: a pause that ends, a level by age, a step of a ladder.

Reads apply it on the fly (``effective``), so that they are right before anybody sweeps; the sweep and
every act write it down.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from workbench.domain import alarms, clocks, ladders, severity
from workbench.domain.acts import AGE, ALERT, ESCALATE, RESUME, RETURN, WARN
from workbench.domain.cases import Case, Event
from workbench.domain.coming import Coming
from workbench.domain.duties import DISPATCH
from workbench.domain.history import apply
from workbench.domain.policies import Age, Rules
from workbench.domain.times import stamp

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

SYSTEM = "system"
NOT_OUR_FAULT = ("customer", "third-party")
EVERYTHING = (RESUME.id, AGE.id, ESCALATE.id, RETURN.id, WARN.id, ALERT.id)
Brought = list[tuple[Event, Case]]
STATE_ONLY = (RESUME.id, AGE.id, RETURN.id)  # what changes the case; a step of a ladder only tells people


def next_moment(
    case: Case, rules: Rules, acts: tuple[str, ...] = EVERYTHING, now: datetime | None = None
) -> Coming | None:
    """Return the earliest thing that time will bring, past or future; None if nothing is to come.

    To a case that is only kept nothing comes. With ``now`` a warning that was due several times over is that
    of now.
    """
    if case.restricted:
        return None
    wanted = [
        coming for coming in _candidates(case, rules, acts) if coming.act in acts or _goes_along(coming)
    ]
    if now:
        wanted = [alarms.newest(coming, now, rules) for coming in wanted]
    return min(wanted, key=_at, default=None)


_at = attrgetter("at")


def _goes_along(coming: Coming) -> bool:
    """Say whether it is told with what changes the case: with a dispatch that comes back its ladder ends."""
    return coming.act == ESCALATE.id and coming.data["clock"] == DISPATCH.id


def _candidates(case: Case, rules: Rules, acts: tuple[str, ...]) -> Iterator[Coming]:
    """Yield what may come; what is none of ``acts`` may be left out, but for what goes along with one."""
    if case.pause:
        yield Coming(case.pause.until, RESUME.id, {"by_time": True})
    if case.live and (ESCALATE.id in acts or any(clock.id == DISPATCH.id for clock in case.clocks)):
        yield from ladders.of_clocks(case, rules)
    if case.duties:
        yield from ladders.of_duties(case, rules)
        yield from alarms.returns(case)
    if case.policy_clocks and (WARN.id in acts or ALERT.id in acts):
        yield from alarms.warnings(case, rules)
        yield from alarms.alerts(case, rules)
    yield from _ages(case, rules)


def _ages(case: Case, rules: Rules) -> Iterator[Coming]:
    """Yield the ages that would change ``case``."""
    if case.status != "open":
        return
    ages = [
        age
        for age in rules.policy.severity.ages
        if not (case.hot if age.level is None else age.level >= case.severity)
    ]
    for age, at in age_moments(case, rules, ages) if ages else ():
        yield Coming(at, AGE.id, {"rule": severity.age_key(age.months, age.days), "level": age.level})


def age_moments(
    case: Case, rules: Rules, ages: Iterable[Age] | None = None
) -> Iterator[tuple[Age, datetime]]:
    """Yield every age (of ``ages``) that can count for ``case`` as it stands, and when it is reached."""
    if case.status != "open" or case.fault != "ours" or not case.policy_clocks:
        return
    if not severity.is_graded(case, rules.policy):
        return
    for age in rules.policy.severity.ages if ages is None else ages:
        at = max(age_moment(case, age, rules), case.reopened_at or case.received_at)
        if case.manual_at and age.level is not None and at <= case.manual_at:
            continue  # whoever set the level by hand knew that the case was this old
        yield age, at


def age_moment(case: Case, age: Age, rules: Rules) -> datetime:
    """Return when ``case`` has been unsolved through our own fault for the span of ``age``.

    Counted from receipt; time paused for the customer or a third party does not age it.
    """
    at = later(case.received_at, age.months, age.days, rules.zone)
    for pause in case.past_pauses:
        if pause.waits_for in NOT_OUR_FAULT and pause.ended_at and pause.since < at:
            at += pause.ended_at - pause.since
    return at


def later(at: datetime, months: int, days: int, zone: tzinfo) -> datetime:
    """Return ``at`` plus calendar months of ``zone`` and days of 24 hours.

    31 January + 1 month is the end of February.
    """
    if months:
        at = _months_later(at, months, zone)
    return at + timedelta(days=days)


@lru_cache(1024)  # asked again for the same receipt at every entry
def _months_later(at: datetime, months: int, zone: tzinfo) -> datetime:
    return (at.astimezone(zone) + _span(months)).astimezone(UTC)


@cache
def _span(months: int) -> "relativedelta":
    from dateutil.relativedelta import relativedelta  # 20 ms that only a case of months pays

    return relativedelta(months=months)


def pending(case: Case, now: datetime, rules: Rules, acts: tuple[str, ...] = EVERYTHING) -> list[Event]:
    """Return the events that time has brought by ``now`` and nobody has written down, in order."""
    return [event for event, _ in brought(case, now, rules, acts)]


def brought(case: Case, now: datetime, rules: Rules, acts: tuple[str, ...] = EVERYTHING) -> Brought:
    """Return the events of ``pending``, each with what the case has become by it."""
    found: Brought = []
    coming = next_moment(case, rules, acts, now)
    while coming and coming.at <= now:
        data = coming.data | {"happened_at": stamp(coming.at)}
        if coming.act in (ESCALATE.id, RETURN.id, ALERT.id):
            data["informed"] = list(ladders.told(case, coming, max(now, coming.at), rules))
        event = Event(case.version + 1, max(now, case.last_at or now), SYSTEM, coming.act, data)
        after = apply(case, event, rules)
        moved = moved_dues(case, after, rules) if coming.act == AGE.id else {}
        if moved:
            data["dues"] = moved
        found.append((event, after))
        case = after
        coming = next_moment(case, rules, acts, now)
    return found


def effective(case: Case, now: datetime, rules: Rules) -> Case:
    """Return the case as it truly stands at ``now``; its version stays that of the stored timeline."""
    new = brought(case, now, rules, STATE_ONLY)
    if not new:
        return case
    version, last = case.version, (case.last_at, case.last_by, case.last_act)
    case = new[-1][1]
    case.version = version
    case.last_at, case.last_by, case.last_act = last
    return case


def moved_dues(before: Case, after: Case, rules: Rules) -> dict[str, list[str]]:
    """Return old and new due time of the running clocks that an act on the level moved."""
    old, new = _dues(before, rules), _dues(after, rules)
    return {name: [old[name], due] for name, due in new.items() if name in old and old[name] != due}


def _dues(case: Case, rules: Rules) -> dict[str, str]:
    running = [clock for clock in case.clocks if not clock.stopped_at]
    dues = {clock.id: clocks.due_at(clock, rules.calendars[clock.calendar]) for clock in running}
    return {name: stamp(due) for name, due in dues.items() if due}


def next_due(case: Case, rules: Rules) -> tuple[datetime, str] | None:
    """Return the earliest due time of the running clocks and open duties, and the clock's id or the kind."""
    if not case.live:
        return None
    running = [clock for clock in case.clocks if not clock.stopped_at and not clock.paused_at]
    dues = [(clocks.due_at(clock, rules.calendars[clock.calendar]), clock.id) for clock in running]
    owed = [(duty.due_at, duty.kind) for duty in case.owed()]
    return min([(due, name) for due, name in dues if due] + owed, default=None)


def hot_at(case: Case, rules: Rules) -> datetime | None:
    """Return when age alone will make the case hot; None if it is, or if it never will."""
    if case.restricted or case.status != "open" or case.hot or case.fault != "ours" or not case.policy_clocks:
        return None
    if not severity.is_graded(case, rules.policy):
        return None
    ages = [age_moment(case, age, rules) for age in rules.policy.severity.ages if age.level is None]
    return min(ages, default=None)
