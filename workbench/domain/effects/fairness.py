"""What establishing the facts changes: inspection, account, verdict, cause."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from workbench.domain import acts, duties
from workbench.domain.case_clocks import retarget
from workbench.domain.case_parts import Account
from workbench.domain.cases import Case, Event
from workbench.domain.effects.base import Effect
from workbench.domain.effects.handling import take_level
from workbench.domain.effects.owing import end, owe
from workbench.domain.policies import Rules


def take_warranty(case: Case, data: Mapping[str, Any]) -> None:
    """Set until when the warranty runs and whether the home is inside it, as far as ``data`` says."""
    if "warranty_until" in data:
        until = data["warranty_until"]
        case.repair = replace(case.repair, warranty_until=date.fromisoformat(until) if until else None)
    if "within_warranty" in data:
        case.repair = replace(case.repair, within_warranty=data["within_warranty"])


def _inspected(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.check = replace(case.check, inspected_at=case.check.inspected_at or at)
    take_warranty(case, event.data)


def _accounted(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    if "due_at" in event.data:  # asked for, not given yet
        owe(case, event, at, duties.ACCOUNTING.id)
        return
    account = Account(event.data["of"], event.data["text"], at)
    case.check = replace(case.check, accounts=(*case.check.accounts, account))
    owed = [duty.id for duty in case.owed(duties.ACCOUNTING.id) if duty.owner == account.person]
    end(case, owed, "given", at, account.text)


def _verified(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    case.verdict = data["verdict"]
    case.fault = data.get("fault", case.fault)
    case.check = replace(
        case.check,
        standard=data.get("standard"),
        cause=data.get("cause", case.check.cause),
        verified_by=event.by,
        verified_at=at,
    )
    take_level(case, data)
    retarget(case, at, rules)


def _caused(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.check = replace(case.check, cause=event.data["cause"])


APPLIED: dict[str, Effect] = {
    acts.INSPECT.id: _inspected,
    acts.ACCOUNT.id: _accounted,
    acts.VERIFY.id: _verified,
    acts.CAUSE.id: _caused,
}
