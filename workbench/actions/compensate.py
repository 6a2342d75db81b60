"""A sum for the customer, within one's authority; above it, the act becomes a request. Source: S3."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from workbench.desk import Desk
from workbench.domain import acts, duties, values
from workbench.domain.case_parts import Compensation
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.domain.times import stamp, unstamp
from workbench.rules import authority, duty_rules, levels, slices
from workbench.rules.action import Action, Field
from workbench.rules.dues import due, due_of, next_duty
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

STANDING = ("as_level", "elsewhere")  # what a case, and others of its customer, make of a sum
CENT = Decimal("0.01")


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why no money can be promised, or None."""
    return None if case.live else Said(N_("{number} is done; reopen it first."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: a sum in yuan with two decimals, the level that all sums together give, and
    who pays it by when."""
    sum_ = amount(asked)
    if sum_ is None:
        raise UsageError(N_("Give a sum in yuan, more than 0."), option=option("amount"))
    found: dict[str, Any] = {"amount": str(sum_), "payment": payment(asked)} | asked.data("text")
    found |= authority.binding(asked.rules, asked.case) | slices.counted(asked)
    asked.ensure_filled(found.get("text", ""))
    return levels.with_dues(asked, acts.COMPENSATE.id, found | levels.again(asked, promised(asked, sum_)))


def payment(asked: Asked) -> dict[str, Any]:
    """Return the duty to pay: whoever was named owes it, else whoever handles the case, else who promises.

    Raises:
        RefusedError: the role of whoever was named does not allow to pay.
    """
    named = asked.text("owner").strip()
    owner = duty_rules.able(asked, asked.person("owner"), acts.PAY.id) if named else asked.case.handler
    due_at = stamp(due(asked, duties.PAYMENT.id))
    return {"duty": next_duty(asked.case), "owner": owner or asked.desk.person, "due_at": due_at}


def granted(asked: Asked, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the duty to pay what was asked for once it is granted: as asked, with the time that is left."""
    owed = wanted.get("payment", {})
    at = asked.at
    usual = due_of(duties.PAYMENT.id, at, asked.rules)
    typed = unstamp(owed["due_at"]) if owed else usual
    return {
        "duty": next_duty(asked.case),
        "owner": owed.get("owner") or asked.case.handler or asked.desk.person,
        "due_at": stamp(typed if typed > at else usual),
    }


def amount(asked: Asked) -> Decimal | None:
    """Return the sum that was typed, exact to the cent; None for nothing.

    Raises:
        UsageError: no plain sum, more than two decimals, or nothing above 0.
    """
    typed = asked.text("amount").strip()
    if not typed:
        return None
    sum_ = values.money(typed, option=option("amount")).quantize(CENT)
    if not sum_:
        raise UsageError(N_("Give a sum in yuan, more than 0."), option=option("amount"))
    return sum_


def promised(asked: Asked, sum_: Decimal) -> Case:
    """Return the case as it is with ``sum_`` promised besides."""
    case, person = asked.case, asked.desk.person
    one = Compensation(len(case.money) + 1, sum_, "", person, asked.at, person)
    return replace(case, money=(*case.money, one))


ACTION = Action(
    acts.COMPENSATE,
    plan,
    why_not,
    fields=(
        Field("amount", N_("Sum, yuan"), "money", required=True, help=N_("The sum, more than 0.")),
        Field("text", N_("What for"), "text"),
        Field("owner", N_("Who pays"), "person", help=N_("Who pays it out; default the handler.")),
        replace(duty_rules.BY_WHEN, label=N_("Pay by")),
    ),
)  # fmt: skip
