"""A policy in words, to be read aloud: what ``policy show`` prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.calendars import Calendar
from workbench.domain.hours import WEEKDAYS, shown
from workbench.domain.policies import ClockRule, Flag, Kind, Policy, SeverityRules, Term
from workbench.words import N_, _, language

CENT = Decimal("0.01")

ACTS: Mapping[str, str] = {
    "record": N_("recording"),
    "take": N_("taking"),
    "acknowledge": N_("acknowledging"),
    "heard": N_("hearing from the customer"),
    "assign": N_("assigning"),
    "note": N_("noting"),
    "promise": N_("promising"),
    "keep": N_("keeping a promise"),
    "reply": N_("replying"),
    "propose": N_("proposing"),
    "pause": N_("pausing"),
    "resume": N_("resuming"),
    "regrade": N_("regrading"),
    "close": N_("closing"),
    "callback": N_("a callback that reached the customer"),
    "reopen": N_("reopening"),
}
TOLD: Mapping[str, str] = {
    "handler": N_("the handler"),
    "supervisor": N_("the supervisor"),
    "manager": N_("the manager"),
    "head-office": N_("head office"),
}
REGRADE: Mapping[str, str] = {
    "retroactive": N_("A changed level counts from the start of a clock."),
    "forward": N_("A changed level counts from the change on."),
}
REOPEN: Mapping[str, str] = {
    "continue": N_("A reopened case goes on with its old clocks; the time it was closed is a pause."),
    "restart": N_("A reopened case starts new clocks; the first verdicts stay."),
}
DAY_NAMES: Mapping[str, str] = {
    "mon": N_("Mon"),
    "tue": N_("Tue"),
    "wed": N_("Wed"),
    "thu": N_("Thu"),
    "fri": N_("Fri"),
    "sat": N_("Sat"),
    "sun": N_("Sun"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines, in the language in use."""

    title: str
    lines: tuple[str, ...]


def describe(policy: Policy) -> list[Section]:
    """Return the policy in sections, in the language in use."""
    title = f"{policy.title} ({policy.id})"
    return [
        Section(title, tuple(_about(policy))),
        Section(_("Clocks"), tuple(_clock(policy, clock) for clock in policy.clocks.values())),
        Section(_("Severity"), tuple(_severity(policy))),
        Section(_("Kinds"), tuple(_kind(kind) for kind in policy.kinds.values())),
        *(Section(heading, tuple(_terms(terms))) for heading, terms in _vocabularies(policy)),
        Section(_("Calendars"), tuple(_calendar(each) for each in policy.calendars.values())),
    ]


def _about(policy: Policy) -> Iterator[str]:
    yield _("Source: {source}").format(source=policy.source)
    yield _("Days and times are those of {zone}.").format(zone=policy.zone)
    yield _(REGRADE[policy.regrade])
    yield _(REOPEN[policy.reopen])
    yield _(
        "A customer who was not reached is called again after {time}, unless another time is given."
    ).format(time=duration(policy.callback_retry_seconds))


def _vocabularies(policy: Policy) -> Iterator[tuple[str, Mapping[str, Term]]]:
    yield _("Channels"), policy.channels
    yield _("Categories"), policy.categories
    yield _("Impact"), policy.impacts
    yield _("Flags"), policy.flags
    yield _("Fault"), policy.faults


def _terms(terms: Mapping[str, Term]) -> Iterator[str]:
    return (f"{term.id}: {term.name}" for term in terms.values())


def _listed(words: list[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(words)


def _spoken(lines: list[str]) -> str:
    return ("" if language() == "zh" else " ").join(lines)


def duration(seconds: int) -> str:
    """Return seconds as a person says them: ``3 h``, ``1 h 30 min``; whole days from the third on."""
    minutes = seconds // 60
    days, minutes = divmod(minutes, 1440) if minutes >= 3 * 1440 and minutes % 1440 == 0 else (0, minutes)
    hours, minutes = divmod(minutes, 60)
    parts = ((days, N_("{n} d")), (hours, N_("{n} h")), (minutes, N_("{n} min")))
    return " ".join(_(template).format(n=n) for n, template in parts if n)


def _clock(policy: Policy, clock: ClockRule) -> str:
    every = set(clock.kinds) == set(policy.kinds)
    kinds = _("every kind") if every else _listed([str(policy.kinds[kind].name) for kind in clock.kinds])
    lines = [
        _("{name}: {time} on calendar {calendar}, for {kinds}.").format(
            name=clock.name, time=duration(clock.target_seconds), calendar=clock.calendar, kinds=kinds
        )
    ]
    for level, seconds in sorted(clock.by_level.items()):
        lines.append(_("Level {level}: {time}.").format(level=level, time=duration(seconds)))
    if clock.after:
        lines.append(_("Only after {clock}.").format(clock=policy.clocks[clock.after].name))
    starts, stops = (_listed([_(ACTS[act]) for act in acts]) for acts in (clock.starts, clock.stops))
    lines.append(_("Starts with {acts}.").format(acts=starts))
    lines.append(_("Stops with {acts}.").format(acts=stops))
    for step in clock.escalate:
        lines.append(_("At {n}% tells {who}.").format(n=step.percent, who=_(TOLD[step.to])))
    lines.append(_("Source: {source}").format(source=clock.source))
    return _spoken(lines)


def _kind(kind: Kind) -> str:
    marks = [_("judged by the severity rules")] if kind.graded else []
    marks += [_("owes a callback")] if kind.callback else []
    return f"{kind.id}: {kind.name}" + (f" ({_listed(marks)})" if marks else "")


def _severity(policy: Policy) -> Iterator[str]:
    for level in (1, 2, 3):
        rules = list(_rules(policy, level))
        yield _("Level {level}: {rules}.").format(level=level, rules=_joined(rules) or _("by hand only"))
    yield _("Level 4: everything else.")
    yield _("Hot: {rules}.").format(rules=_joined(list(_hot(policy))) or _("nothing"))
    yield _("The gravest rule holds. Other kinds are judged by flags and by hand only.")


def _joined(rules: list[str]) -> str:
    return ("；" if language() == "zh" else "; ").join(rules)


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
            yield _("a claim of {yuan} yuan or more").format(yuan=at_least)
        elif given == level and above is not None:
            yield _("a claim of {low} to {high} yuan").format(low=at_least, high=above - CENT)
        above = at_least


def _age(months: int, days: int) -> str:
    span = _("{n} month(s)").format(n=months) if months else _("{n} days").format(n=days)
    return _("unsolved {span} after receipt, through our own fault").format(span=span)


def _cluster(complainants: int, months: int) -> str:
    template = _("the same category and site from {n} different customers within {months} month(s)")
    return template.format(n=complainants, months=months)


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


def _calendar(calendar: Calendar) -> str:
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
    return _spoken(lines)


def _week(calendar: Calendar) -> str:
    if all(day == ((0, 1440),) for day in calendar.week):
        return _("around the clock")
    spans: list[tuple[int, int]] = []  # first and last of days that have the same hours
    for at, hours in enumerate(calendar.week):
        if spans and calendar.week[spans[-1][1]] == hours:
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((at, at))
    return _listed([_days(calendar, first, last) for first, last in spans if calendar.week[first]])


def _days(calendar: Calendar, first: int, last: int) -> str:
    names = [_(DAY_NAMES[WEEKDAYS[at]]) for at in ((first,) if first == last else (first, last))]
    hours = " ".join(shown(each) for each in calendar.week[first])
    return f"{'-'.join(names)} {hours}"
