"""What changes when somebody who holds a case is named as complained about: nothing of it stays with them."""

from collections.abc import Collection
from datetime import datetime

from msgspec.structs import replace

from workbench.domain import duties
from workbench.domain.case_parts import OPEN, Duty
from workbench.domain.cases import Case
from workbench.domain.effects.owing import end

# nobody else can take these up
OFFERED = (duties.DISPATCH.id, duties.CONFIRMATION.id, duties.TIER.id, duties.HANDOVER.id)


def release(case: Case, names: Collection[str], receiver: str, at: datetime) -> None:
    """Take everything of ``case`` from ``names``: it stands unassigned, ``receiver`` owes what they owed."""
    if case.force and case.force.of and case.force.head in case.accused:
        case.force = None  # set up where the group is led, and no voice for this part of it
    if not names:
        return
    if case.handler and case.handler in names:
        case.handed_on = case.handed_on | {case.handler}
        case.handler = None
    case.tiers = {step: name for step, name in case.tiers.items() if name not in names}
    if case.repair.engineer in names:
        case.repair = replace(case.repair, engineer=None)
    end(case, [duty.id for duty in case.owed() if _falls(duty, names)], "withdrawn", at)
    case.duties = tuple(
        replace(duty, owner=receiver) if duty.state == OPEN and _moves(duty, names) else duty
        for duty in case.duties
    )
    if case.force and (case.force.head in names or {*names} & {*case.force.members}):
        head = receiver if case.force.head in names else case.force.head
        others = (name for name in case.force.members if name not in names)
        case.force = replace(case.force, head=head, members=tuple(dict.fromkeys((head, *others))))


def _falls(duty: Duty, names: Collection[str]) -> bool:
    """Say whether ``duty`` was offered to one of ``names``, or is a decision that one of them asked for."""
    asked = duty.kind == duties.APPROVAL.id and duty.by in names
    return asked or (duty.kind in OFFERED and duty.owner in names)


def _moves(duty: Duty, names: Collection[str]) -> bool:
    return duty.owner in names and duty.kind != duties.ACCOUNTING.id
