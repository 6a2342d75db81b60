"""A source that says otherwise of a case on which people have acted: its words are added, and somebody looks.

It owns what it brought while nobody here has touched the case. From then on it closes nothing, grades
nothing and ends nothing: what it says stands on the timeline, and whoever handles the case owes a look.
Source: domain.md, what must hold (every word is on the timeline); that a file decides nothing here is ours.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from workbench.domain import acts, duties, facts
from workbench.domain.acts import Origin, Weight
from workbench.domain.cases import Case, Event
from workbench.domain.policies import Rules
from workbench.domain.times import stamp, unstamp, until_local
from workbench.domain.upcoming import SYSTEM
from workbench.rules import customer_words
from workbench.rules.dues import due_of, next_duty
from workbench.words import N_, _

SOURCE = "says"  # what the source says, by name, in the entry that asks for a look
HEARD_OF = {
    "received_at": N_("received {value}"),
    "due_at": N_("due {value}"),
    "handler": N_("handled by {value}"),
}


def acted(timeline: Iterable[Event]) -> bool:
    """Say whether a person here has acted on the case, besides looking at it."""
    return any(_is_ours(event) for event in timeline)


def _is_ours(event: Event) -> bool:
    act = acts.BY_ID[event.act]
    if event.by == SYSTEM or customer_words.BY_ITSELF in event.data or act.weight is Weight.QUIET:
        return False
    if act is acts.LINK and event.data.get("kind") in ("same", "again"):
        return False  # a second complaint has come; nobody has touched this one
    return act.origin is not Origin.RULE or act in (acts.REQUEST_APPROVAL, acts.LEAVE)


def heard(case: Case, rules: Rules, said: Mapping[str, Any], at: datetime, person: str) -> dict[str, Any]:
    """Return the data of the entry that tells what the source says otherwise, and who owes a look at it."""
    owners = (
        *customer_words.last_handler(case, rules, at),
        *customer_words.seniors(case, rules, at),
        case.handler or case.first_asked,
    )
    return {
        "text": _(", ").join(_lines(said, rules)),
        SOURCE: dict(said),
        "duty": next_duty(case),
        "owner": owners[0],
        "due_at": stamp(due_of(duties.LOOK.id, at, rules)),
        "informed": customer_words.concerned(case, rules, at, person),
    }


def _lines(said: Mapping[str, Any], rules: Rules) -> Iterable[str]:
    for name, value in said.get("facts", {}).items():
        shown = ", ".join(value) if isinstance(value, list) else value
        yield _("{name}: {value}").format(name=facts.label(name), value=shown if shown else "-")
    for name, words in HEARD_OF.items():
        if name in said:
            value = said[name]
            shown = until_local(unstamp(value), rules.zone) if value and name.endswith("_at") else value
            yield _(words).format(value=shown or "-")
    if "closed" in said:
        closed = said["closed"]
        yield _("closed: {value}").format(value=closed.get("outcome") or "-") if closed else _("open again")
    for act, _at, text in said.get("said", ()):
        yield _("{name}: {value}").format(name=_(acts.BY_ID[act].done), value=text)
