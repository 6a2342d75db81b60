"""What money changes: sums promised and paid, and decisions above somebody's limit."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from workbench.domain import acts, duties
from workbench.domain.case_clocks import retarget
from workbench.domain.case_parts import PAID, Compensation, Duty
from workbench.domain.cases import Case, Event
from workbench.domain.effects.base import Effect, told
from workbench.domain.effects.handling import take_level
from workbench.domain.effects.owing import end
from workbench.domain.policies import Rules
from workbench.domain.times import unstamp


def total(case: Case) -> Decimal:
    """Return what is promised and paid on ``case`` together, in yuan."""
    return sum((each.amount for each in case.money), Decimal(0))


def _compensated(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    number = len(case.money) + 1
    by = data.get("asked_by", event.by)
    sum_ = Compensation(number, Decimal(data["amount"]), data.get("text", ""), by, at, event.by)
    case.money = (*case.money, sum_)
    if "payment" in data:
        _owe(case, sum_, data["payment"], event.by)
    told(case, at)
    take_level(case, data)
    retarget(case, at, rules)


def _owe(case: Case, sum_: Compensation, owed: Mapping[str, Any], by: str) -> None:
    """A sum that was promised is owed until it is paid."""
    about = {"sum": sum_.id, "amount": str(sum_.amount)}
    due_at = unstamp(owed["due_at"])
    duty = Duty(owed["duty"], duties.PAYMENT.id, sum_.text, owed["owner"], by, sum_.at, due_at, data=about)
    case.duties = (*case.duties, duty)


def _paid(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    paid = event.data["id"]
    owed = [duty.id for duty in case.owed(duties.PAYMENT.id) if duty.data["sum"] == paid]
    end(case, owed, PAID, at)
    case.money = tuple(replace(m, state=PAID, paid_at=at) if m.id == paid else m for m in case.money)


def approved(inner: dict[str, Effect]) -> Effect:
    """Return the effect of a decision: the act that was asked for happens by it."""

    def effect(case: Case, event: Event, at: datetime, rules: Rules) -> None:
        data = event.data
        end(case, [data["duty"]], "approved", at, data.get("text", ""))
        asked = {**data["asked"], "asked_by": data["asked_by"]}
        inner[data["act"]](case, replace(event, act=data["act"], data=asked), at, rules)

    return effect


APPLIED: dict[str, Effect] = {acts.COMPENSATE.id: _compensated, acts.PAY.id: _paid}
