"""The words in which a policy is read out: acts, facts, people, lengths of time. In the language in use."""

from collections.abc import Iterable, Mapping

from workbench.domain import acts
from workbench.domain.days import Days, Limit
from workbench.domain.policies import Policy
from workbench.domain.terms import T, name_of
from workbench.words import N_, _, language

BESIDE_ACTS: Mapping[str, str] = {  # rights that are no act on a case
    "policy": N_("changing the policy"),
    "staff": N_("changing the staff"),
    "calendar": N_("changing the calendars"),
    "campaign": N_("running campaigns"),
}
FACTS: Mapping[str, str] = {
    "acknowledged": N_("the customer has been answered"),
    "handler": N_("somebody handles it"),
    "dispatched": N_("a dispatch has been accepted"),
    "inspection": N_("the site inspection is on record"),
    "proposal": N_("a solution has been proposed"),
    "requests-answered": N_("every request to a department has been answered"),
    "account": N_("the person complained about has been heard"),
    "verdict": N_("there is a verdict"),
    "cause": N_("the root cause is on record"),
    "prevention": N_("prevention is planned"),
    "closed": N_("it is closed"),
    "called-back": N_("the customer has been called back"),
}
TOLD: Mapping[str, str] = {
    "handler": N_("the handler"),
    "first-asked": N_("whoever was asked first"),
    "owner": N_("whoever owes it"),
    "head": N_("the head of the task force"),
    "step-1": N_("the case's person of tier 1"),
    "step-2": N_("the case's person of tier 2"),
    "step-3": N_("the case's person of tier 3"),
    "reader": N_("the readers"),
    "supervisor": N_("the supervisor"),
    "manager": N_("the manager"),
    "head-office": N_("head office"),
}
ORIGINS: Mapping[str, str] = {  # parts of what the shipped files say on where a rule comes from
    "ours": N_("ours"),
    "the hours are ours": N_("the hours are ours"),
    "the minutes are ours": N_("the minutes are ours"),
    "the days are ours": N_("the days are ours"),
    "the hours and days are ours": N_("the hours and days are ours"),
    "the words are ours": N_("the words are ours"),
    "the strategy is ours": N_("the strategy is ours"),
    "S3 describes them": N_("S3 describes them"),
    "those of the response": N_("those of the response"),
    "which levels are urgent is ours": N_("which levels are urgent is ours"),
    "that it ends when somebody has accepted it is ours": N_(
        "that it ends when somebody has accepted it is ours"
    ),
    "after S0": N_("after S0"),
    "after S2": N_("after S2"),
    "after S3": N_("after S3"),
}
_NAMED: Mapping[str, tuple[str, str]] = {  # one day, and more
    "working": (N_("1 working day"), N_("{n} working days")),
    "calendar": (N_("1 calendar day"), N_("{n} calendar days")),
}
ALWAYS = ("handler",)  # told by name: this word never means the role


def who(policy: Policy, to: str) -> str:
    """Return whom a step of a ladder tells."""
    regime = policy.regime
    if to in regime.tiers:
        return _("whoever answers for the {tier}").format(tier=regime.tiers[to].name)
    return str(regime.roles[to].name) if to in regime.roles and to not in ALWAYS else _(TOLD[to])


def origin(source: str) -> str:
    """Return where a rule comes from; what the shipped files say on it in words is translated."""
    return with_semicolons(
        with_commas(_(ORIGINS[part]) if part in ORIGINS else part for part in said.split(", "))
        for said in source.split("; ")
    )


def rights(ids: Iterable[str]) -> str:
    """Return acts, and rights beside them, as a list in words."""
    return with_commas(_(acts.BY_ID[each].doing if each in acts.BY_ID else BESIDE_ACTS[each]) for each in ids)


def facts(ids: Iterable[str]) -> str:
    """Return facts as a list in words."""
    return with_commas(_(FACTS[fact]) for fact in ids)


def names(terms: Mapping[str, T], ids: Iterable[str]) -> str:
    """Return the names of ``ids`` as a list."""
    return with_commas(name_of(terms, each) for each in ids)


def with_commas(words: Iterable[str]) -> str:
    """Return words with commas between them."""
    return ("、" if language() == "zh" else ", ").join(words)


def in_one_line(sentences: Iterable[str]) -> str:
    """Return sentences as one line."""
    return ("" if language() == "zh" else " ").join(sentences)


def with_semicolons(parts: Iterable[str]) -> str:
    """Return parts of a sentence that have commas of their own."""
    return ("；" if language() == "zh" else "; ").join(parts)


def duration(seconds: int) -> str:
    """Return seconds as a person says them: ``3 h``, ``1 h 30 min``; whole days from the third on."""
    minutes = seconds // 60
    days, minutes = divmod(minutes, 1440) if minutes >= 3 * 1440 and minutes % 1440 == 0 else (0, minutes)
    hours, minutes = divmod(minutes, 60)
    parts = ((days, N_("{n} d")), (hours, N_("{n} h")), (minutes, N_("{n} min")))
    return " ".join(_(template).format(n=n) for n, template in parts if n)


def limit(policy: Policy, given: Limit, calendar: str) -> str:
    """Return a limit as a person says it: ``5 working days``, ``120 h = 16 working days``."""
    if isinstance(given, Days):
        return in_days(given)
    longest = policy.calendars[calendar].longest_day
    if policy.calendars[calendar].always or given <= longest:
        return duration(given)
    said = duration(given) if given % 3600 else _("{n} h").format(n=given // 3600)
    days = f"{given / longest:.1f}".removesuffix(".0")
    return _("{time} = {n} working days").format(time=said, n=days)


def in_days(given: Days) -> str:
    """Return a limit in days in words, with what is added and its cut-off."""
    one, more = _NAMED[given.kind]
    said = _(one) if given.count == 1 else _(more).format(n=given.count)
    rest = f" {duration(given.seconds)}" if given.seconds else ""
    if given.cutoff is None:
        return said + rest
    after, morning = (f"{at:%H:%M}" for at in given.cutoff)
    late = _("{days} (what begins after {after} counts from {morning} of the next working day)")
    return late.format(days=said + rest, after=after, morning=morning)
