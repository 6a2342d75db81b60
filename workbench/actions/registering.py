"""What a person has just told a customer with a time in it, and nobody has registered as a promise."""

from typing import TYPE_CHECKING

from workbench.actions.base import Desk, refusal
from workbench.domain import acts
from workbench.domain.cases import Case

if TYPE_CHECKING:
    from workbench.domain.commitments import Commitment


def unregistered(desk: Desk, case: Case, act: str) -> tuple["Commitment", ...]:
    """Return what the newest ``act`` of the person at ``desk`` commits us to and no open promise is due at.

    Nothing for an act that tells the customer nothing, that is itself the promise, and where no promise
    may be made.
    """
    from workbench import actions

    spoken = [field.name for field in actions.of(act).fields if field.spoken]
    if not spoken or act == acts.PROMISE.id or refusal(desk, case, actions.of(acts.PROMISE.id)):
        return ()
    timeline = reversed(desk.timeline(case.case_id))
    event = next((each for each in timeline if each.act == act and each.by == desk.person), None)
    text = "\n".join(str(event.data[name]) for name in spoken if name in event.data) if event else ""
    if not event or not text:
        return ()
    from workbench.domain import commitments  # its patterns take their time; most acts say nothing

    return commitments.unregistered(text, case, event.at, desk.rules(case.policy).zone)
