"""Money of a span: what customers claim, what was promised and paid, and what is not paid now; in yuan."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from storage import owed
from storage.engine import Row
from storage.events import unpacked
from storage.rare import Rare
from storage.taken_back import numbers
from workbench.domain.acts import APPROVE, COMPENSATE, JUDGE, PAY, UNDO
from workbench.reports.flows import Happened
from workbench.reports.verdicts import CENT, sum_promised


def figures_of(happened: Happened, rare: Rare) -> dict[str, Any]:
    """Return ``sums`` of the days that ``happened`` is about."""
    db, site_id, span, part, _gone = happened.told
    found = {
        "claimed": total(claim for _key, claim in owed.claimed(db, site_id, span, part)),
        "promised": sum_promised(happened.promised),
        "paid": total(amount for _key, amount in owed.paid(db, site_id, span, part, rare)),
        "unpaid": total(amount for _key, amount in unpaid(owed.promised(db, site_id, part))),
    }
    return {"sums": {name: str(sum_) for name, sum_ in found.items()}}


def total(amounts: Iterable[str]) -> Decimal:
    """Return the sum of amounts in yuan, with two decimals."""
    return sum(map(Decimal, amounts), Decimal(0)).quantize(CENT)


def unpaid(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """Yield case and sum of each that is promised and not paid, of those that are a duty to pay.

    Args:
        rows: As ``storage.owed.promised`` returns them.
    """
    for key, turns in groupby(rows, key=lambda row: row[0]):
        yield from ((key, amount) for amount in _left(list(turns)) if amount)


def _left(turns: list[Row]) -> list[str]:
    """Return each sum that was promised on one case; empty for those that are paid, or no duty to pay."""
    acts = [(seq, act, unpacked(seq, data)) for _key, seq, act, data in turns]
    gone = {number for _, act, data in acts if act in (UNDO.id, JUDGE.id) for number in numbers(data)}
    left: list[str] = []
    for seq, act, data in acts:
        act, said = (data["act"], data["asked"]) if act == APPROVE.id else (act, data)
        if seq not in gone and act == COMPENSATE.id:
            left.append(said["amount"] if "payment" in said else "")
        elif seq not in gone and act == PAY.id:
            left[said["id"] - 1] = ""
    return left
