"""A policy in words, to be read aloud: what ``policy show`` prints."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from workbench.domain.hours import shown
from workbench.domain.policies import Kind, Policy
from workbench.domain.terms import Term
from workbench.policy.page.clocks import calendar_line, clocks
from workbench.policy.page.flow import flow
from workbench.policy.page.people import beside_acts, duties, roles, tiers
from workbench.policy.page.service import (
    alerts,
    goals,
    manners,
    phrases,
    questions,
    retention,
    standards,
    templates,
    verification,
    warnings,
)
from workbench.policy.page.severity import severity
from workbench.policy.page.words import duration, origin, with_commas
from workbench.words import N_, _

REGRADE: Mapping[str, str] = {
    "retroactive": N_("A changed level counts from the start of a clock."),
    "forward": N_("A changed level counts from the change on."),
}
REOPEN: Mapping[str, str] = {
    "continue": N_("A reopened case goes on with its old clocks; the time it was closed is a pause."),
    "restart": N_("A reopened case starts new clocks; the first verdicts stay."),
}

_LETTERS = re.compile(r"\bS[0-4]\b")


class Section(Struct, frozen=True):
    """A heading with its lines, in the language in use."""

    title: str
    lines: tuple[str, ...]


def describe(policy: Policy) -> list[Section]:
    """Return the policy in sections, in the language in use; what it does not regulate has none."""
    parts: list[tuple[str, Iterable[str]]] = [
        (f"{policy.title} ({policy.id})", _about(policy)),
        (_("Flow"), flow(policy)),
        (_("Clocks"), clocks(policy)),
        (_("Duties"), duties(policy)),
        (_("Severity"), severity(policy)),
        (_("Tiers"), tiers(policy)),
        (_("Roles"), roles(policy)),
        (_("Rights beside the acts"), beside_acts(policy)),
        (_("Verification"), verification(policy)),
        (_("Service standards"), standards(policy)),
        (_("Audit of closed cases"), questions(policy)),
        *_speech(policy),
        (_("Early warning"), warnings(policy)),
        (_("Told at once"), alerts(policy)),
        (_("Goals"), goals(policy)),
        (_("Kept for"), retention(policy)),
        (_("Kinds"), (_kind(kind) for kind in policy.kinds.values())),
        *((heading, _terms(terms)) for heading, terms in _vocabularies(policy)),
        (_("Calendars"), (calendar_line(each) for each in policy.calendars.values())),
    ]
    sections = (Section(title, tuple(lines)) for title, lines in parts)
    return [section for section in sections if section.lines]


def _about(policy: Policy) -> Iterator[str]:
    yield _("Source: {source}").format(source=origin(policy.source))
    if _LETTERS.search(policy.source):
        yield _(
            "S0 is a brokerage's complaint regime, S1 practice notes for property managers, S2 a developer's "
            "closed loop, S3 a large developer's training set, S4 a design around ISO 10002; "
            "ours is a choice of this program."
        )
    yield _("Days and times are those of {zone}.").format(zone=policy.zone)
    yield _(REGRADE[policy.regrade])
    yield _(REOPEN[policy.reopen])
    yield _(
        "A customer who was not reached is called again after {time}, between {hours}, "
        "unless another time is given."
    ).format(
        time=duration(policy.callback_retry_seconds),
        hours=with_commas(shown(each) for each in policy.calling_hours),
    )
    yield _(
        "A case is paused for {time} at most, all pauses since it came or came back together; "
        "longer needs a supervisor."
    ).format(time=duration(policy.pause_limit_seconds))
    yield _(
        "After {time} without an entry by anybody a sweep waits until somebody acts or lets it through."
    ).format(time=duration(policy.sweep_waits_seconds))
    yield _("A file of evidence is kept with up to {n} MB.").format(n=policy.evidence_mb)
    if policy.compensation_months:
        yield _(
            "What one customer or one home was promised within {n} calendar months counts together, "
            "over all cases."
        ).format(n=policy.compensation_months)
    else:
        yield _("What is promised counts together on each case alone.")


def _speech(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    regime = policy.regime
    yield _("Phrases"), phrases(policy)
    yield _("Templates"), templates(policy)
    yield _("Temperaments"), manners(regime.temperaments)
    yield _("Social styles"), manners(regime.styles)
    yield _("Motives"), manners(regime.motives)


def _vocabularies(policy: Policy) -> Iterator[tuple[str, Mapping[str, Term]]]:
    yield _("Channels"), policy.channels
    yield _("Categories"), policy.categories
    yield _("Impact"), policy.impacts
    yield _("Flags"), policy.flags
    yield _("Fault"), policy.faults
    yield _("Root causes"), policy.regime.causes


def _terms(terms: Mapping[str, Term]) -> Iterator[str]:
    return (f"{term.id}: {term.name}" for term in terms.values())


def _kind(kind: Kind) -> str:
    marks = [_("judged by the severity rules")] if kind.graded else []
    marks += [_("owes a callback")] if kind.callback else []
    return f"{kind.id}: {kind.name}" + (f" ({with_commas(marks)})" if marks else "")
