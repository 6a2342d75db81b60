"""What the customer may be told about a case at any time, and nothing else.

Source: "the customer can learn the state of the case at any time" (ISO 10002, transparency). No name of
anybody at work, no level, no note, no phone, no word that anybody wrote: only what is said here, the kind
from the policy, the number and times.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.domain.cases import Case
from workbench.domain.policies import Rules, name_of
from workbench.domain.templates import owed
from workbench.domain.times import local, stamp, until_local
from workbench.words import N_, _

STATES = {
    "received": N_("We have received it."),
    "handling": N_("We are working on it."),
    "proposed": N_("We have proposed a solution."),
    "waiting": N_("It is waiting."),
    "closed": N_("The work is finished."),
    "done": N_("It is completed."),
}
STEPS = {
    "received": N_("We will contact you about it."),
    "handling": N_("We will tell you the result."),
    "proposed": N_("Please tell us whether you agree; then we carry it out."),
    "customer": N_("We need something from you; please contact us."),
    "third-party": N_("We go on as soon as others have done their part."),
    "parts": N_("We go on as soon as the parts are here."),
    "other": N_("We go on as soon as we can."),
    "closed": N_("We will call you and ask whether all is well."),
    "done": N_("Should anything be left, contact us and name this number."),
}


@dataclass(frozen=True)
class Receipt:
    """One case as its customer may see it. Times are UTC; ``by`` is when the next thing is owed."""

    number: str
    kind: str
    state: str
    received_at: datetime
    next_step: str
    by: datetime | None
    told: datetime | None

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON; ``state`` is an id, ``next_step`` a sentence in the language in use."""
        return {
            "number": self.number,
            "state": self.state,
            "received_at": stamp(self.received_at),
            "next_step": self.next_step,
            "by": stamp(self.by) if self.by else None,
            "told": stamp(self.told) if self.told else None,
        }


def receipt(case: Case, rules: Rules) -> Receipt:
    """Return what the customer of ``case`` (effective now) may be told."""
    state = _state(case)
    waits_for = case.pause.waits_for if case.pause and state == "waiting" else ""
    step = waits_for if waits_for in STEPS else "other" if waits_for else state
    return Receipt(
        number=case.number,
        kind=name_of(rules.policy.kinds, case.kind) if case.kind in rules.policy.kinds else "",
        state=state,
        received_at=case.received_at,
        next_step=_(STEPS[step]),
        by=min(owed(case, rules), default=None),
        told=case.last_told_at,
    )


def _state(case: Case) -> str:
    if case.status in ("closed", "done"):
        return case.status
    if case.pause:
        return "waiting"
    if case.proposed:
        return "proposed"
    return "handling" if case.handler else "received"


def lines(found: Receipt, now: datetime, rules: Rules) -> Iterator[str]:
    """Yield it as sentences for the customer; times are those of the policy's zone."""

    def at(moment: datetime) -> str:
        return local(moment, rules.zone)

    kind = f"  {found.kind}" if found.kind else ""
    yield _("Number {number}").format(number=found.number) + kind
    yield _("Received: {at}").format(at=at(found.received_at))
    yield _(STATES[found.state])
    if found.told:
        yield _("You last heard from us: {at}").format(at=at(found.told))
    yield found.next_step
    if found.by:
        late = found.by <= now
        template = _("This was due by {at}; we apologise.") if late else _("At the latest: {at}")
        yield template.format(at=until_local(found.by, rules.zone))
