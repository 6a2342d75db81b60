"""Sums that were promised to customers and are not paid: whose duty each is, and by when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from storage import desk as stored
from storage.desk import Owed
from storage.engine import Db
from storage.part import WHOLE, Part
from workbench.desk import Desk
from workbench.domain import duties
from workbench.domain.times import stamp
from workbench.reports import queue_now

MOST = 20  # sums that a summary lists


@dataclass(frozen=True)
class Unpaid:
    """``number`` of the sum on its case; ``amount`` in yuan, as text with two decimals."""

    owed: Owed
    number: int
    amount: str


def of(desk: Desk, db: Db, owed: Iterable[Owed]) -> Iterator[Unpaid]:
    """Yield the sums of those of ``owed`` that are payments, in their order."""
    found = [each for each in owed if each.kind == duties.PAYMENT.id]
    keys = list(dict.fromkeys(each.case_id for each in found))
    cases = {case.case_id: case for case in queue_now.of(desk, db, keys, desk.now())}
    for each in found:
        case = cases[each.case_id]
        duty = next(duty for duty in case.owed(duties.PAYMENT.id) if duty.id == each.duty)
        sum_ = next(sum_ for sum_ in case.money if sum_.id == duty.data["sum"])
        yield Unpaid(each, sum_.id, str(sum_.amount))


def listed(desk: Desk, db: Db, part: Part = WHOLE) -> list[dict[str, Any]]:
    """Return what is promised and not paid, the first due first, for the summary."""
    now = stamp(desk.now())
    owed = stored.of_kinds(db, desk.store.site_id, (duties.PAYMENT.id,), part)[:MOST]
    return [
        {"number": each.owed.number, "sum": each.number, "amount": each.amount, "owner": each.owed.owner,
         "due_at": each.owed.due_at, "overdue": each.owed.due_at < now}
        for each in of(desk, db, owed)
    ]  # fmt: skip
