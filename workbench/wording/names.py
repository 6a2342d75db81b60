"""Words for ids: from the policy where it names them, from the catalogue for the rest."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from workbench.domain import acts, duties, facts, vocabularies
from workbench.domain.case_parts import NO_OFFER
from workbench.domain.flow import STAGES
from workbench.domain.policies import Policy, Term, name_of
from workbench.domain.text import safe_text
from workbench.domain.times import local, until_local
from workbench.domain.upcoming import SYSTEM
from workbench.words import N_, _, language

QUEUES = {
    "next-due": N_("To do"),
    "mine": N_("Mine"),
    "unassigned": N_("Unassigned"),
    "overdue": N_("Overdue"),
    "callbacks": N_("Callbacks"),
    "promises": N_("Promises"),
    "waiting": N_("Waiting"),
    "hot": N_("Hot"),
    "waiting-for-us": N_("Waiting for us"),
    "all": N_("All"),
}
SHORT_QUEUES = {
    "next-due": N_("To do"),
    "mine": N_("Mine"),
    "unassigned": N_("Free"),
    "overdue": N_("Late"),
    "callbacks": N_("Calls"),
    "promises": N_("Prom"),
    "waiting": N_("Wait"),
    "hot": N_("Hot"),
    "waiting-for-us": N_("For us"),
    "all": N_("All"),
}
EMPTY = {
    "next-due": N_("Nothing is left to do here."),
    "mine": N_("No case is yours. The unassigned ones are on key 3."),
    "unassigned": N_("Every case has a handler."),
    "overdue": N_("Nothing is overdue."),
    "callbacks": N_("No callback is owed."),
    "promises": N_("No promise is open."),
    "waiting": N_("No case is waiting for anybody."),
    "hot": N_("No case is hot."),
    "waiting-for-us": N_("No customer waits for a word from us."),
    "all": N_("There is no case yet. Press {key} to record the first."),
}
LEVELS = {1: N_("Major"), 2: N_("Serious"), 3: N_("Minor"), 4: N_("General")}
STATUSES = {"open": N_("Open"), "waiting": N_("Waiting"), "closed": N_("Closed"), "done": N_("Done")}
CLOCK_STATES = {
    "running": N_("running"),
    "paused": N_("paused"),
    "met": N_("met"),
    "missed": N_("missed"),
}
OTHER = {
    "": N_("-"),
    NO_OFFER: N_("A sum, no offer"),
    "customer": N_("the customer"),
    "third-party": N_("a third party"),
    "parts": N_("parts"),
    "other": N_("something else"),
    "full": N_("in full"),
    "limited": N_("in part"),
    "none": N_("not at all"),
    "yes": N_("yes"),
    "no": N_("no"),
    "undecided": N_("not decided yet"),
    "unknown": N_("unknown"),
    "kept": N_("kept"),
    "broken": N_("broken"),
    "phone": N_("phone"),
    "handler": N_("the handler"),
    "supervisor": N_("the supervisor"),
    "first-asked": N_("whoever was first asked"),
    "owner": N_("whoever owes it"),
    "head": N_("the head of the task force"),
    "step-1": N_("tier 1"),
    "step-2": N_("tier 2"),
    "step-3": N_("tier 3"),
    "founded": N_("founded"),
    "partly": N_("partly founded"),
    "unfounded": N_("unfounded"),
    "repeats": N_("came back"),
    "handoffs": N_("handed on"),
    "passed-around": N_("passed around"),
    "silence": N_("silence"),
    "insists": N_("comes again and again"),
    "surge": N_("surge"),
    "accepted": N_("accepted"),
    "dismissed": N_("dismissed"),
    "related": N_("related"),
    "group": N_("part of a group"),
    "part": N_("has as part"),
    "incident": N_("part of an incident"),
    "merged": N_("merged into this one"),
    "same": N_("the same complaint again"),
    "again": N_("came again as"),
    "signature": N_("signature"),
    "note": N_("note"),
    "photo": N_("photograph"),
    "recording": N_("recording"),
    "open": N_("still open"),
    "refused": N_("refused"),
    "returned": N_("came back"),
    "answered": N_("answered"),
    "not-theirs": N_("not theirs"),
    "approved": N_("approved"),
    "confirmed": N_("confirmed"),
    "given": N_("given"),
    "done": N_("done"),
    "missed": N_("missed"),
    "withdrawn": N_("withdrawn"),
    "promised": N_("promised"),
    "paid": N_("paid"),
    "target": N_("Target"),  # the clock that an imported due time makes
}


class Names:
    """The words of one policy, safe to draw."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.zone = ZoneInfo(policy.zone)

    def named(self, what: str, term_id: str) -> str:
        """Return the word for an id; ``what`` is kind, channel, category, impact, flags, fault, clock, ..."""
        if what == "clock":
            return self.clock(term_id)
        if what in facts.BY_NAME:
            return safe_text(name_of(vocabularies.terms(what, self.policy), term_id))
        regime = self.policy.regime
        terms: Mapping[str, Mapping[str, Term]] = {
            "standard": regime.standards,
            "cause": regime.causes,
            "met": regime.questions,
            "failed": regime.questions,
            "role": regime.roles,
            "tier": regime.tiers,
            "temperament": regime.temperaments,
            "style": regime.styles,
            "motive": regime.motives,
        }
        return safe_text(name_of(terms[what], term_id))

    def whom(self, to: str) -> str:
        """Return who is meant by what a ladder or a person named: a role, a tier, a part in the case."""
        regime = self.policy.regime
        if to in regime.roles or to in regime.tiers:
            return self.named("role" if to in regime.roles else "tier", to)
        return word(to)

    def clock(self, clock_id: str) -> str:
        """Return the word for a clock; a duty counts down like one."""
        rule = self.policy.clocks.get(clock_id)
        return safe_text(str(rule.name)) if rule else self.duty(clock_id)

    def stage(self, stage_id: str) -> str:
        """Return the word for the step that a case has reached: a node of the flow, or waiting, or done."""
        node = self.policy.regime.nodes.get(stage_id)
        if node:
            return safe_text(str(node.name))
        return _(STAGES[stage_id]) if stage_id in STAGES else safe_text(stage_id)

    def duty(self, kind: str) -> str:
        """Return the word for a kind of duty."""
        rule = self.policy.regime.duties.get(kind)
        return safe_text(str(rule.name)) if rule else word(kind)

    def owner(self, name: str) -> str:
        """Return who owes something: the word for a role, else the name of a person or a unit."""
        return self.named("role", name) if name in self.policy.regime.roles else safe_text(name)

    def local(self, at: datetime | None) -> str:
        """Return ``at`` (UTC) as the policy's zone has it, to the minute; a dash without one."""
        return local(at, self.zone) if at else "-"

    def until(self, at: datetime | None) -> str:
        """Return ``at`` (UTC) as ``local`` does where it ends something: the end of a day is its 24:00."""
        return until_local(at, self.zone) if at else "-"


def queue(queue_id: str, *, short: bool = False) -> str:
    """Return the title of a queue."""
    return _((SHORT_QUEUES if short else QUEUES)[queue_id])


def level(number: int) -> str:
    """Return the word for a severity level."""
    return _(LEVELS[number]) if number in LEVELS else str(number)


def status(status_id: str) -> str:
    """Return the word for a status."""
    return _(STATUSES[status_id]) if status_id in STATUSES else safe_text(status_id)


def clock_state(state: str) -> str:
    """Return the word for the state of a clock."""
    return _(CLOCK_STATES[state])


def act(act_id: str) -> str:
    """Return what an entry of the timeline is called."""
    return _(acts.BY_ID[act_id].done) if act_id in acts.BY_ID else word(act_id)


def person(name: str) -> str:
    """Return the name of whoever acted; time itself signs as the system."""
    return _("system") if name == SYSTEM else safe_text(name)


def word(word_id: str) -> str:
    """Return the word for any other id, a kind of duty among them; an unknown one as it is."""
    if word_id in duties.BY_ID:
        return _(duties.BY_ID[word_id].called)
    return _(OTHER[word_id]) if word_id in OTHER else safe_text(word_id)


def in_chinese() -> bool:
    """Say whether the words are Chinese now."""
    return language() == "zh"
