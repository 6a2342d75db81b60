"""What it cost the customers, as they say, and what they got: C >= A + B.

Source: S4, the second service is worth at least the first one plus the cost of complaining. What the first
one and the complaining cost (A + B) is the claim, as the customer states it; C what was promised and paid.
Money says it of few cases: the mood before and after and the opinion stand beside it.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from storage.analyses import worth
from storage.analyses.worth import One
from workbench.domain.case_parts import PAID
from workbench.reports import queue_now
from workbench.reports.analyses.asked import Asked, Column
from workbench.reports.analyses.shares import share
from workbench.words import N_, _

COLUMNS = (
    Column("number", N_("Number"), "text"), Column("site", N_("Site"), "text"),
    Column("category", N_("Category"), "categories"), Column("stated", N_("It cost, yuan"), "yuan"),
    Column("given", N_("Given, yuan"), "yuan"), Column("unpaid", N_("Of it not paid"), "yuan"),
    Column("missing", N_("Missing, yuan"), "yuan"), Column("enough", "C ≥ A + B", "yesno"),
    Column("mood", N_("Mood before")), Column("mood_after", N_("Mood after")),
    Column("csi", N_("Satisfaction")), Column("nps", N_("Recommendation")),
    Column("resolution", N_("Solved"), "text"), Column("accepted", N_("Customer accepts"), "text"),
)  # fmt: skip


def find(asked: Asked) -> dict[str, Any]:
    """Return the sums over the cases closed in the span, and those about money, most missing first.

    ``unpaid`` is what somebody still owes; sums are yuan, as text with two decimals.
    """
    where = asked.db, asked.site_id, asked.span, asked.scope.part
    found, listed = worth.in_sum(*where), worth.each(*where, asked.most)
    owed = _unpaid(asked, worth.still_owed(*where))
    seen = asked.seen(each.case_id for each in listed)
    return {
        "closed": found.closed,
        "stating": found.stating,
        "stated": _yuan(found.stated),
        "given": _yuan(found.given),
        "given_to_stating": _yuan(found.given_to_stating),
        "unpaid": f"{sum(owed.values(), Decimal(0)):.2f}",
        **share("enough", found.enough, found.stating),
        "enough_in_sum": found.given_to_stating >= found.stated if found.stating else None,
        "mood_change": round(found.mood_change / found.moods, 2) if found.moods else None,
        "mood_n": found.moods,
        "csi_mean": round(found.csi / found.csis, 2) if found.csis else None,
        "csi_n": found.csis,
        "total": worth.count(*where),
        "rows": [_row(each, owed.get(each.case_id, Decimal(0))) for each in listed if each.case_id in seen],
    }


def _unpaid(asked: Asked, keys: list[int]) -> dict[int, Decimal]:
    """Return by key what was promised on cases and is not paid."""
    return {
        case.case_id: sum((sum_.amount for sum_ in case.money if sum_.state != PAID), Decimal(0))
        for case in queue_now.of(asked.desk, asked.db, keys, asked.now)
    }


def _row(each: One, unpaid: Decimal) -> dict[str, Any]:
    stated = each.stated
    return {
        "number": each.number, "site": each.site, "category": each.category,
        "stated": None if stated is None else _yuan(stated), "given": _yuan(each.given),
        "unpaid": f"{unpaid:.2f}",
        "missing": None if stated is None else _yuan(max(0, stated - each.given)),
        "enough": None if stated is None else each.given >= stated,
        "mood": each.mood, "mood_after": each.mood_after, "csi": each.csi, "nps": each.nps,
        "resolution": each.resolution, "accepted": each.accepted,
    }  # fmt: skip


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"


def remarks(found: Mapping[str, Any]) -> list[str]:
    """Return the sums in words."""
    return [
        _("{closed} closed; {stating} customers say what it cost them: {stated} yuan in all.").format(
            **found
        ),
        _("Given: {given} yuan, of it {given_to_stating} to these; {unpaid} yuan is not paid yet.").format(
            **found
        ),
        _("C ≥ A + B on {met} of {of} of these cases.").format(
            met=found["enough_met"], of=found["enough_of"]
        ),
    ]
