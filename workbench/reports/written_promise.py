"""The written promise of a sum: what the customer may hold in hand.

Source: S0, compensation is promised in writing. As on a receipt, no name of anybody at work and no word that
somebody wrote inside the house: the sums, when they were promised, and whether they are paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from workbench.domain import capitals, masks
from workbench.domain.case_parts import Compensation
from workbench.domain.cases import Case
from workbench.domain.effects.money import total
from workbench.domain.errors import RefusedError
from workbench.domain.policies import Rules
from workbench.domain.text import safe_text
from workbench.domain.times import local, stamp
from workbench.wording.names import in_chinese
from workbench.words import N_, _


@dataclass(frozen=True)
class WrittenPromise:
    """The sums that are promised to the customer of a case, as anybody may see them."""

    number: str
    customer: str
    home: str
    sums: tuple[Compensation, ...]
    total: Decimal

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON; times are UTC, sums yuan."""
        return {
            "number": self.number,
            "customer": self.customer,
            "home": self.home,
            "sums": [
                {
                    "id": each.id,
                    "amount": str(each.amount),
                    "capitals": capitals.yuan(each.amount),
                    "promised_at": stamp(each.at),
                    "paid_at": stamp(each.paid_at) if each.paid_at else None,
                }
                for each in self.sums
            ],
            "total": str(self.total),
        }


def written(case: Case) -> WrittenPromise:
    """Return the written promise of ``case``.

    Raises:
        RefusedError: no sum was granted, so that nothing may be promised in writing.
    """
    if not case.money:
        raise RefusedError(
            N_("No sum is granted on {number}, so that there is nothing to promise in writing."),
            number=case.number,
        )
    home = f"{masks.of(case, 'site')} {masks.of(case, 'unit')}".strip()
    return WrittenPromise(case.number, masks.of(case, "customer"), home, case.money, total(case))


def lines(promise: WrittenPromise, now: datetime, rules: Rules) -> Iterator[str]:
    """Yield it as it is printed; times are those of the policy's zone."""
    yield _("Written promise")
    yield ""
    yield _("Number {number}").format(number=promise.number)
    if promise.customer:
        yield _("To: {customer}").format(customer=safe_text(promise.customer))
    if promise.home:
        yield _("Home: {home}").format(home=safe_text(promise.home))
    yield ""
    for each in promise.sums:
        yield _("{n}. {sum}, promised on {at}; {state}").format(
            n=each.id, sum=_sum(each.amount), at=local(each.at, rules.zone)[:10], state=_state(each, rules)
        )
    yield _("In all: {sum}").format(sum=_sum(promise.total))
    yield ""
    yield _("We owe these sums. To ask for them, the number above is enough.")
    yield _("Printed: {at}").format(at=local(now, rules.zone))
    yield _("Signature and seal: ____________________")


def _sum(amount: Decimal) -> str:
    said = _("{yuan} yuan").format(yuan=f"{amount:,.2f}")
    return f"{said}（{capitals.yuan(amount)}）" if in_chinese() else said


def _state(each: Compensation, rules: Rules) -> str:
    if each.paid_at is None:
        return _("not paid yet")
    return _("paid on {at}").format(at=local(each.paid_at, rules.zone)[:10])
