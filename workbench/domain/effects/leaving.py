"""What changes when somebody has left: a receiver holds the case, or nobody; what was owed goes on."""

from datetime import datetime

from msgspec.structs import replace

from workbench.domain import acts, duties
from workbench.domain.case_parts import OPEN, Duty
from workbench.domain.cases import Case, Event
from workbench.domain.effects.base import Effect, pass_on
from workbench.domain.effects.owing import LEFT_BEHIND, end
from workbench.domain.policies import Rules


def _left(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """No hand-off: it is not the customer who was passed on."""
    person, to = event.data["from"], event.data.get("to")
    if case.handler == person:
        if to:
            pass_on(case, to, counted=False)
        else:
            case.handed_on |= {person}
            case.handler = case.stands_in_for = None
        end(case, [duty.id for duty in case.owed(duties.HANDOVER.id)], "withdrawn", at)
    owners = {(kind, number): owner for kind, number, owner in event.data["owed"]}
    case.duties = tuple(_passed_up(duty, person, owners.get((duty.kind, duty.id))) for duty in case.duties)
    ended = [duty.id for duty in case.owed(duties.CONFIRMATION.id) if duty.owner == person]
    end(case, ended, "withdrawn", at)
    _replace(case, person, to, event.data.get("head"))


def _passed_up(duty: Duty, person: str, owner: str | None) -> Duty:
    if duty.state != OPEN or duty.owner != person or owner is None:
        return duty
    return replace(duty, owner=owner, data={**duty.data, LEFT_BEHIND: person})


def _replace(case: Case, person: str, to: str | None, head: str | None) -> None:
    """Take ``person`` out of the tiers, the task force and the repair; ``to`` comes there, if anybody."""
    named = {step: to if name == person else name for step, name in case.tiers.items()}
    case.tiers = {step: name for step, name in named.items() if name}
    if case.force:
        members = tuple(name for name in case.force.members if name != person)
        leads = head or case.force.head if case.force.head == person else case.force.head
        case.force = replace(case.force, head=leads, members=members)
    if case.repair.engineer == person:
        case.repair = replace(case.repair, engineer=to)


APPLIED: dict[str, Effect] = {acts.LEAVE.id: _left}
