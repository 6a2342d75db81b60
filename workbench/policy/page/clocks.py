"""The clocks, limits, ladders and calendars of a policy in words."""

from collections.abc import Iterator, Mapping

from workbench.domain.calendars import Calendar
from workbench.domain.days import Days, Limit
from workbench.domain.hours import WEEKDAYS, shown
from workbench.domain.policies import ClockRule, Policy
from workbench.domain.regime import Escalation
from workbench.domain.terms import name_of
from workbench.policy.page.words import in_one_line, limit, names, origin, rights, who, with_commas
from workbench.words import N_, _

DAY_NAMES: Mapping[str, str] = {
    "mon": N_("Mon"),
    "tue": N_("Tue"),
    "wed": N_("Wed"),
    "thu": N_("Thu"),
    "fri": N_("Fri"),
    "sat": N_("Sat"),
    "sun": N_("Sun"),
}


def clocks(policy: Policy) -> Iterator[str]:
    """Yield the clocks that acts start and stop; those of nodes stand with the flow."""
    return (_clock(policy, clock) for clock in policy.clocks.values() if clock.starts)


def _clock(policy: Policy, clock: ClockRule) -> str:
    every = set(clock.kinds) == set(policy.kinds)
    lines = [
        _("{name}: {time}, {hours}, for {kinds}.").format(
            name=clock.name,
            time=limit(policy, clock.target_seconds, clock.calendar),
            hours=hours(policy, clock.calendar, clock.target_seconds),
            kinds=_("every kind") if every else names(policy.kinds, clock.kinds),
        ),
        *limits(policy, clock),
    ]
    if clock.after:
        lines.append(_("Only after {clock}.").format(clock=policy.clocks[clock.after].name))
    lines.append(_("Starts with {acts}.").format(acts=rights(clock.starts)))
    lines.append(_("Stops with {acts}.").format(acts=rights(clock.stops)))
    lines += ladder(policy, clock.escalate, clock.calendar)
    lines.append(_("Source: {source}").format(source=origin(clock.source)))
    return in_one_line(lines)


def hours(policy: Policy, calendar: str, given: Limit) -> str:
    """Return how a limit is counted by a calendar, in words; only an office is looked up by name."""
    if isinstance(given, Days):
        if given.kind == "calendar":
            return _("at the same time of day")
        return _("at the same time of day, by the calendar {calendar}").format(calendar=calendar)
    if policy.calendars[calendar].always:
        return _("around the clock")
    return _("in the hours of the calendar {calendar}").format(calendar=calendar)


def limits(policy: Policy, clock: ClockRule) -> Iterator[str]:
    """Yield the limits that differ by level and by category."""
    for level, given in sorted(clock.by_level.items()):
        yield _("Level {level}: {time}.").format(level=level, time=limit(policy, given, clock.calendar))
    for category, given in clock.by_category.items():
        name = name_of(policy.categories, category)
        yield _("{category}: {time}.").format(category=name, time=limit(policy, given, clock.calendar))
    if clock.by_level and clock.by_category:
        yield _("The shorter limit holds.")


def ladder(policy: Policy, steps: tuple[Escalation, ...], calendar: str) -> Iterator[str]:
    """Yield who is told when."""
    for step in steps:
        if step.overrun_seconds:
            span = limit(policy, step.overrun_seconds, calendar)
            yield _("{time} overdue tells {who}.").format(time=span, who=who(policy, step.to))
        else:
            yield _("At {n}% tells {who}.").format(n=step.percent, who=who(policy, step.to))


def calendar_line(calendar: Calendar) -> str:
    """Return the hours of a calendar and how many days differ from them."""
    lines = [
        _("{name}: {hours}, in {zone}.").format(name=calendar.id, hours=_week(calendar), zone=calendar.zone)
    ]
    if calendar.holidays:
        lines.append(_("{n} holidays.").format(n=len(calendar.holidays)))
    if calendar.shifts:
        lines.append(_("{n} days with hours of their own.").format(n=len(calendar.shifts)))
    if calendar.breaks:
        lines.append(_("{n} days with breaks.").format(n=len(calendar.breaks)))
    if calendar.known_until:
        lines.append(_("Holidays are known until {date}.").format(date=calendar.known_until.isoformat()))
    return in_one_line(lines)


def _week(calendar: Calendar) -> str:
    if not any(calendar.week):
        return _("dated shifts only, until {date}").format(date=max(calendar.shifts).isoformat())
    if all(day == ((0, 1440),) for day in calendar.week):
        return _("around the clock")
    spans: list[tuple[int, int]] = []  # first and last of days that have the same hours
    for at, hours in enumerate(calendar.week):
        if spans and calendar.week[spans[-1][1]] == hours:
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((at, at))
    return with_commas([_days(calendar, first, last) for first, last in spans if calendar.week[first]])


def _days(calendar: Calendar, first: int, last: int) -> str:
    names = [_(DAY_NAMES[WEEKDAYS[at]]) for at in ((first,) if first == last else (first, last))]
    hours = " ".join(shown(each) for each in calendar.week[first])
    return f"{'-'.join(names)} {hours}"
