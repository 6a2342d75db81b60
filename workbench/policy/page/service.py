"""How a policy has customers and staff treated, in words: fairness, speech, manners, warnings."""

from collections.abc import Iterator, Mapping

from workbench.domain.policies import Policy, name_of
from workbench.domain.regime import Manner, Phrase, Surge
from workbench.policy.page.words import duration, in_one_line, origin, who, with_commas
from workbench.words import N_, _

NEEDS: Mapping[str, str] = {
    "account": N_("the account of the person complained about"),
    "standard": N_("the standard that was broken, if founded"),
    "cause": N_("the root cause"),
}
WARNED: Mapping[str, str] = {
    "repeats": N_("A case that has come back; from so many times on: {n}."),
    "handoffs": N_("A case that was handed on; from so many times on: {n}."),
    "passed_around": N_(
        "A case handed on, refused, come back or called not theirs; from so many times together on: {n}."
    ),
    "broken": N_("A case with broken promises; from so many on: {n}."),
}


GRAVEST = 1
FIGURES: Mapping[str, str] = {
    "resolution_rate": N_("Resolution rate"),
    "repeat_rate": N_("Repeat rate"),
    "csi_mean": N_("Satisfaction, mean of 1 to 5"),
    "nps": N_("Recommendation, -100 to 100"),
}


def verification(policy: Policy) -> Iterator[str]:
    """Yield what a verdict needs, and who gives it."""
    needs = policy.regime.verification.needs
    if needs:
        yield _("A verdict needs: {facts}.").format(facts=with_commas(_(NEEDS[need]) for need in needs))
    else:
        yield _("A verdict needs nothing else on record.")
    roles = policy.regime.verification.roles
    names = [name_of(policy.regime.roles, role) for role in roles] or [_("everybody whose role may")]
    yield _("It is given by: {roles}; not by who worked on it, nor by a unit complained about.").format(
        roles=with_commas(names)
    )


def standards(policy: Policy) -> Iterator[str]:
    """Yield the catalogue of standards."""
    for standard in policy.regime.standards.values():
        kind = _("a rule") if standard.breach else _("service")
        yield _with_source(f"{standard.id}: {standard.name} ({kind})", standard.source)


def questions(policy: Policy) -> Iterator[str]:
    """Yield what an audit of a closed case asks."""
    for each in policy.regime.questions.values():
        yield _with_source(f"{each.id}: {each.name}. {each.asks}", each.source)


def _with_source(line: str, source: str) -> str:
    return f"{line} [{origin(source)}]" if source else line


def phrases(policy: Policy) -> Iterator[str]:
    """Yield what a reply should not say, and the better way."""
    for phrase in policy.regime.phrases.values():
        template = (
            _("{words} promises too much; better: {instead}")
            if phrase.promises
            else _("{words} should not be said; better: {instead}")
        )
        words = " / ".join(f'"{word}"' for word in phrase.says)
        yield _with_source(template.format(words=words, instead=phrase.instead), phrase.source)
        yield from _patterns(phrase)


def _patterns(phrase: Phrase) -> Iterator[str]:
    """Yield which words of a phrase are also looked for together, and what leaves them alone."""
    for pattern in phrase.patterns:
        either = _("in either order") if pattern.either else _("in this order")
        words = _(" ... ").join(" / ".join(group) for group in pattern.groups)
        template = _("  also: {words}") if len(pattern.groups) == 1 else _("  also, {either}: {words}")
        yield template.format(words=words, either=either)
    if any(len(pattern.groups) > 1 for pattern in phrase.patterns):
        yield _("  with at most {n} signs between them").format(n=phrase.between)
    if phrase.unless:
        yield _("  left alone beside: {words}").format(words=" / ".join(phrase.unless))
    if phrase.but_for:
        yield _("  left alone in a sentence with: {words}").format(words=" / ".join(phrase.but_for))


def templates(policy: Policy) -> Iterator[str]:
    """Yield what each short key writes."""
    return (f";{template.id}  {template.name}" for template in policy.regime.templates.values())


def manners(manners: Mapping[str, Manner]) -> Iterator[str]:
    """Yield temperaments, styles or motives with the way to serve each."""
    for manner in manners.values():
        yield _with_source(f"{manner.id}: {manner.name} - {manner.strategy}", manner.source)


def warnings(policy: Policy) -> Iterator[str]:
    """Yield from when on something is a warning."""
    rules = policy.regime.warnings
    for key, template in WARNED.items():
        count = getattr(rules, key)
        if count is not None:
            yield _(template).format(n=count)
    if rules.silence_seconds is not None:
        span = duration(rules.silence_seconds)
        yield _("A case whose customer has heard nothing from us for {time}.").format(time=span)
    if rules.insists:
        often = _("An open case whose customer comes again {n} times within {time}; that makes it important.")
        yield often.format(n=rules.insists.times, time=duration(rules.insists.within_seconds))
    if rules.surge:
        yield _surge(rules.surge)


def goals(policy: Policy) -> Iterator[str]:
    """Yield what the figures of the summary should reach."""
    for goal in policy.regime.goals.values():
        clock = policy.clocks.get(goal.figure)
        name = _("{clock} in time").format(clock=clock.name) if clock else _(FIGURES[goal.figure])
        value = f"{goal.value:.0%}" if clock or goal.figure.endswith("rate") else f"{goal.value:g}"
        sign = _("at most") if goal.at_most else _("at least")
        yield f"{name}: {sign} {value}"
    least = max((goal.least for goal in policy.regime.goals.values()), default=1)
    if least > 1:
        yield _("Of fewer than {n} cases no goal is said to be met or missed.").format(n=least)


def alerts(policy: Policy) -> Iterator[str]:
    """Yield who is told at once when a case becomes grave."""
    for alert in policy.regime.alerts.values():
        graver = _("level {level} or graver") if alert.level != GRAVEST else _("level {level}")
        when = [graver.format(level=alert.level)] if alert.level else []
        when += [_("hot")] if alert.hot else []
        when += [_("back again")] if alert.repeat else []
        when += [_("{n} people or more").format(n=alert.people)] if alert.people else []
        told = with_commas(who(policy, to) for to in alert.to)
        said = _("{name}: a case that is {when} tells {who} at once.").format(
            name=alert.name, when=with_commas(when), who=told
        )
        yield _with_source(said, alert.source)


def _surge(rule: Surge) -> str:
    return in_one_line([
        _("A site and category with {least} cases or more in {days} days.").format(
            least=rule.least, days=rule.days
        ),
        _("They are compared with their own past of {past} spans of {days} days.").format(
            past=rule.past, days=rule.days
        ),
        _(
            "The statistic is the exact binomial test that the rate has not changed; "
            "a warning is false with a probability of at most {share} % in any {days} days."
        ).format(share=f"{rule.false_alarms * 100:g}", days=rule.days),
    ])  # fmt: skip


def retention(policy: Policy) -> Iterator[str]:
    """Say for how long the words of done cases are kept."""
    for kind, years in policy.regime.retention.items():
        yield _(
            "{kind}: so many years the words of a done case are kept: {n}; see: workbench retention"
        ).format(kind=name_of(policy.kinds, kind), n=years)
