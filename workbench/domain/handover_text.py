"""What goes along when a case changes hands: what is to be done next, and what the customer was told.

Source: S3, the tale of the shift change: the next clerk knew nothing and asked what the matter was.
"""

from collections.abc import Iterator, Sequence

from workbench.domain import acts, flow, upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.policies import Policy, Rules
from workbench.domain.text import gist
from workbench.domain.times import until_echo
from workbench.domain.undone import undone
from workbench.words import Said, _

TOLD_LENGTH = 500  # characters; the whole stands on the timeline


def next_step(case: Case, rules: Rules) -> str:
    """Return the step that ``case`` stands at, what is missing there, and what is due next, in words."""
    return _("; ").join(_next(case, rules))


def _next(case: Case, rules: Rules) -> Iterator[str]:
    policy = rules.policy
    stage = flow.stage(case, policy)
    node = policy.regime.nodes.get(stage)
    yield str(node.name) if node else _(flow.STAGES[stage])
    for fact in flow.missing(case, policy):
        yield str(Said(flow.FACTS[fact].missing))
    if case.pause:
        until = until_echo(case.pause.until, rules.zone)
        yield _("waits until {time}: {reason}").format(time=until, reason=case.pause.reason)
    if due := upcoming.next_due(case, rules):
        yield _("{what} is due {time}").format(
            what=_clock_name(due[1], policy), time=until_echo(due[0], rules.zone)
        )


def _clock_name(clock: str, policy: Policy) -> str:
    """Return the policy's word for a clock or a kind of duty."""
    rule = policy.clocks.get(clock) or policy.regime.duties.get(clock)
    return str(rule.name) if rule else clock


def last_told(timeline: Sequence[Event]) -> str:
    """Return what the customer was told last, as it was written down but on one line; empty if nothing."""
    gone = undone(timeline)
    for event in reversed(timeline):
        if event.seq not in gone and (said := _words_of(event)):
            return gist(said, TOLD_LENGTH)
    return ""


def _words_of(event: Event) -> str:
    act, data = event.act, event.data
    if act == acts.APPROVE.id:  # what was asked for happened by the decision
        act, data = data["act"], data["asked"]
    if acts.BY_ID[act].voice is not acts.Voice.TELLS:
        return ""
    if act == acts.CALLBACK.id and (not data.get("reached") or data.get("still_a_problem")):
        return ""  # a problem that is still there is the customer's word, not ours
    return str(data.get("text") or data.get("outcome") or "")
